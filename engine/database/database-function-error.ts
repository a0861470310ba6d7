/** A refusal or failure that the database-migration function told; its message is the function's own. */
export class DatabaseFunctionError extends Error {
  override readonly name = 'DatabaseFunctionError';
  /** One of the codes of `engine/contract/database-function-api.ts`, or `unexpected-answer`. */
  readonly code: string;
  /** The HTTP status; 502 and 503 may succeed when the call is repeated under the same key. */
  readonly status: number;
  /** Postgres' own five-character code, when the database raised the error. */
  readonly sqlState?: string;
  /** The statement that failed, when the database raised the error. */
  readonly statement?: string;

  constructor(
    message: string,
    facts: {
      readonly code: string;
      readonly status: number;
      readonly sqlState?: string | undefined;
      readonly statement?: string | undefined;
    },
  ) {
    super(message);
    this.code = facts.code;
    this.status = facts.status;
    if (facts.sqlState !== undefined) this.sqlState = facts.sqlState;
    if (facts.statement !== undefined) this.statement = facts.statement;
  }
}

/** The function itself does not answer, which says nothing about the databases behind it. */
export class DatabaseFunctionAwayError extends Error {
  override readonly name = 'DatabaseFunctionAwayError';
  /** The operating system's code. */
  readonly code: string;

  /** @param url undefined: there is none yet. */
  constructor(url: string | undefined, code: string, cause?: unknown) {
    const what = url === undefined ? 'is not running' : `does not answer at ${url} (${code})`;
    super(`the migration function ${what}; how the database is cannot be told without it`, { cause });
    this.code = code;
  }
}
