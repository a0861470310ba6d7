import type { EventLog, LoggedEvent } from '../log-events/event-log.ts';
import { classifyError } from '../workflow/errors/classify-error.ts';
import type { Clock } from '../workflow/clock.ts';
import type { HealthAnswer, HealthCheck } from './health-check.ts';

/** What is not answered by then is not well. */
const lookTimeoutMs = 20_000;

/**
 * What the scheduler's health check calls: looks at everything at once, and writes a line for each that is not well, from
 * which the alert is made.
 * @returns every answer, in the order of the checks.
 */
export async function checkHealth(
  checks: readonly HealthCheck[],
  log: EventLog,
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly HealthAnswer[]> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(lookTimeoutMs)]);
  const answers = await Promise.all(checks.map((check) => answerOf(check, limited)));
  // A caller that has gone is no finding about what was looked at.
  signal.throwIfAborted();
  const at = clock.now();
  const failing = answers.flatMap((answer): readonly LoggedEvent[] => {
    if (answer.isWell) return [];
    const { check, error } = answer;
    const id = `health-${check}-${String(at.getTime())}`;
    return [{ event: 'health-check-failing', id, at, message: `${check}: ${error}`, fields: { check, error } }];
  });
  await log.write(failing);
  return answers;
}

async function answerOf(check: HealthCheck, signal: AbortSignal): Promise<HealthAnswer> {
  const ended = Promise.withResolvers<never>();
  const onEnd = (): void => {
    ended.reject(new Error('no answer in time'));
  };
  signal.addEventListener('abort', onEnd);
  try {
    // A check that does not heed the signal must not keep the others from being told.
    return { check: check.name, isWell: true, seen: await Promise.race([check.look(signal), ended.promise]) };
  } catch (error) {
    const [line = ''] = classifyError(error).message.split('\n');
    return { check: check.name, isWell: false, error: line };
  } finally {
    signal.removeEventListener('abort', onEnd);
  }
}
