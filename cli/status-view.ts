import type { EnvironmentState, StandingClosure, StoredOpenItem } from '../engine/promotion-service.ts';
import { withReleaseNames, type NamedPromotion } from './release-names.ts';
import type { Session } from './session.ts';

/** What runs where, and what is on its way, at one moment. */
export interface StatusView {
  readonly at: Date;
  readonly environments: readonly EnvironmentState[];
  /** Holds and freezes that keep environments closed now. */
  readonly closures: readonly StandingClosure[];
  /** What was left to be done after promotions, oldest first. */
  readonly openItems: readonly StoredOpenItem[];
  /** Promotions that have not ended, newest first. */
  readonly running: readonly NamedPromotion[];
  /** Promotions that could not be taken back, whose environments stay locked until a person has resolved it. */
  readonly stuck: readonly NamedPromotion[];
  /** Whether there are more running promotions than were asked for. */
  readonly isCut: boolean;
}

const mostRunning = 100;

export async function readStatus(session: Session, application: string | undefined, at: Date): Promise<StatusView> {
  const { service, actor } = session;
  const environments = await service.environments(actor, application);
  const running = await service.list(actor, {
    ...(application === undefined ? {} : { application }),
    isActive: true,
    limit: mostRunning,
  });
  const holders = environments.flatMap(({ slotHeldBy }) => (slotHeldBy === undefined ? [] : [slotHeldBy]));
  const known = new Set(running.map(({ id }) => id));
  const stuck: NamedPromotion[] = [];
  for (const id of holders.filter((each) => !known.has(each))) {
    const { promotion, release } = await service.view(actor, id);
    // What ended in between has left its slot.
    if (promotion.state === 'ROLLBACK_FAILED') stuck.push({ promotion, release: release.name });
  }
  const closures = await service.closures(actor, application);
  const openItems = await service.openItems(actor, application === undefined ? {} : { application });
  return {
    at,
    environments,
    closures,
    openItems,
    stuck,
    running: await withReleaseNames(session, running),
    isCut: running.length >= mostRunning,
  };
}
