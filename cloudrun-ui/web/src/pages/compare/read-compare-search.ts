/** What the address says is compared. */
export interface CompareSearch {
  /** Default: every application. */
  readonly application?: string;
  readonly from?: string;
  readonly to?: string;
}

/** What an address says wrongly counts as not said. */
export function readCompareSearch({ application, from, to }: Record<string, unknown>): CompareSearch {
  return {
    ...(isWord(application) ? { application: String(application) } : {}),
    ...(isWord(from) ? { from: String(from) } : {}),
    ...(isWord(to) ? { to: String(to) } : {}),
  };
}

/** What is called 7 is a number to whoever reads addresses. */
function isWord(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}
