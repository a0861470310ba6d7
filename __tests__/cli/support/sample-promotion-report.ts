import type { PromotionRecord, PromotionReport } from '../../../engine/promotion-service.ts';
import { buildReport } from '../../../engine/reports/build-report.ts';
import { samplePromotion, sampleRelease } from '../../../scripts/sample-promotion.ts';

/** The report of the sample promotion, or of whatever the changes make of it. */
export function sampleReport(changes: Partial<PromotionRecord> = {}): PromotionReport {
  return buildReport({
    promotion: samplePromotion(changes),
    release: sampleRelease(),
    plan: undefined,
    events: [],
    votes: [],
    ticks: [],
    changes: [],
    openItems: [],
    evidence: [],
  });
}
