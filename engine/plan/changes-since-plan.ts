import { z } from 'zod';
import { configurationChanges } from '../configuration/configuration-changes.ts';
import type { Definition } from '../workflow/definition.ts';
import type { ChangeEntry } from '../workflow/environment-record.ts';
import type { Ports } from '../workflow/ports.ts';
import type { StepQueries } from '../workflow/step-queries.ts';
import { describePlanChanges } from './describe-plan-changes.ts';
import type { Plan } from './plan.ts';

/** Where it is found out what has changed. */
export interface PlanLook {
  readonly plans: Pick<StepQueries, 'plan' | 'movedSincePlan'>;
  readonly ports: Pick<Ports, 'configuration'>;
  /** Where the target's configuration is. */
  readonly place: Definition['target']['configuration'];
  readonly signal: AbortSignal;
}

/** More than these nobody reads in one line. */
const mostNamed = 6;

/**
 * What differs from an earlier plan: `Changed: image api …; setting feature.limit …`, with every setting of the target
 * that somebody changed by hand meanwhile, old → new, secrets masked.
 */
export async function changesSincePlan(look: PlanLook, hash: string | undefined, now: Plan): Promise<string> {
  return changedText(await listChangesSincePlan(look, hash, now));
}

/** The same, each by itself. */
export async function listChangesSincePlan(
  look: PlanLook,
  hash: string | undefined,
  now: Plan,
): Promise<readonly string[]> {
  const { plans } = look;
  const before = hash === undefined ? undefined : await plans.plan(hash);
  if (before === undefined) return ['what was planned before'];
  const movers = await plans.movedSincePlan(before.hash);
  const moved = await movedSettings(look, before, now);
  return describePlanChanges(before.body, now.body, movers, moved);
}

const basedSchema = z.object({ configuration: z.object({ base: z.string() }) });

/** Commits that cannot be read any more are still told by their ids, so this is worth no failure. */
async function movedSettings(
  { ports, place, signal }: PlanLook,
  before: Plan,
  now: Plan,
): Promise<readonly ChangeEntry[]> {
  const [old, fresh] = [before, now].map(({ body }) => basedSchema.safeParse(body).data?.configuration.base);
  if (old === undefined || fresh === undefined || old === fresh) return [];
  try {
    const repository = ports.configuration(place.repository);
    const [was, is] = await Promise.all([old, fresh].map((commit) => repository.read(commit, place.path, signal)));
    return configurationChanges(was, is);
  } catch {
    signal.throwIfAborted();
    return [];
  }
}

function changedText(changes: readonly string[]): string {
  const named = changes.slice(0, mostNamed);
  const more = changes.length - named.length;
  return `Changed: ${named.join('; ')}${more > 0 ? `; and ${String(more)} more` : ''}`;
}
