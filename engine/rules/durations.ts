import { z } from 'zod';

const secondsPerUnit = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
const written = /^(\d+(?:\.\d+)?)(s|m|h|d)$/;
/** Ten years: longer than any rule means, short enough that adding it to a date stays a date. */
const longestSeconds = 10 * 365 * 86_400;

const expected = 'must be seconds as a number from 0 to ten years, or text such as 90s, 30m, 24h or 7d';

/** Reads `90s`, `30m`, `24h`, `7d`; undefined when the text is none of these. */
export function secondsOf(text: string): number | undefined {
  const match = written.exec(text);
  if (match === null) return undefined;
  const [, amount, unit] = match;
  if (unit !== 's' && unit !== 'm' && unit !== 'h' && unit !== 'd') return undefined;
  return Number(amount) * secondsPerUnit[unit];
}

/** A duration in seconds: a number, or text with a unit, which is stored as the number. */
export const durationSecondsSchema = z
  .union([z.number(), z.string()], { error: expected })
  .transform((value, context) => {
    const seconds = typeof value === 'number' ? value : secondsOf(value);
    if (seconds === undefined || seconds < 0 || seconds > longestSeconds) {
      context.issues.push({ code: 'custom', message: expected, input: value });
      return z.NEVER;
    }
    return seconds;
  });

/** A duration that must take some time: timeouts and intervals. */
export const positiveDurationSecondsSchema = durationSecondsSchema.refine((seconds) => seconds > 0, {
  error: 'must be a duration longer than 0 seconds',
});
