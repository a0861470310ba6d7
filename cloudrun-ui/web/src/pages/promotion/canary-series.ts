import type { CanaryCourse } from './promotion-queries.ts';

type Reading = CanaryCourse['readings'][number];
type Side = Reading['canary'];

/** One thing about a canary over time, with the same of what it follows. */
export interface CanarySeries {
  /** In seconds. */
  readonly at: readonly number[];
  readonly canary: readonly (number | null)[];
  readonly baseline: readonly (number | null)[];
}

/** How many of the requests of each side failed since the canary began, in per cent: by that it is judged. */
export function errorSeries(readings: readonly Reading[]): CanarySeries {
  return seriesOf(readings, ({ requests, failed }) => (requests === 0 ? null : (failed / requests) * 100));
}

/** How long each side took to answer, in milliseconds, on average since the canary began. */
export function responseSeries(readings: readonly Reading[]): CanarySeries {
  return seriesOf(readings, ({ meanResponseTimeMs }) => meanResponseTimeMs);
}

function seriesOf(readings: readonly Reading[], valueOf: (side: Side) => number | null): CanarySeries {
  return {
    at: readings.map(({ at }) => new Date(at).getTime() / 1000),
    canary: readings.map(({ canary }) => valueOf(canary)),
    baseline: readings.map(({ baseline }) => valueOf(baseline)),
  };
}

/** A share as people read it, none of it rounded away. */
export function formatPercent(value: number | null): string {
  if (value === null) return '–';
  if (value > 0 && value < 0.01) return '< 0.01 %';
  return `${String(Number(value.toFixed(value < 10 ? 2 : 1)))} %`;
}

export function formatMs(value: number | null): string {
  return value === null ? '–' : `${String(Math.round(value))} ms`;
}
