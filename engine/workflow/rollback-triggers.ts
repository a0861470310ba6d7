import { VerificationFailedError } from '../deployment/deployment-failed-error.ts';
import type { RollbackTrigger } from '../rules/requirement-schema.ts';
import type { RollbackPolicy } from './definition.ts';
import type { ErrorReport } from './error-report.ts';

/** What a failure is for the rules. Whatever verification did not find is a deployment that failed. */
export function triggersOf(cause: unknown): readonly RollbackTrigger[] {
  return cause instanceof VerificationFailedError ? cause.triggers : ['deployment-failure'];
}

/**
 * Whether a failure takes the release back by itself. One that the rules leave out fails the promotion all the same:
 * what was deployed goes on serving, unverified, until a person decides.
 */
export function takesBack({ isEnabled, triggers }: RollbackPolicy, error: ErrorReport): boolean {
  if (!isEnabled) return false;
  // Promotions and errors that engines before this one stored name no triggers: everything took back.
  if (triggers === undefined) return true;
  return (error.triggers ?? ['deployment-failure']).some((trigger) => triggers.includes(trigger));
}
