import type { Rules } from '../rules/schema.ts';
import { OnceSpan, Spans } from '../schedule/span.ts';
import type { Actor } from '../workflow/actor.ts';
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

/** As far as whoever asks may see it. @throws NotAuthorizedError */
export async function readClosures(
  context: ServiceContext,
  actor: Actor,
  application: string | undefined,
): Promise<readonly StandingClosure[]> {
  const outlook = await requireToLook(context, actor, { application: application ?? '*', environment: '*' });
  const closures = await standingClosures(context, application ?? outlook?.application);
  if (outlook === undefined) return closures;
  return closures.filter(({ environment }) => environment === '*' || outlook.environments.has(environment));
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
  let rules: Rules;
  try {
    rules = await context.rules.current();
  } catch {
    return [];
  }
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
    if (!span.contains(now.getTime())) return [];
    const end = span.nextChange(now.getTime());
    const until = end === undefined ? undefined : new Date(end);
    const { name, reason } = freeze;
    return (environments.length === 0 ? ['*'] : environments).map((environment): StandingClosure => ({
      kind: 'freeze',
      application,
      environment,
      name,
      reason,
      until,
      by: undefined,
    }));
  });
}
