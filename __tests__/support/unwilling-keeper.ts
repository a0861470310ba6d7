import type { AuditKeeper } from '../../engine/audit/audit-keeper.ts';
import { RefusedError } from '../../engine/promotion-service.ts';

/** Whoever holds no key signs nothing, so that nothing can be removed by chance. */
export const unwillingKeeper: AuditKeeper = {
  sign: () => Promise.reject(new RefusedError('nothing is signed here')),
  checkpoint: () => Promise.reject(new RefusedError('nothing is signed here')),
};
