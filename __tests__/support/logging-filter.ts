/** A Cloud Logging entry as far as filters and extractors look into it. */
export interface LogEntry {
  readonly [field: string]: unknown;
}

/**
 * The part of the Cloud Logging query language that filters of metrics and alerts need: comparisons of a field with one value
 * or a group of them, AND, OR, NOT, parentheses, and AND where nothing stands between two terms. Anything else is refused,
 * so that a filter which is not understood never passes for one that matches nothing.
 */
export function parseLoggingFilter(filter: string): (entry: LogEntry) => boolean {
  const tokens = tokenize(filter);
  const parser = new FilterParser(tokens);
  return parser.parse();
}

/** What `EXTRACT(field)` takes from an entry, as text; undefined when the entry has no such field. */
export function extract(extractor: string, entry: LogEntry): string | undefined {
  const field = /^EXTRACT\(([\w.]+)\)$/.exec(extractor)?.[1];
  if (field === undefined) throw new SyntaxError(`${extractor} is no extractor that this evaluator knows`);
  const value = valueAt(entry, field);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TypeError(`${field} is no plain value`);
}

type Token =
  | { readonly kind: 'word' | 'text'; readonly value: string }
  | { readonly kind: 'operator'; readonly value: string }
  | { readonly kind: 'open' | 'close'; readonly value: string };
type Matcher = (entry: LogEntry) => boolean;

const tokenPattern =
  /\s+|(?<text>"(?:[^"\\]|\\.)*")|(?<operator>>=|<=|!=|=|>|<|:)|(?<open>\()|(?<close>\))|(?<word>[\w./-]+)/gy;

function tokenize(filter: string): readonly Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of filter.matchAll(tokenPattern)) {
    end = match.index + match[0].length;
    for (const kind of ['text', 'operator', 'open', 'close', 'word'] as const) {
      const value = match.groups?.[kind];
      if (value === undefined) continue;
      tokens.push({ kind, value: kind === 'text' ? value.slice(1, -1).replaceAll(/\\(.)/g, '$1') : value });
    }
  }
  if (end !== filter.length) throw new SyntaxError(`not understood from ${JSON.stringify(filter.slice(end))} on`);
  return tokens;
}

/** NOT binds tighter than OR, and OR tighter than AND, as that language has it. */
class FilterParser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): Matcher {
    const all = this.#all();
    if (this.#at < this.#tokens.length)
      throw new SyntaxError(`${this.#tokens[this.#at]?.value ?? ''} stands where nothing may`);
    return all;
  }

  #all(): Matcher {
    const terms = [this.#any()];
    while (this.#at < this.#tokens.length && this.#peek()?.kind !== 'close') {
      this.#takeWord('AND');
      terms.push(this.#any());
    }
    return (entry) => terms.every((term) => term(entry));
  }

  #any(): Matcher {
    const terms = [this.#one()];
    while (this.#takeWord('OR')) terms.push(this.#one());
    return (entry) => terms.some((term) => term(entry));
  }

  #one(): Matcher {
    if (this.#takeWord('NOT')) {
      const term = this.#one();
      return (entry) => !term(entry);
    }
    if (this.#peek()?.kind === 'open') {
      this.#at += 1;
      const inner = this.#all();
      this.#expect('close');
      return inner;
    }
    const field = this.#expect('word').value;
    const operator = this.#expect('operator').value;
    const values = this.#values();
    return (entry) => values.some((value) => compare(valueAt(entry, field), operator, value));
  }

  #values(): readonly string[] {
    if (this.#peek()?.kind !== 'open') return [this.#value()];
    this.#at += 1;
    const values = [this.#value()];
    while (this.#takeWord('OR')) values.push(this.#value());
    this.#expect('close');
    return values;
  }

  #value(): string {
    const token = this.#peek();
    if (token?.kind !== 'text' && token?.kind !== 'word') throw new SyntaxError(`a value is missing`);
    this.#at += 1;
    return token.value;
  }

  #takeWord(word: string): boolean {
    const token = this.#peek();
    if (token?.kind !== 'word' || token.value !== word) return false;
    this.#at += 1;
    return true;
  }

  #expect(kind: Token['kind']): Token {
    const token = this.#peek();
    if (token?.kind !== kind) throw new SyntaxError(`${token?.value ?? 'the end'} stands where ${kind} must`);
    this.#at += 1;
    return token;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }
}

function valueAt(entry: LogEntry, path: string): unknown {
  let value: unknown = entry;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.hasOwn(value, name) ? (value as LogEntry)[name] : undefined;
  }
  return value;
}

/** A field that is not there equals nothing. Texts are compared whatever their case. */
function compare(actual: unknown, operator: string, wanted: string): boolean {
  if (actual === undefined || actual === null) return false;
  if (typeof actual === 'number') {
    const difference = actual - Number(wanted);
    switch (operator) {
      case '=':
        return difference === 0;
      case '!=':
        return difference !== 0;
      case '>':
        return difference > 0;
      case '>=':
        return difference >= 0;
      case '<':
        return difference < 0;
      case '<=':
        return difference <= 0;
      default:
        throw new SyntaxError(`${operator} compares no numbers`);
    }
  }
  if (typeof actual !== 'string' && typeof actual !== 'boolean') throw new TypeError('only a plain value is compared');
  const [have, want] = [String(actual).toLowerCase(), wanted.toLowerCase()];
  switch (operator) {
    case '=':
      return have === want;
    case '!=':
      return have !== want;
    case ':':
      return have.includes(want);
    default:
      throw new SyntaxError(`${operator} compares no texts`);
  }
}
