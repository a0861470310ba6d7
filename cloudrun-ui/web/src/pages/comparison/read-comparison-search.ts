/** Which two promotions are compared. */
export interface ComparisonSearch {
  readonly one?: string;
  readonly other?: string;
}

/** What an address says wrongly counts as not said. */
export function readComparisonSearch({ one, other }: Record<string, unknown>): ComparisonSearch {
  return { ...(isPromotion(one) ? { one } : {}), ...(isPromotion(other) ? { other } : {}) };
}

function isPromotion(value: unknown): value is string {
  return typeof value === 'string' && /^pr-[0-9a-f]{1,40}$/.test(value);
}
