import type { Rules } from '../rules/schema.ts';
import { OnceSpan, Spans, type Span } from '../schedule/span.ts';
import { isInSight, type Sight } from '../store/sight.ts';
import type { Actor } from '../workflow/actor.ts';
import { readableRules } from './readable-rules.ts';
import { requireToLook } from './require-to-look.ts';
import type { ServiceContext } from './service-context.ts';
import { standingFreezes } from './freeze.ts';

/** A hold or a freeze that keeps environments closed now. */
export interface StandingClosure {
  readonly kind: 'hold' | 'freeze';
  /** `*`: every application. */
  readonly application: string;
  /** `*`: every environment. */
  readonly environment: string;
  /** Of a freeze. */
  readonly name: string | undefined;
  readonly reason: string;
  /** Undefined: as long as nobody lifts it. */
  readonly until: Date | undefined;
  /** Who declared it; undefined: the rules did. */
  readonly by: string | undefined;
}

/** A freeze that has not begun. */
export interface ComingFreeze extends Omit<StandingClosure, 'kind' | 'until'> {
  readonly from: Date;
  /** Undefined: it has no end of its own. */
  readonly until: Date | undefined;
}

/** As far as whoever asks may see it. @throws NotAuthorizedError */
export async function readClosures(
  context: ServiceContext,
  actor: Actor,
  application: string | undefined,
): Promise<readonly StandingClosure[]> {
  const sight = await requireToLook(context, actor, { application: application ?? '*', environment: '*' });
  return closuresInSight(context, application, sight);
}

/** Those that concern what may be seen. @param application undefined: every one. */
export async function closuresInSight(
  context: ServiceContext,
  application: string | undefined,
  sight: Sight,
): Promise<readonly StandingClosure[]> {
  const closures = await standingClosures(context, application);
  return closures.filter((each) => isInSight(sight, each.application, each.environment));
}

/** So soon a freeze begins that is worth a countdown. */
const aheadMs = 14 * 86_400_000;

/** Freezes of people and of the rules that begin soon, by their beginning, as far as they may be seen. */
export async function freezesAhead(context: ServiceContext, sight: Sight): Promise<readonly ComingFreeze[]> {
  const now = context.clock.now();
  const horizon = new Date(now.getTime() + aheadMs);
  const declared = (await standingFreezes(context, now)).map(
    ({ application, environment, name, reason, from, to, declaredBy }): ComingFreeze => {
      return { application, environment, name, reason, from, until: to, by: declaredBy };
    },
  );
  const rules = await readableRules(context);
  return [...declared, ...(rules === undefined ? [] : comingFreezesOf(rules, now))]
    .filter((each) => each.from > now && each.from <= horizon && isInSight(sight, each.application, each.environment))
    .toSorted((one, other) => one.from.getTime() - other.from.getTime());
}

/** Everything that people and rules keep closed at this moment, holds first. Rules that cannot be read close nothing. */
async function standingClosures(
  context: ServiceContext,
  application: string | undefined,
): Promise<readonly StandingClosure[]> {
  const now = context.clock.now();
  const filter = application === undefined ? {} : { application };
  const [holds, freezes, ofRules] = await Promise.all([
    context.store.calendar.holds(filter),
    standingFreezes(context, now, filter),
    closuresOfRules(context, now),
  ]);
  const declared: readonly StandingClosure[] = [
    ...holds
      .filter(({ since, until }) => new OnceSpan(since, until).contains(now.getTime()))
      .map((hold) => ({ ...hold, kind: 'hold' as const, name: undefined, by: hold.heldBy })),
    ...freezes
      .filter(({ from }) => from <= now)
      .map((freeze) => ({ ...freeze, kind: 'freeze' as const, until: freeze.to, by: freeze.declaredBy })),
  ];
  const concerned = ofRules.filter(
    (each) => application === undefined || each.application === '*' || each.application === application,
  );
  return [...declared, ...concerned]
    .map(({ kind, application: of, environment, name, reason, until, by }) => {
      return { kind, application: of, environment, name, reason, until, by };
    })
    .toSorted((a, b) => Number(a.kind === 'freeze') - Number(b.kind === 'freeze'));
}

async function closuresOfRules(context: ServiceContext, now: Date): Promise<readonly StandingClosure[]> {
  const rules = await readableRules(context);
  if (rules === undefined) return [];
  const holds = rules.environments.flatMap(({ name: environment, hold }): readonly StandingClosure[] => {
    if (hold === undefined) return [];
    const until = hold.until === undefined ? undefined : new Date(hold.until);
    if (until !== undefined && until <= now) return [];
    return [
      { kind: 'hold', application: '*', environment, name: undefined, reason: hold.reason, until, by: undefined },
    ];
  });
  return [...holds, ...freezesOfRules(rules, now)];
}

function freezesOfRules(rules: Rules, now: Date): readonly StandingClosure[] {
  return everyFreeze(rules).flatMap(({ span, ...freeze }) => {
    if (!span.contains(now.getTime())) return [];
    return [{ kind: 'freeze' as const, ...freeze, until: changeAfter(span, now), by: undefined }];
  });
}

function comingFreezesOf(rules: Rules, now: Date): readonly ComingFreeze[] {
  return everyFreeze(rules).flatMap(({ span, ...freeze }) => {
    // One that stands now begins again, if it does, after it has ended.
    const end = span.contains(now.getTime()) ? changeAfter(span, now) : now;
    const from = end === undefined ? undefined : changeAfter(span, end);
    return from === undefined ? [] : [{ ...freeze, from, until: changeAfter(span, from), by: undefined }];
  });
}

function changeAfter(span: Span, at: Date): Date | undefined {
  const change = span.nextChange(at.getTime());
  return change === undefined ? undefined : new Date(change);
}

type RuledFreeze = Pick<StandingClosure, 'application' | 'environment' | 'name' | 'reason'> & { readonly span: Span };

/** Every freeze of the rules, wherever in them it stands, once for each environment that it names. */
function everyFreeze(rules: Rules): readonly RuledFreeze[] {
  const spans = new Spans();
  const wide = [
    ...rules.freezes.map((freeze) => ({ freeze, application: '*', environments: freeze.environments })),
    ...rules.applications.flatMap(({ name, freezes }) =>
      freezes.map((freeze) => ({ freeze, application: name, environments: freeze.environments })),
    ),
    ...rules.environments.flatMap(({ name, freezes }) =>
      freezes.map((freeze) => ({ freeze, application: '*', environments: [name] })),
    ),
  ];
  return wide.flatMap(({ freeze, application, environments }) => {
    const span = spans.of(freeze);
    const { name, reason } = freeze;
    return (environments.length === 0 ? ['*'] : environments).map((environment) => {
      return { application, environment, name, reason, span };
    });
  });
}
