/** A part of a whole in per cent, as people say it; null: nobody knows. */
export function formatRatio(ratio: number | null): string {
  return ratio === null ? '–' : `${String(Math.round(ratio * 1000) / 10)} %`;
}
