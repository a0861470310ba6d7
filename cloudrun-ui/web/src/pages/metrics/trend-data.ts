import type { AlignedData } from 'uplot';
import type { TrendPoint } from './metrics-query.ts';
import type { TrendSeries, TrendView } from './trend-views.ts';

/**
 * The columns that are drawn: when, then a column for each series. A count stands on those of the series behind it, so
 * that bars drawn one over the other look stacked; times stand by themselves.
 */
export function trendData({ measure, series }: TrendView, points: readonly TrendPoint[]): AlignedData {
  const times = points.map(({ at }) => new Date(at).getTime() / 1000);
  const columns = series.map((each, index) =>
    points.map((point) => (measure === 'seconds' ? each.valueOf(point) : stacked(series.slice(index), point))),
  );
  return [times, ...columns];
}

function stacked(series: readonly TrendSeries[], point: TrendPoint): number | null {
  const values = series.flatMap(({ valueOf }) => valueOf(point) ?? []);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
}
