import { ApplicationOfThen } from '../replay/application-of-then.ts';
import { DeclaredPast } from '../replay/declared-past.ts';
import type { PastPromotion } from '../replay/past.ts';
import { ProposedRules } from '../replay/proposed-rules.ts';
import { compareDecisions, type Comparison, type ReplayDecision } from '../replay/replay-decision.ts';
import { replayPromotion } from '../replay/replay-promotion.ts';
import type { Rules } from '../rules/schema.ts';
import type { PastReader } from '../store/replay-store.ts';
import { isInSight } from '../store/sight.ts';
import type { Actor } from '../workflow/actor.ts';
import { placeInSight } from './place-in-sight.ts';
import type { ServiceContext } from './service-context.ts';

export interface ReplayRequest {
  readonly rules: Rules;
  /** Default: every application. */
  readonly application?: string | undefined;
  /** Requested after it. Default: all that is stored. */
  readonly since?: Date | undefined;
}

/** A promotion that the other rules decide otherwise, or about which nobody can tell. */
export interface ReplayedPromotion {
  readonly id: string;
  readonly application: string;
  readonly release: string;
  readonly from: string;
  readonly to: string;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly isDryRun: boolean;
  readonly comparison: Exclude<Comparison, 'as-before'>;
  readonly then: ReplayDecision;
  readonly now: ReplayDecision;
}

export interface ReplayOfRules {
  readonly counts: Readonly<Record<Comparison, number>>;
  /** Newest first. */
  readonly otherwise: readonly ReplayedPromotion[];
  /** Newest first. */
  readonly unknown: readonly ReplayedPromotion[];
}

const pageSize = 200;

/**
 * Judges every stored promotion by other rules and says which would have been decided otherwise. Nothing is written.
 * @throws NotAuthorizedError, UnknownNameError
 */
export async function replayRules(
  context: ServiceContext,
  actor: Actor,
  { rules, application, since }: ReplayRequest,
): Promise<ReplayOfRules> {
  const { application: only, sight } = await placeInSight(context, actor, { application });
  const proposed = new ProposedRules(rules, context.steps);
  const present = context.clock.now();
  return context.store.replay.look(async (past) => {
    const counts = { 'as-before': 0, refused: 0, 'let-through': 0, waiting: 0, unknown: 0 };
    const others: ReplayedPromotion[] = [];
    const declared = new DeclaredPast(await past.common());
    for (const name of only === undefined ? await past.applications(since) : [only]) {
      if (!isInSight(sight, name, '*')) continue;
      const then = new ApplicationOfThen(await past.application(name), declared);
      for await (const promotion of promotionsOf(past, name, since)) {
        if (!isInSight(sight, name, promotion.record.toEnvironment)) continue;
        const decided = await replayPromotion(promotion, then, proposed, present);
        const comparison = compareDecisions(decided.then, decided.now);
        counts[comparison] += 1;
        if (comparison !== 'as-before') others.push(toldOf(promotion, then, comparison, decided));
      }
    }
    const newest = others.toSorted((a, b) => b.requestedAt.getTime() - a.requestedAt.getTime());
    return {
      counts,
      otherwise: newest.filter((each) => each.comparison !== 'unknown'),
      unknown: newest.filter((each) => each.comparison === 'unknown'),
    };
  });
}

async function* promotionsOf(
  past: PastReader,
  application: string,
  since: Date | undefined,
): AsyncIterable<PastPromotion> {
  let after: PastPromotion['record'] | undefined;
  for (;;) {
    const page = await past.promotions({ application, since, after, limit: pageSize });
    yield* page;
    after = page.at(-1)?.record;
    if (page.length < pageSize) return;
  }
}

function toldOf(
  { record }: PastPromotion,
  { releases }: ApplicationOfThen,
  comparison: ReplayedPromotion['comparison'],
  decided: Pick<ReplayedPromotion, 'then' | 'now'>,
): ReplayedPromotion {
  return {
    id: record.id,
    application: record.application,
    release: releases.find(({ id }) => id === record.releaseId)?.name ?? record.releaseId,
    from: record.fromEnvironment,
    to: record.toEnvironment,
    requestedBy: record.requestedBy.id,
    requestedAt: record.createdAt,
    isDryRun: record.isDryRun,
    comparison,
    ...decided,
  };
}
