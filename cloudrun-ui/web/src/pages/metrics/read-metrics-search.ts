/** Of what metrics are looked at. */
export interface MetricsSearch {
  /** How far back. Default: 30. */
  readonly days?: number | undefined;
  readonly application?: string | undefined;
  readonly environment?: string | undefined;
}

/** What an address says wrongly counts as not said. */
export function readMetricsSearch({ days, application, environment }: Record<string, unknown>): MetricsSearch {
  return {
    ...(typeof days === 'number' && days >= 1 && days <= 3650 ? { days } : {}),
    ...(isWord(application) ? { application: String(application) } : {}),
    ...(isWord(environment) ? { environment: String(environment) } : {}),
  };
}

/** What is called 7 is a number to whoever reads addresses. */
function isWord(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}
