import { errorSeverities, type ErrorSeverity } from '../workflow/error-report.ts';
import type { ComplianceRecord } from './compliance-record.ts';

/** Counts over the promotions of an export, taken in one after the other. */
export class ComplianceSummary {
  readonly #outcomes = new Map<string, number>();
  readonly #applications = new Map<string, number>();
  readonly #overrides = new Map<string, number>();
  readonly #failedChecks = new Map<string, number>();
  readonly #approvers = new Map<string, number>();
  readonly #errors = new Map<ErrorSeverity, number>(errorSeverities.map((severity) => [severity, 0]));
  #promotions = 0;
  #withoutApproval = 0;
  #first: string | undefined;
  #last: string | undefined;

  add(record: ComplianceRecord): void {
    const { workflowMetadata, validationResults, approvalRecords, errorDetails } = record;
    const { requestedAt, outcome, application } = workflowMetadata;
    this.#promotions += 1;
    if (this.#first === undefined || requestedAt < this.#first) this.#first = requestedAt;
    if (this.#last === undefined || requestedAt > this.#last) this.#last = requestedAt;
    count(this.#outcomes, outcome);
    count(this.#applications, application);
    for (const { kind } of approvalRecords.setAside) count(this.#overrides, kind);
    for (const { check, verdict } of validationResults.checks) if (verdict === 'fail') count(this.#failedChecks, check);
    const approvals = approvalRecords.votes.filter(({ decision }) => decision === 'approved');
    for (const { by } of approvals) count(this.#approvers, by);
    if (outcome === 'COMPLETED_SUCCESSFULLY' && approvals.length === 0) this.#withoutApproval += 1;
    for (const severity of errorSeverities) {
      this.#errors.set(severity, (this.#errors.get(severity) ?? 0) + errorDetails.bySeverity[severity]);
    }
  }

  told() {
    return {
      promotions: this.#promotions,
      firstRequestedAt: this.#first ?? null,
      lastRequestedAt: this.#last ?? null,
      byOutcome: Object.fromEntries(this.#outcomes),
      byApplication: Object.fromEntries(this.#applications),
      /** How many promotions each person approved. */
      approvals: Object.fromEntries(this.#approvers),
      /** Those that went well and that nobody had to approve, or that were approved without a person. */
      succeededWithoutApproval: this.#withoutApproval,
      overrides: Object.fromEntries(this.#overrides),
      failedChecks: Object.fromEntries(this.#failedChecks),
      errorsBySeverity: Object.fromEntries(this.#errors),
    };
  }
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
