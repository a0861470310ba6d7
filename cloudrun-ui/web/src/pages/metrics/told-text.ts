import { formatDuration } from '../../time/format-duration.ts';
import type { TrendView } from './trend-views.ts';

/** One value of a trend; null: nobody can know it. */
export function toldText(value: number | null, measure: TrendView['measure']): string {
  if (value === null) return '–';
  return measure === 'seconds' ? formatDuration(value * 1000) : String(value);
}
