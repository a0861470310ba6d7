/** One line of a scrape. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** May be NaN or infinite. */
  readonly value: number;
  /** Milliseconds since the epoch, if the exporter says so. */
  readonly timestampMs?: number;
}

/** A scrape is not in the text exposition format, version 0.0.4. */
export class PrometheusFormatError extends Error {
  override readonly name = 'PrometheusFormatError';

  constructor(line: number, problem: string) {
    super(`line ${String(line)} of the metrics ${problem}`);
  }
}

const metricName = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const labelName = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const labelValue = /"((?:[^"\\\n]|\\.)*)"/y;
const blanks = /[ \t]*/y;
const word = /[^ \t]+/y;

/** The samples of a scrape in their order; comments (HELP and TYPE among them) are left out. @throws PrometheusFormatError */
export function parsePrometheusText(text: string): readonly Sample[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const content = line.trim();
    return content === '' || content.startsWith('#') ? [] : [new LineReader(content, index + 1).sample()];
  });
}

class LineReader {
  readonly #text: string;
  readonly #line: number;
  #position = 0;

  constructor(text: string, line: number) {
    this.#text = text;
    this.#line = line;
  }

  sample(): Sample {
    const name = this.#take(metricName, 'does not begin with the name of a metric')[0];
    this.#take(blanks, '');
    const labels = this.#text[this.#position] === '{' ? this.#labels() : {};
    this.#take(blanks, '');
    const value = this.#number(this.#take(word, 'has no value')[0]);
    this.#take(blanks, '');
    if (this.#isAtEnd()) return { name, labels, value };
    const timestamp = this.#take(word, 'has no timestamp')[0];
    if (!/^-?\d+$/.test(timestamp) || !this.#isAtEnd()) this.#fail('has more after its value than a timestamp');
    return { name, labels, value, timestampMs: Number(timestamp) };
  }

  #labels(): Readonly<Record<string, string>> {
    const labels = new Map<string, string>();
    this.#position += 1;
    for (;;) {
      this.#take(blanks, '');
      if (this.#skip('}')) return Object.fromEntries(labels);
      const name = this.#take(labelName, 'has a label without a name')[0];
      if (labels.has(name)) this.#fail(`has the label ${name} twice`);
      this.#take(blanks, '');
      if (!this.#skip('=')) this.#fail(`has no value for the label ${name}`);
      this.#take(blanks, '');
      labels.set(name, unescaped(this.#take(labelValue, `has no quoted value for the label ${name}`)[1] ?? ''));
      this.#take(blanks, '');
      if (!this.#skip(',') && this.#text[this.#position] !== '}')
        this.#fail('has labels that are not set apart by commas');
    }
  }

  #number(text: string): number {
    switch (text.toLowerCase()) {
      case 'nan':
        return Number.NaN;
      case 'inf':
      case '+inf':
        return Number.POSITIVE_INFINITY;
      case '-inf':
        return Number.NEGATIVE_INFINITY;
      default:
        if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text)) this.#fail('has a value that is no number');
        return Number(text);
    }
  }

  #isAtEnd(): boolean {
    return this.#position === this.#text.length;
  }

  #skip(character: string): boolean {
    if (this.#text[this.#position] !== character) return false;
    this.#position += 1;
    return true;
  }

  #take(pattern: RegExp, otherwise: string): RegExpExecArray {
    pattern.lastIndex = this.#position;
    const match = pattern.exec(this.#text);
    if (match === null) return this.#fail(otherwise);
    this.#position += match[0].length;
    return match;
  }

  #fail(problem: string): never {
    throw new PrometheusFormatError(this.#line, problem);
  }
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/g, (whole, escaped: string) => {
    if (escaped === 'n') return '\n';
    return escaped === '\\' || escaped === '"' ? escaped : whole;
  });
}
