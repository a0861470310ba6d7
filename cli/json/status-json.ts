import type {
  ComingFreeze,
  EnvironmentStanding,
  EnvironmentState,
  StandingClosure,
} from '../../engine/promotion-service.ts';
import { openItemJson } from './people-json.ts';
import { promotionJson } from './promotion-json.ts';
import type { StatusView } from '../status-view.ts';

/** What `status --json` shows: every environment with what runs there, and every promotion that has not ended. */
export function statusJson(status: StatusView) {
  return {
    at: status.at,
    environments: status.environments.map(environmentStateJson),
    closures: status.closures.map(closureJson),
    openItems: status.openItems.map(openItemJson),
    stuck: status.stuck.map(({ promotion, release }) => promotionJson(promotion, release)),
    running: status.running.map(({ promotion, release }) => promotionJson(promotion, release)),
  };
}

/** What is remembered of an environment. */
export function environmentStateJson(state: Omit<EnvironmentState, 'release'> & Pick<EnvironmentStanding, 'release'>) {
  return {
    application: state.application,
    environment: state.name,
    release: state.release?.name ?? null,
    isBad: state.release?.bad !== undefined,
    deployedAt: state.deployedAt ?? null,
    verifiedAt: state.verifiedAt ?? null,
    promotionId: state.promotionId ?? null,
    isHotfix: state.isHotfix ?? false,
    slotHeldBy: state.slotHeldBy ?? null,
    undoWindowUntil: state.undoWindowUntil ?? null,
    autoPromotionPausedAt: state.autoPromotionPausedAt ?? null,
  };
}

/** The same with what was seen when somebody looked at it last. */
export function environmentStandingJson(standing: EnvironmentStanding) {
  const { observation } = standing;
  return {
    ...environmentStateJson(standing),
    observed:
      observation === undefined
        ? null
        : {
            at: observation.at,
            health: observation.health,
            trouble: observation.trouble ?? null,
            drift: observation.drift ?? null,
          },
  };
}

export function comingFreezeJson({ application, environment, name, reason, from, until, by }: ComingFreeze) {
  return { application, environment, name: name ?? null, reason, from, until: until ?? null, by: by ?? null };
}

export function closureJson({ kind, application, environment, name, reason, until, by }: StandingClosure) {
  return { kind, application, environment, name: name ?? null, reason, until: until ?? null, by: by ?? null };
}
