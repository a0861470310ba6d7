import type {
  PromotionReport,
  ReportedApprovals,
  ReportedCheck,
  ReportedError,
  ReportedErrors,
  ReportedImage,
  ReportedItem,
  ReportedPromotion,
  ReportedStep,
  ReportedTiming,
} from './promotion-report.ts';

/** The six groups that an audit log must have (image promotion guide, "Audit Log Contents"), of one promotion. */
export interface ComplianceRecord {
  readonly promotionId: string;
  readonly workflowMetadata: ReportedPromotion & {
    readonly runId: string;
    readonly actor: string;
    readonly repository: string | null;
    readonly requestedAt: string;
    readonly endedAt: string | null;
    readonly outcome: string;
  };
  readonly imageInformation: readonly ReportedImage[];
  readonly validationResults: {
    readonly checks: readonly ReportedCheck[];
    readonly checklist: readonly ReportedItem[];
  };
  readonly approvalRecords: ReportedApprovals & { readonly setAside: PromotionReport['overrides'] };
  readonly errorDetails: Pick<ReportedErrors, 'bySeverity' | 'byCategory'> & {
    readonly errors: readonly ReportedError[];
  };
  readonly performanceMetrics: ReportedTiming & {
    readonly steps: readonly Pick<ReportedStep, 'name' | 'attempts' | 'tookMs' | 'waitedMs'>[];
  };
}

/** A report in the order of the six groups. */
export function complianceRecord(report: PromotionReport): ComplianceRecord {
  const { promotion, outcome, timing, errors } = report;
  return {
    promotionId: promotion.id,
    workflowMetadata: {
      ...promotion,
      runId: promotion.id,
      actor: promotion.requestedBy.id,
      repository: promotion.source?.repository ?? null,
      requestedAt: timing.requestedAt,
      endedAt: timing.endedAt,
      outcome: outcome.state,
    },
    imageInformation: report.images,
    validationResults: { checks: report.checks, checklist: report.checklist },
    approvalRecords: { ...report.approvals, setAside: report.overrides },
    errorDetails: { bySeverity: errors.bySeverity, byCategory: errors.byCategory, errors: errors.list },
    performanceMetrics: {
      ...timing,
      steps: report.steps.map(({ name, attempts, tookMs, waitedMs }) => ({ name, attempts, tookMs, waitedMs })),
    },
  };
}
