import type { Pool } from 'pg';
import type { ClaimedPromotion, ClaimRequest } from '../workflow-store.ts';
import { claimedPromotionColumns, toPromotionRecord, toReleaseFromJson } from './record-mapping.ts';
import type { PromotionRow, ReleaseJson } from './record-mapping.ts';

type ClaimedRow = PromotionRow & { readonly release: ReleaseJson };

/** @param aheadSeconds how far what counts as due is ahead of the database's clock. */
export async function claimPromotions(
  pool: Pool,
  request: ClaimRequest,
  aheadSeconds: number,
): Promise<readonly ClaimedPromotion[]> {
  const { rows } = await pool.query<ClaimedRow>({
    name: 'claim',
    text: `
      select ${claimedPromotionColumns}, c.release
      from claim_promotions($1, $2, $3, $4, $5, $6, $7) as c cross join lateral (select (c.promotion).*) as p`,
    values: [
      request.stateVersion,
      request.promotionId ?? null,
      request.limit,
      request.owner,
      request.leaseSeconds,
      request.now ?? null,
      aheadSeconds,
    ],
  });
  return rows.map((row) => ({ promotion: toPromotionRecord(row), release: toReleaseFromJson(row.release) }));
}
