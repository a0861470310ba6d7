import type { JsonObject } from '../json.ts';
import type { RollbackTrigger } from '../rules/requirement-schema.ts';

/** The eight categories of the error taxonomy. */
export const errorCategories = [
  'VALIDATION',
  'NETWORK',
  'AUTHENTICATION',
  'REGISTRY',
  'DOCKER',
  'PERMISSION',
  'TIMEOUT',
  'UNKNOWN',
] as const;
export type ErrorCategory = (typeof errorCategories)[number];

export const errorSeverities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const;
export type ErrorSeverity = (typeof errorSeverities)[number];

/** An error as it is stored and shown: what happened verbatim, what kind it is, and what to do about it. */
export interface ErrorReport {
  readonly category: ErrorCategory;
  readonly severity: ErrorSeverity;
  readonly isRetryable: boolean;
  /**
   * The original message, verbatim but for masked secrets and a bound on its length; behind a sentence that says what
   * happened when it is the words of a machine.
   */
  readonly message: string;
  readonly code: string | undefined;
  /** One sentence: what to do. Whether it is tried again depends on the promotion, which tells it. */
  readonly remedy: string;
  /** What it is among the rules' reasons to take a release back. Absent: what an engine before this one stored. */
  readonly triggers?: readonly RollbackTrigger[];
}

/** An error as an entry of the audit trail tells it. */
export function errorData(error: ErrorReport): JsonObject {
  const { category, severity, message, code, remedy } = error;
  return { category, severity, message, code: code ?? null, remedy };
}
