import type { Measure } from '../../engine/promotion-service.ts';

/** A measure in words; what is not known is said to be so, and never shown as a number. */
export function measureText(measure: Measure, format: (value: number) => string): string {
  return measure.isKnown ? format(measure.value) : 'unknown';
}

/** `0.26 %`, `12 %`; less than can be shown is not nothing. */
export function formatPercent(percent: number): string {
  if (percent === 0) return '0 %';
  if (percent < 0.01) return '< 0.01 %';
  return `${percent < 9.95 ? String(Number(percent.toFixed(2))) : String(Math.round(percent))} %`;
}

/** `12 ms`, `0.4 ms`, `2,104 ms`. */
export function formatMilliseconds(milliseconds: number): string {
  if (milliseconds < 9.95) return `${String(Number(milliseconds.toFixed(1)))} ms`;
  return `${Math.round(milliseconds).toLocaleString('en-US')} ms`;
}
