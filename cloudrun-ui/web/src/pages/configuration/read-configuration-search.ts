/** Whose values are looked at, and with what they are compared. */
export interface ConfigurationSearch {
  readonly application?: string;
  readonly environment?: string;
  /** Another environment, as both are now. */
  readonly against?: string;
  /** Two commits, of which neither is looked at without the other. */
  readonly from?: string;
  readonly to?: string;
}

/** What an address says wrongly counts as not said. */
export function readConfigurationSearch(search: Record<string, unknown>): ConfigurationSearch {
  const { application, environment, against, from, to } = search;
  const place = {
    ...(isWord(application) ? { application: String(application) } : {}),
    ...(isWord(environment) ? { environment: String(environment) } : {}),
  };
  if (isWord(against)) return { ...place, against: String(against) };
  return isCommit(from) && isCommit(to) ? { ...place, from: String(from), to: String(to) } : place;
}

/** What is called 7 is a number to whoever reads addresses. */
function isWord(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

function isCommit(value: unknown): value is string | number {
  return isWord(value) && /^[0-9a-f]{4,64}$/.test(String(value));
}
