import type { ErrorReport } from '../error-report.ts';

/** What is known about a kind of error, whatever its words. */
export type Classification = Pick<ErrorReport, 'category' | 'severity' | 'isRetryable' | 'remedy'>;

type Category = Classification['category'];

/** Will fail again however often it is tried: the promotion fails at once. */
export function permanent(category: Category, remedy: string): Classification {
  return { category, severity: 'CRITICAL', isRetryable: false, remedy };
}

/** May pass: it is tried again, and somebody is told. */
export function transient(category: Category, remedy: string): Classification {
  return { category, severity: 'HIGH', isRetryable: true, remedy };
}

/** Others were quicker, or there are many of them: it is tried again, and an optional step may go without. */
export function contention(category: Category, remedy: string): Classification {
  return { category, severity: 'MEDIUM', isRetryable: true, remedy };
}

/** Will fail again, and is one thing that went wrong rather than a defect: an optional step may go without. */
export function failed(category: Category, remedy: string): Classification {
  return { category, severity: 'MEDIUM', isRetryable: false, remedy };
}
