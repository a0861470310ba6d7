import { formatDuration } from '../engine/wording/format-duration.ts';

/** Nobody answered for as long as an answer may take. */
export class UnansweredError extends Error {
  override readonly name = 'UnansweredError';

  constructor(limitMs: number) {
    super(`nothing was answered for ${formatDuration(limitMs)}`);
  }
}

/**
 * What is asked for, unless that takes too long: a database that was stopped in the middle of a question answers never,
 * and refuses nothing either. What was asked goes on by itself.
 * @throws UnansweredError
 */
export async function answeredInTime<Value>(ask: () => Promise<Value>, limitMs: number): Promise<Value> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new UnansweredError(limitMs));
  }, limitMs);
  try {
    return await Promise.race([ask(), late]);
  } finally {
    clearTimeout(timer);
  }
}
