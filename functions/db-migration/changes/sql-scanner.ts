/** A piece of SQL that is neither blank nor comment. */
export interface Token {
  readonly kind: 'word' | 'quoted-name' | 'string' | 'number' | 'symbol';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** What cannot be read as SQL, and on which line. */
export class SqlSyntaxError extends Error {
  override readonly name = 'SqlSyntaxError';
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

const WORD = /[A-Za-z_\u0080-\u{10ffff}][A-Za-z0-9_$\u0080-\u{10ffff}]*/uy;
const NUMBER = /[0-9][A-Za-z0-9_.]*/y;
const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\u{10ffff}][A-Za-z0-9_\u0080-\u{10ffff}]*)?\$/uy;
const BLANK = /[ \t\n\r\f\v]+/y;

/** Reads tokens by the rules of Postgres' own scanner with standard_conforming_strings on. */
export class SqlScanner implements Iterable<Token> {
  readonly #sql: string;
  #position = 0;
  #line = 1;
  #lineCountedTo = 0;

  constructor(sql: string) {
    this.#sql = sql;
  }

  *[Symbol.iterator](): Generator<Token> {
    for (;;) {
      this.#skipBlanksAndComments();
      if (this.#position >= this.#sql.length) return;
      const start = this.#position;
      const line = this.#lineAt(start);
      const kind = this.#readToken(line);
      yield { kind, text: this.#sql.slice(start, this.#position), start, end: this.#position, line };
    }
  }

  #readToken(line: number): Token['kind'] {
    const character = this.#sql.charAt(this.#position);
    if (character === '\\') {
      throw new SqlSyntaxError('a backslash outside a string is a psql command, which only psql understands', line);
    }
    if (character === "'") return this.#readString(line, false);
    if (character === '"') return this.#readQuoted('"', line, 'a quoted name', 'quoted-name');
    if (character === '$') {
      const tag = this.#match(DOLLAR_TAG);
      if (tag !== undefined) return this.#readDollarQuoted(tag, line);
    }
    const word = this.#match(WORD);
    if (word !== undefined) {
      if (this.#sql.charAt(this.#position) === "'" && /^[eE]$/.test(word)) return this.#readString(line, true);
      return 'word';
    }
    if (this.#match(NUMBER) !== undefined) return 'number';
    this.#position += 1;
    return 'symbol';
  }

  #readString(line: number, escapes: boolean): 'string' {
    for (;;) {
      if (escapes) this.#readEscapedString(line);
      else this.#readQuoted("'", line, 'a string', 'string');
      // Strings on successive lines are one, and a continued E'…' keeps its escapes.
      const afterQuote = this.#position;
      this.#skipBlanksAndLineComments();
      const onNextLine = /[\n\r]/.test(this.#sql.slice(afterQuote, this.#position));
      if (!onNextLine || this.#sql.charAt(this.#position) !== "'") {
        this.#position = afterQuote;
        return 'string';
      }
    }
  }

  #readEscapedString(line: number): void {
    for (let at = this.#position + 1; at < this.#sql.length; at += 1) {
      const character = this.#sql.charAt(at);
      if (character === '\\') at += 1;
      else if (character === "'") {
        if (this.#sql.charAt(at + 1) !== "'") {
          this.#position = at + 1;
          return;
        }
        at += 1;
      }
    }
    throw new SqlSyntaxError('a string is opened here and never closed', line);
  }

  #readQuoted<K extends Token['kind']>(quote: string, line: number, what: string, kind: K): K {
    let at = this.#position + 1;
    for (;;) {
      const close = this.#sql.indexOf(quote, at);
      if (close === -1) throw new SqlSyntaxError(`${what} is opened here and never closed`, line);
      if (this.#sql.charAt(close + 1) !== quote) {
        this.#position = close + 1;
        return kind;
      }
      at = close + 2;
    }
  }

  #readDollarQuoted(tag: string, line: number): 'string' {
    const close = this.#sql.indexOf(tag, this.#position);
    if (close === -1) throw new SqlSyntaxError(`${tag} is opened here and never closed`, line);
    this.#position = close + tag.length;
    return 'string';
  }

  #skipBlanksAndComments(): void {
    for (;;) {
      this.#skipBlanksAndLineComments();
      if (!this.#sql.startsWith('/*', this.#position)) return;
      this.#skipBlockComment();
    }
  }

  #skipBlanksAndLineComments(): void {
    for (;;) {
      this.#match(BLANK);
      if (!this.#sql.startsWith('--', this.#position)) return;
      const rest = /[\n\r]/g;
      rest.lastIndex = this.#position;
      this.#position = rest.exec(this.#sql)?.index ?? this.#sql.length;
    }
  }

  #skipBlockComment(): void {
    const line = this.#lineAt(this.#position);
    const edge = /\/\*|\*\//g;
    edge.lastIndex = this.#position;
    let depth = 0;
    do {
      const found = edge.exec(this.#sql);
      if (found === null) throw new SqlSyntaxError('a comment is opened here and never closed', line);
      depth += found[0] === '/*' ? 1 : -1;
    } while (depth > 0);
    this.#position = edge.lastIndex;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position;
    const text = pattern.exec(this.#sql)?.[0];
    if (text !== undefined) this.#position += text.length;
    return text;
  }

  #lineAt(position: number): number {
    for (let at = this.#lineCountedTo; at < position; at += 1) if (this.#sql.charAt(at) === '\n') this.#line += 1;
    this.#lineCountedTo = Math.max(this.#lineCountedTo, position);
    return this.#line;
  }
}
