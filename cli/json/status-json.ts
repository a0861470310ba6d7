import { openItemJson } from './people-json.ts';
import { promotionJson } from './promotion-json.ts';
import type { StatusView } from '../status-view.ts';

/** What `status --json` shows: every environment with what runs there, and every promotion that has not ended. */
export function statusJson(status: StatusView) {
  return {
    at: status.at,
    environments: status.environments.map((each) => ({
      application: each.application,
      environment: each.name,
      release: each.release?.name ?? null,
      isBad: each.release?.bad !== undefined,
      deployedAt: each.deployedAt ?? null,
      verifiedAt: each.verifiedAt ?? null,
      promotionId: each.promotionId ?? null,
      isHotfix: each.isHotfix ?? false,
      slotHeldBy: each.slotHeldBy ?? null,
      undoWindowUntil: each.undoWindowUntil ?? null,
      autoPromotionPausedAt: each.autoPromotionPausedAt ?? null,
    })),
    closures: status.closures.map(({ kind, application, environment, name, reason, until, by }) => ({
      kind,
      application,
      environment,
      name: name ?? null,
      reason,
      until: until ?? null,
      by: by ?? null,
    })),
    openItems: status.openItems.map(openItemJson),
    running: status.running.map(({ promotion, release }) => promotionJson(promotion, release)),
  };
}
