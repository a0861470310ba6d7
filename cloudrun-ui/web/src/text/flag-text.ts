/** How a feature flag stands, in words. */
export function flagText({
  isEnabled,
  percentage,
}: {
  readonly isEnabled: boolean;
  readonly percentage: number;
}): string {
  return isEnabled ? `on for ${String(percentage)} %` : 'off';
}
