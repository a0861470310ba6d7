import type { ChangeOrigin, Difference, MovingPromotion, StoredChange } from '../store/change-store.ts';
import type { Actor } from '../workflow/actor.ts';
import type { PromotionState } from '../workflow/state.ts';
import { placeInSight } from './place-in-sight.ts';
import type { ServiceContext } from './service-context.ts';

export interface ChangesRequest {
  readonly application?: string | undefined;
  /** By name or alias. */
  readonly environment?: string | undefined;
  readonly limit: number;
}

/** What one promotion changed in one environment, or what somebody recorded there without one. */
export interface ChangeGroup {
  readonly at: Date;
  readonly application: string;
  readonly environment: string;
  /** Undefined: no promotion did it. */
  readonly origin: ChangeOrigin | undefined;
  readonly changedBy: string;
  /** Without a promotion: who spoke for that person, unverified. */
  readonly saidBy?: string | undefined;
  /** In the order in which they were made. */
  readonly changes: readonly StoredChange[];
}

export interface ChangesSince {
  readonly since: Date;
  readonly until: Date;
  /** Newest first. */
  readonly groups: readonly ChangeGroup[];
  /** Whether there are more than were asked for. */
  readonly isCut: boolean;
}

export interface StateAt {
  readonly at: Date;
  /** What was not as it is now, the newest difference first. */
  readonly differences: readonly (Difference & {
    readonly origin: ChangeOrigin | undefined;
    /** Whether the environment was recorded by then; if not, `then` is only what the first change found there later. */
    readonly isThenKnown: boolean;
  })[];
  /** Promotions that were on their way then. */
  readonly moving: readonly MovingPromotion[];
  readonly isCut: boolean;
}

/** How what was asked for can end without having changed anything: that a rule was set aside for it changed nothing either. */
const neverMoved: ReadonlySet<PromotionState> = new Set(['REJECTED', 'EXPIRED', 'CANCELLED', 'SUPERSEDED', 'FAILED']);

/** A time that is asked about. */
export interface ChangesSpan {
  /** Exclusive. */
  readonly since: Date;
  /** Inclusive. Default: now; what is still to come counts as now. */
  readonly until?: Date | undefined;
}

/** What changed in a time, over all applications unless one is named. */
export async function readChangesSince(
  context: ServiceContext,
  actor: Actor,
  request: ChangesRequest & ChangesSpan,
): Promise<ChangesSince> {
  const scope = await placeInSight(context, actor, request);
  const now = context.clock.now();
  const until = request.until === undefined || request.until > now ? now : request.until;
  const { since, limit } = request;
  const changes = await context.store.changes({ ...scope, since, until, limit: limit + 1 });
  const shown = changes.slice(0, limit);
  const origins = await originsOf(context, shown);
  const groups = new Map<string, StoredChange[]>();
  for (const change of shown) {
    const key = change.promotionId ?? `${change.application} ${change.environment} ${change.at.toISOString()}`;
    groups.set(key, [change, ...(groups.get(key) ?? [])]);
  }
  return {
    since,
    until,
    groups: [...groups.values()].flatMap((group) => {
      const last = group.at(-1);
      if (last === undefined) return [];
      const { at, application, environment, changedBy, saidBy, promotionId } = last;
      const origin = origins.get(promotionId ?? '');
      if (origin !== undefined && neverMoved.has(origin.state) && group.every(({ kind }) => kind === 'override')) {
        return [];
      }
      return [{ at, application, environment, changedBy, saidBy, origin, changes: group }];
    }),
    isCut: changes.length > limit,
  };
}

/** What was not as it is now at an instant, and what was on its way then. */
export async function readStateAt(
  context: ServiceContext,
  actor: Actor,
  request: ChangesRequest & { readonly at: Date },
): Promise<StateAt> {
  const scope = await placeInSight(context, actor, request);
  const { at, limit } = request;
  const [differences, moving] = await Promise.all([
    context.store.differencesAt({ ...scope, at, limit: limit + 1 }),
    context.store.movingAt({ ...scope, at, limit }),
  ]);
  const shown = differences.slice(0, limit);
  const origins = await originsOf(context, shown);
  const unrecorded = new Set(
    differences.filter(({ kind, then }) => kind === 'release' && then === undefined).map(placeOf),
  );
  return {
    at,
    differences: shown.map((each) => ({
      ...each,
      origin: origins.get(each.promotionId ?? ''),
      isThenKnown: each.kind === 'release' || !unrecorded.has(placeOf(each)),
    })),
    moving,
    isCut: differences.length > limit,
  };
}

function placeOf({ application, environment }: Pick<Difference, 'application' | 'environment'>): string {
  return `${application} ${environment}`;
}

async function originsOf(
  context: ServiceContext,
  of: readonly { readonly promotionId: string | undefined }[],
): Promise<ReadonlyMap<string, ChangeOrigin>> {
  const ids = of.flatMap(({ promotionId }) => (promotionId === undefined ? [] : [promotionId]));
  const origins = await context.store.originsOf(ids);
  return new Map(origins.map((origin) => [origin.promotionId, origin]));
}
