import { isAuthorized, rolesIn } from '../authorization.ts';
import { PathGraph } from '../rules/path-graph.ts';
import { environmentsAlongPaths } from '../rules/path-order.ts';
import type { Path, Rules } from '../rules/schema.ts';
import { Calendar } from '../schedule/calendar.ts';
import { describeClosures } from '../schedule/describe-closure.ts';
import type { Declarations } from '../schedule/schedule.ts';
import { scheduleOfPath } from '../schedule/schedule-of-path.ts';
import type { EnvironmentStanding, PromotionSummary } from '../store/overview-store.ts';
import { isInSight } from '../store/sight.ts';
import type { Actor } from '../workflow/actor.ts';
import { knownApplication } from './known-names.ts';
import { maySetAside, type SettableAside } from './may-set-aside.ts';
import { requireToLook } from './require-to-look.ts';
import type { ServiceContext } from './service-context.ts';
import { closuresInSight, type StandingClosure } from './standing-closures.ts';

/** An allowed move of an application, and how it stands now. */
export interface PipelinePath {
  readonly from: string;
  readonly to: string;
  /** The release that runs verified in `from` and not in `to`; undefined: there is nothing to move. */
  readonly candidate:
    | {
        readonly release: string;
        readonly isBad: boolean;
        /** When it has soaked as long as the path asks. */
        readonly soakedAt: Date;
      }
    | undefined;
  readonly isOpen: boolean;
  /** When that changes by itself, as far as anybody knows. */
  readonly changesAt: Date | undefined;
  /** Why it is closed. */
  readonly reason: string | undefined;
  readonly soakSeconds: number;
  /** Names of its stages with how many approvals each takes. */
  readonly approvals: readonly { readonly stage: string; readonly minimum: number }[];
  readonly hasCanary: boolean;
  readonly promotesByItself: boolean;
  /** Whether whoever looks may ask for a promotion along it. */
  readonly mayPromote: boolean;
  /** What of its rules whoever looks may set aside. */
  readonly maySetAside: readonly SettableAside[];
}

/** The way of an application's releases, with where each is, as far as whoever asks may see it. */
export interface Pipeline {
  readonly application: string;
  /** Every environment of the rules, along their paths; undefined: nothing is recorded to run there. */
  readonly environments: readonly { readonly name: string; readonly state: EnvironmentStanding | undefined }[];
  readonly paths: readonly PipelinePath[];
  /** Newest first. */
  readonly running: readonly PromotionSummary[];
  readonly closures: readonly StandingClosure[];
}

const mostRunning = 200;

/** @throws UnknownNameError, and what the rules cannot be read with. */
export async function readPipeline(context: ServiceContext, actor: Actor, application: string): Promise<Pipeline> {
  const sight = await requireToLook(context, actor, { application, environment: '*' });
  const name = await knownApplication(context, application);
  const rules = await context.rules.current();
  const { store, clock, authorizer } = context;
  const now = clock.now();
  const [states, running, closures, holds, freezes, bindings] = await Promise.all([
    store.overview.standings(name, sight),
    store.overview.summaries({ application: name, isActive: true, limit: mostRunning, ...(sight && { sight }) }),
    closuresInSight(context, name, sight),
    store.calendar.holds({ application: name }),
    store.calendar.freezes({ application: name }),
    authorizer.bindingsOf(actor),
  ]);
  const byName = new Map(states.map((state) => [state.name, state]));
  const declared = (environment: string): Declarations => ({
    holds: holds.filter((hold) => hold.environment === environment),
    freezes: freezes.filter((freeze) => freeze.environment === '*' || freeze.environment === environment),
  });
  const isSeen = (environment: string): boolean => isInSight(sight, name, environment);
  return {
    application: name,
    environments: environmentsAlongPaths(rules)
      .filter(isSeen)
      .map((each) => ({ name: each, state: byName.get(each) })),
    // What may move into an environment tells what runs where it comes from.
    paths: new PathGraph(rules)
      .paths()
      .filter(({ from, to }) => isSeen(from) && isSeen(to))
      .map((path) => ({
        ...toPath(rules, path, name, byName, declared(path.to), now),
        mayPromote: isAuthorized(rolesIn(bindings, actor, { application: name, environment: path.to }), 'run'),
        maySetAside: maySetAside(rules, path, name, actor, bindings),
      })),
    running,
    closures,
  };
}

function toPath(
  rules: Rules,
  path: Path,
  application: string,
  states: ReadonlyMap<string, EnvironmentStanding>,
  declared: Declarations,
  now: Date,
): Omit<PipelinePath, 'mayPromote' | 'maySetAside'> {
  const calendar = new Calendar(scheduleOfPath(rules, path, application), declared);
  const openness = calendar.judge(now);
  return {
    from: path.from,
    to: path.to,
    candidate: candidateOf(path, states),
    isOpen: openness.isOpen,
    changesAt: openness.isOpen ? calendar.closesAt(now) : openness.opensAt,
    reason: openness.isOpen ? undefined : describeClosures(openness),
    soakSeconds: path.soakSeconds,
    approvals: path.approvals.stages.map(({ name, minimumApprovals }) => ({ stage: name, minimum: minimumApprovals })),
    hasCanary: path.canary.enabled,
    promotesByItself: path.autoPromote,
  };
}

function candidateOf(
  { from, to, soakSeconds }: Path,
  states: ReadonlyMap<string, EnvironmentStanding>,
): PipelinePath['candidate'] {
  const { release, verifiedAt } = states.get(from) ?? {};
  if (release === undefined || verifiedAt === undefined || states.get(to)?.release?.name === release.name)
    return undefined;
  return {
    release: release.name,
    isBad: release.bad !== undefined,
    soakedAt: new Date(verifiedAt.getTime() + soakSeconds * 1000),
  };
}
