import type { ErrorReport, ErrorSeverity } from './error-report.ts';
import type { PromotionRecord } from './promotion.ts';

/** How many errors of a severity the promotion went on after: those of its optional steps that were passed over. */
export function passedOver(record: Pick<PromotionRecord, 'steps'>, severity: ErrorSeverity): number {
  return record.steps.filter(({ status, error }) => status === 'skipped' && error?.severity === severity).length;
}

/**
 * Whether a promotion may go on although an optional step failed: only after a mild error, and only so often as its
 * rules allow.
 * @returns `may`, `may-not`, or the limit that is reached.
 */
export function mayPassOver(
  { definition, steps }: Pick<PromotionRecord, 'definition' | 'steps'>,
  step: string,
  { severity }: Pick<ErrorReport, 'severity'>,
): 'may' | 'may-not' | { readonly limit: number } {
  if (definition.steps.find(({ name }) => name === step)?.isOptional !== true) return 'may-not';
  const limit = limitOf(definition.errorLimits, severity);
  if (limit === undefined) return 'may-not';
  return passedOver({ steps }, severity) < limit ? 'may' : { limit };
}

/** Undefined: errors of this severity are never passed over. */
function limitOf(limits: PromotionRecord['definition']['errorLimits'], severity: ErrorSeverity): number | undefined {
  switch (severity) {
    case 'CRITICAL':
    case 'HIGH':
      return undefined;
    case 'MEDIUM':
      return limits?.medium ?? Infinity;
    case 'LOW':
      return limits?.low ?? Infinity;
  }
}
