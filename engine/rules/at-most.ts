import type { z } from 'zod';
import { describeSeconds } from '../contract/describe-seconds.ts';

/**
 * That one setting of a group is no larger than another. Where it is left out, its default may be, which is then told: what
 * stands in the file is nothing.
 * @param why behind it what else would be, in words.
 */
export function isAtMost<Smaller extends string, Larger extends string>(smaller: Smaller, larger: Larger, why = '') {
  return ({ value, issues }: z.core.ParsePayload<Readonly<Record<Smaller | Larger, number>>>): void => {
    if (value[smaller] <= value[larger]) return;
    const text = smaller.endsWith('Seconds') ? describeSeconds(value[smaller]) : String(value[smaller]);
    issues.push({
      code: 'custom',
      input: value,
      path: [smaller],
      message: `must be at most ${larger}${why}`,
      params: { foundWhenLeftOut: `nothing, and its default of ${text} is too large` },
    });
  };
}
