/**
 * Whether a caught value is an operating-system error with one of these codes (`ENOENT`, `EEXIST`, …). It looks at the
 * code alone, because an error may come from another realm, where it is not an instance of this one's Error.
 */
export function isSystemError(error: unknown, ...codes: readonly string[]): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return typeof error.code === 'string' && codes.includes(error.code);
}
