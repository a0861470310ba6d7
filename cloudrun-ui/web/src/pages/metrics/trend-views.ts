import type { StatusKind } from '../../status/status.ts';
import type { TrendPoint } from './metrics-query.ts';

/** One line, or one kind of bar, of a trend. */
export interface TrendSeries {
  readonly label: string;
  /** By whose colour it is drawn. */
  readonly kind: StatusKind;
  /** Null: nobody can know it of this part. */
  readonly valueOf: (point: TrendPoint) => number | null;
}

/** One thing to look at over time. */
export interface TrendView {
  readonly title: string;
  /** Whether it counts, or tells how many seconds something took. */
  readonly measure: 'count' | 'seconds';
  readonly series: readonly TrendSeries[];
}

export const trendViews = {
  promotions: {
    title: 'Promotions',
    measure: 'count',
    series: [
      { label: 'Went well and stayed', kind: 'promoted', valueOf: (point) => point.succeeded - point.takenBackLater },
      {
        label: 'Taken back, at once or later',
        kind: 'rolled-back',
        valueOf: (point) => point.rolledBack + point.takenBackLater,
      },
      { label: 'Failed', kind: 'failed', valueOf: ({ failed }) => failed },
    ],
  },
  success: {
    title: 'Success rate',
    measure: 'count',
    series: [{ label: 'Went well and stayed, in per cent', kind: 'promoted', valueOf: successPercent }],
  },
  moving: {
    title: 'Time of a promotion',
    measure: 'seconds',
    series: [{ label: 'Moving, mean', kind: 'running', valueOf: ({ movingSeconds }) => movingSeconds }],
  },
  lead: {
    title: 'Lead time',
    measure: 'seconds',
    series: [{ label: 'Lead time, mean', kind: 'running', valueOf: ({ leadTimeSeconds }) => leadTimeSeconds }],
  },
  restore: {
    title: 'Time to restore',
    measure: 'seconds',
    series: [
      { label: 'Until verified again, mean', kind: 'rolled-back', valueOf: ({ restoreSeconds }) => restoreSeconds },
    ],
  },
  checks: {
    title: 'Failed checks',
    measure: 'count',
    series: [{ label: 'Failed checks', kind: 'failed', valueOf: ({ validationFailures }) => validationFailures }],
  },
} as const satisfies Readonly<Record<string, TrendView>>;

export type TrendViewName = keyof typeof trendViews;

export function isTrendView(value: unknown): value is TrendViewName {
  return typeof value === 'string' && Object.hasOwn(trendViews, value);
}

function successPercent({ succeeded, failed, rolledBack, takenBackLater }: TrendPoint): number | null {
  const decided = succeeded + failed + rolledBack;
  return decided === 0 ? null : Math.round(((succeeded - takenBackLater) / decided) * 1000) / 10;
}
