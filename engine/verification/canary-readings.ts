import { z } from 'zod';
import type { CanaryStatus, SideTraffic } from '../deployment/deployment-target.ts';

const sideSchema = z.object({
  requests: z.number(),
  failed: z.number(),
  /** Null: there was no request. */
  meanResponseTimeMs: z.number().nullable(),
});

/** What one look at a canary found, of both sides since it began. */
export const canaryReadingSchema = z.object({
  at: z.iso.datetime(),
  /** Of the requests, that the canary gets. */
  percentage: z.number(),
  canary: sideSchema,
  baseline: sideSchema,
});
export type CanaryReading = z.infer<typeof canaryReadingSchema>;

/** A day of a look a minute would weigh more than all the rest of a promotion. */
const mostReadings = 120;

export function canaryReading({ percentage, canary, baseline }: CanaryStatus, at: Date): CanaryReading {
  return { at: at.toISOString(), percentage, canary: sideOf(canary), baseline: sideOf(baseline) };
}

/**
 * Where there are too many, the one that its neighbours tell best is left out, so that those kept lie evenly over the whole
 * time; each counts from the beginning, so that no request is missed.
 */
export function withReading(readings: readonly CanaryReading[], next: CanaryReading): readonly CanaryReading[] {
  const all = [...readings, next];
  if (all.length <= mostReadings) return all;
  const times = all.map(({ at }) => Date.parse(at));
  const gaps = times.slice(2).map((after, index) => after - (times[index] ?? after));
  // The first and the last one have only one neighbour, and stay.
  return all.toSpliced(gaps.indexOf(Math.min(...gaps)) + 1, 1);
}

function sideOf({ requests, failed, meanResponseTimeMs }: SideTraffic): z.infer<typeof sideSchema> {
  return { requests, failed, meanResponseTimeMs: meanResponseTimeMs ?? null };
}
