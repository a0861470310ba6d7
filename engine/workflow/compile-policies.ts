import type { Path } from '../rules/schema.ts';
import type { Definition, ErrorLimits, RetryLimits, RetryPolicy, RollbackPolicy } from './definition.ts';
import { errorCategories, type ErrorCategory } from './error-report.ts';

/** What a path says about errors: how often to try again, how many mild ones to pass over, and when to go back. */
export function compilePolicies(path: Path): Required<Pick<Definition, 'retry' | 'rollback' | 'errorLimits'>> {
  return { retry: retryPolicy(path), rollback: rollbackPolicy(path), errorLimits: errorLimits(path) };
}

function retryPolicy({ retry }: Path): RetryPolicy {
  const { byCategory, ...policy } = retry;
  const different: Partial<Record<ErrorCategory, Partial<RetryLimits>>> = {};
  for (const category of errorCategories) {
    const limits = byCategory[lowerCase(category)];
    if (limits !== undefined) different[category] = withoutUndefined(limits);
  }
  return Object.keys(different).length === 0 ? policy : { ...policy, byCategory: different };
}

function lowerCase(category: ErrorCategory): Lowercase<ErrorCategory> {
  return category.toLowerCase() as Lowercase<ErrorCategory>;
}

/** A limit that is not given must not replace the policy's own. */
function withoutUndefined(limits: { readonly [Key in keyof RetryLimits]?: number | undefined }): Partial<RetryLimits> {
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined));
}

function rollbackPolicy({ rollback }: Path): RollbackPolicy {
  return {
    isEnabled: rollback.enabled,
    timeoutSeconds: rollback.timeoutSeconds,
    pausesAutoPromotion: rollback.pauseAutoPromote,
    escalateTo: rollback.escalateTo,
    triggers: rollback.triggers,
  };
}

function errorLimits({ errors }: Path): ErrorLimits {
  const { medium, low } = errors.limits;
  return { ...(medium === undefined ? {} : { medium }), ...(low === undefined ? {} : { low }) };
}
