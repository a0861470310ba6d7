import { createHash } from 'node:crypto';
import type pg from 'pg';
import { FunctionError } from '../function-error.ts';

export type Operation = 'migrate' | 'revert' | 'back-up' | 'restore';

/** One keyed call: what it is and what exactly it asks, so that a key cannot stand for two requests. */
export interface EffectRequest {
  readonly operation: Operation;
  readonly key: string;
  readonly fence: number;
  /** Whatever distinguishes this request from another under the same key. */
  readonly subject: unknown;
}

/** A recorded effect. Its result grows while the work goes on and stands still once it is finished. */
export interface RecordedEffect {
  readonly finished: boolean;
  readonly result: unknown;
}

/**
 * Finds the effect of this key or records its beginning, inside the caller's transaction.
 * @throws FunctionError `key-reused` when the key was used for a different request
 */
export async function beginEffect(
  session: pg.Client,
  request: EffectRequest,
  initial: unknown,
): Promise<RecordedEffect> {
  const hash = createHash('sha256').update(JSON.stringify(request.subject)).digest('hex');
  await session.query(
    `INSERT INTO promotion_control.effect (operation, key, request_hash, result) VALUES ($1, $2, $3, $4)
     ON CONFLICT (operation, key) DO NOTHING`,
    [request.operation, request.key, hash, JSON.stringify(initial)],
  );
  const { rows } = await session.query<{ request_hash: string; result: unknown; finished: boolean }>(
    `SELECT request_hash, result, finished_at IS NOT NULL AS finished
     FROM promotion_control.effect WHERE operation = $1 AND key = $2`,
    [request.operation, request.key],
  );
  const row = rows[0];
  if (row === undefined) throw new Error('The effect that was just recorded is gone');
  if (row.request_hash !== hash) {
    throw new FunctionError(
      'key-reused',
      `The key "${request.key}" already stands for another ${request.operation} request on this database. Give every effect a key of its own.`,
    );
  }
  return { finished: row.finished, result: row.result };
}

/** Writes how far an effect has come, in the transaction that made the progress. */
export async function saveProgress(session: pg.Client, request: EffectRequest, result: unknown): Promise<void> {
  await session.query('UPDATE promotion_control.effect SET result = $3 WHERE operation = $1 AND key = $2', [
    request.operation,
    request.key,
    JSON.stringify(result),
  ]);
}

/** Writes the result that every later call under this key answers. */
export async function finishEffect(session: pg.Client, request: EffectRequest, result: unknown): Promise<void> {
  await session.query(
    `UPDATE promotion_control.effect SET result = $3, finished_at = clock_timestamp()
     WHERE operation = $1 AND key = $2`,
    [request.operation, request.key, JSON.stringify(result)],
  );
}
