import { buildReport } from '../reports/build-report.ts';
import type { PromotionReport } from '../reports/promotion-report.ts';
import { readReportFacts } from '../reports/report-facts.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import type { ServiceContext } from './service-context.ts';
import { NotFoundError } from './service-errors.ts';

/**
 * The report of a promotion, made anew from what is stored: the same whenever it is asked for, also while it goes on.
 * @param promotion that whoever asks may look at.
 */
export async function readReport({ store }: ServiceContext, promotion: PromotionRecord): Promise<PromotionReport> {
  const release = await store.loadRelease(promotion.releaseId);
  if (release === undefined) throw new NotFoundError(`release ${promotion.releaseId} is not in the store`);
  return buildReport(await readReportFacts(store, promotion, release));
}
