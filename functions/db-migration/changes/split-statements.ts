import { SqlScanner } from './sql-scanner.ts';
import type { Token } from './sql-scanner.ts';

/** One SQL statement of a migration file. */
export interface Statement {
  /** From its first to its last token, without the semicolon. */
  readonly text: string;
  /** Where its first token stands in the file; 1 is the first line. */
  readonly line: number;
  /** Its first tokens: keywords in upper case, quoted names and everything else as written. */
  readonly head: readonly string[];
}

const HEAD_LENGTH = 40;

/**
 * Cuts a file at the semicolons that end statements: not those in strings, quoted names, comments, dollar quotes,
 * parentheses (CREATE RULE … DO (a; b)) or the BEGIN ATOMIC … END body of a function.
 * @throws SqlSyntaxError when something that was opened is not closed, or at a psql command (`\d`)
 */
export function splitStatements(sql: string): readonly Statement[] {
  const statements: Statement[] = [];
  let current = new StatementBuilder(sql);
  for (const token of new SqlScanner(sql)) {
    if (token.text === ';' && current.endsAtSemicolon()) {
      current.finish(statements);
      current = new StatementBuilder(sql);
    } else {
      current.add(token);
    }
  }
  current.finish(statements);
  return statements;
}

class StatementBuilder {
  readonly #sql: string;
  readonly #head: string[] = [];
  #first: Token | undefined;
  #last: Token | undefined;
  #previousWord = '';
  #parentheses = 0;
  #atomicDepth = 0;

  constructor(sql: string) {
    this.#sql = sql;
  }

  add(token: Token): void {
    this.#first ??= token;
    this.#last = token;
    const word = token.kind === 'word' ? upperCase(token.text) : token.text;
    if (this.#head.length < HEAD_LENGTH) this.#head.push(word);
    if (word === '(') this.#parentheses += 1;
    if (word === ')') this.#parentheses = Math.max(0, this.#parentheses - 1);
    if (token.kind === 'word' && this.#parentheses === 0) this.#followAtomicBody(word);
    this.#previousWord = token.kind === 'word' ? word : '';
  }

  endsAtSemicolon(): boolean {
    return this.#parentheses === 0 && this.#atomicDepth === 0;
  }

  finish(statements: Statement[]): void {
    if (this.#first === undefined || this.#last === undefined) return;
    const text = this.#sql.slice(this.#first.start, this.#last.end);
    statements.push({ text, line: this.#first.line, head: this.#head });
  }

  #followAtomicBody(word: string): void {
    if (this.#atomicDepth === 0) {
      if (word === 'ATOMIC' && this.#previousWord === 'BEGIN' && this.#createsRoutine()) this.#atomicDepth = 1;
      return;
    }
    if (word === 'CASE') this.#atomicDepth += 1;
    if (word === 'END') this.#atomicDepth -= 1;
  }

  #createsRoutine(): boolean {
    const [create, second, third, fourth] = this.#head;
    const kind = second === 'OR' && third === 'REPLACE' ? fourth : second;
    return create === 'CREATE' && (kind === 'FUNCTION' || kind === 'PROCEDURE');
  }
}

/** As Postgres folds names: letters beyond ASCII stay as they are. */
function upperCase(word: string): string {
  return word.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}
