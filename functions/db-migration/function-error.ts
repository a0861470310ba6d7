import pg from 'pg';
import { databaseFunctionErrorStatus } from '../../engine/contract/database-function-api.ts';
import type { DatabaseFunctionErrorCode, Problem } from '../../engine/contract/database-function-api.ts';

type Extra = Pick<Problem, 'highest' | 'sqlState' | 'statement'>;

/** A refusal or failure whose every word may be shown to the caller. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
  readonly code: DatabaseFunctionErrorCode;
  readonly extra: Extra;

  constructor(code: DatabaseFunctionErrorCode, message: string, extra: Extra = {}) {
    super(message);
    this.code = code;
    this.extra = extra;
  }

  toProblem(): Problem {
    return {
      title: this.code.replaceAll('-', ' '),
      status: databaseFunctionErrorStatus[this.code],
      code: this.code,
      detail: this.message,
      ...this.extra,
    };
  }
}

/** The SQLSTATE of an error that the server raised. */
export function sqlStateOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/**
 * What a failed statement is to the caller: the server's own message and code, or the loss of the connection. Errors
 * that are already refusals pass through.
 */
export function fromDatabase(error: unknown, statement?: string, where?: string): unknown {
  if (error instanceof FunctionError) return error;
  const sqlState = sqlStateOf(error);
  const prefix = where === undefined ? '' : `${where}: `;
  if (sqlState === undefined) {
    if (!isConnectionLoss(error)) return error;
    return new FunctionError(
      'connection-lost',
      `${prefix}the connection to the database was lost; call again with the same key`,
    );
  }
  const message = `${prefix}${error instanceof Error ? error.message : ''}`;
  const extra = { sqlState, ...(statement === undefined ? {} : { statement }) };
  if (/^(08|57P0)/.test(sqlState)) return new FunctionError('connection-lost', message, extra);
  return new FunctionError('sql-failed', message, extra);
}

function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && /^E(CONN|PIPE|TIMEDOUT|HOST|NET)/.test(error.code))
    return true;
  return /^(Connection terminated|Client has encountered a connection error|Client was closed)/.test(error.message);
}
