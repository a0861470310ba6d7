import { z } from 'zod';
import { flagChanges, flagTexts } from '../flags/flag-changes.ts';
import { flagStateSchema } from '../rules/flag-state-schema.ts';
import type { Flag } from '../flags/flag-store.ts';
import { mergeFlags } from '../flags/merge-flags.ts';
import { flagDefinitionSchema } from '../release.ts';
import type { ChangeEntry } from '../workflow/environment-record.ts';
import { defineStep, type StepContext } from '../workflow/step-definition.ts';
import { targetStepOf } from '../workflow/target-step.ts';
import { keptBackUpFolder, oldestTakenBack } from './back-up-folder.ts';

export const flagsConfigSchema = z.object({
  /** States that the rules list; left out by engines before version 2. */
  set: z.array(flagStateSchema).default([]),
});
type Context = StepContext<z.infer<typeof flagsConfigSchema>>;

const plannedFlagsSchema = z.looseObject({
  flags: z.looseObject({
    added: z.array(z.string()),
    changed: z.array(z.string()),
    switched: z.array(z.looseObject({ key: z.string(), isEnabled: z.boolean(), percentage: z.number() })).optional(),
  }),
});
type PlannedFlags = z.infer<typeof plannedFlagsSchema>['flags'];

const flagsSchema = z.array(flagDefinitionSchema.extend({ isEnabled: z.boolean(), percentage: z.number() }).loose());
const backedUpFlagsSchema = z.looseObject({ flags: z.looseObject({ flags: flagsSchema }).nullable() });
/** Where nothing is backed up, the note of what the target was holds them. */
const notedFlagsSchema = z.looseObject({ flags: flagsSchema });
const outputSchema = z.looseObject({ after: z.record(z.string(), z.string()) });

/** Brings the release's flag definitions; what is on, and for how many, stays the environment's own unless it is listed. */
export const promoteFlags = defineStep({
  name: 'promote-flags',
  version: 2,
  oldestVersion: 1,
  phase: 'move',
  title: 'flags',
  isOptional: false,
  configSchema: flagsConfigSchema,
  async run(context) {
    const { promotion, release, config, ports, effect } = context;
    const environment = promotion.toEnvironment;
    // Before they are read: what a run that was overtaken could still write is then written, or never will be.
    await ports.flags.fence(environment, effect);
    const current = await ports.flags.read(environment, effect.signal);
    const states = [...(release.content.flagStates ?? []), ...config.set];
    const { flags, added, changed, switched } = mergeFlags(current.flags, release.content.flags, states);
    const isChanged = added.length + changed.length + switched.length > 0;
    if (isChanged) await ports.flags.write(environment, flags, current.revision, effect);
    const keys = keysOf(context);
    const after = flagTexts(flags, keys);
    // Of the back-up, since this may be a run that finds everything written by one that was cut off.
    const before = flagTexts((await flagsBefore(context)) ?? current.flags, keys);
    logChanges(context, flagChanges(before, after));
    return {
      kind: 'done',
      summary: isChanged ? summaryOf(added, changed, switched) : 'unchanged',
      output: { added: [...added], changed: [...changed], switched: [...switched], after },
      records: { changes: flagChanges(before, after) },
    };
  },
  async compensate(context) {
    const { promotion, ports, effect } = context;
    const environment = promotion.toEnvironment;
    const planned = await plannedFlags(context);
    const before = await flagsBefore(context);
    if (planned === undefined || before === undefined) {
      throw new Error('the backup of the flags is missing; restore them by hand');
    }
    await ports.flags.fence(environment, effect);
    const current = await ports.flags.read(environment, effect.signal);
    const restored = restoredFlags(current.flags, before, planned);
    if (JSON.stringify(restored) !== JSON.stringify(current.flags)) {
      await ports.flags.write(environment, restored, current.revision, effect);
    }
    const keys = keysOf(context);
    const [promoted, now] = [flagTexts(current.flags, keys), flagTexts(restored, keys)];
    const recorded = outputSchema.safeParse(promotion.steps.find(({ name }) => name === 'promote-flags')?.output);
    const changes = recorded.success
      ? flagChanges(recorded.data.after, now)
      : [...flagChanges(flagTexts(before, keys), promoted), ...flagChanges(promoted, now)];
    logChanges(context, flagChanges(promoted, now));
    const summary = restoredText(planned, restored);
    return { kind: 'done', summary, output: {}, records: { changes } };
  },
});

/** The flags that a promotion may touch. */
function keysOf({ release, config }: Context): readonly string[] {
  const { flags, flagStates = [] } = release.content;
  return [...new Set([...flags, ...flagStates, ...config.set].map(({ key }) => key))];
}

function logChanges({ log }: Context, changes: readonly ChangeEntry[]): void {
  for (const { subject, before, after } of changes) {
    log(`flag ${subject}: ${before ?? 'not there'} → ${after ?? 'removed'}`);
  }
}

function summaryOf(added: readonly string[], changed: readonly string[], switched: readonly string[]): string {
  const parts = [`${String(added.length)} new`, `${String(changed.length)} changed`];
  return [...parts, ...(switched.length === 0 ? [] : [`${String(switched.length)} switched`])].join(', ');
}

/** The same words however often it is asked: by what was planned, not by what this attempt still found to do. */
function restoredText({ added, changed, switched = [] }: PlannedFlags, restored: readonly Flag[]): string {
  const isThere = (key: string): boolean => restored.some((flag) => flag.key === key);
  const removed = [...new Set(added)].filter((key) => !isThere(key));
  const asBefore = [...new Set([...changed, ...switched.map(({ key }) => key)])].filter(isThere);
  const parts = [
    ...(removed.length === 0 ? [] : [`removed ${removed.join(', ')}`]),
    ...(asBefore.length === 0 ? [] : [`as before: ${asBefore.join(', ')}`]),
  ];
  return parts.length === 0 ? 'no flag had been changed' : parts.join('; ');
}

/** Undefined: nobody has kept them. */
async function flagsBefore({ promotion, ports, effect }: Context): Promise<readonly Flag[] | undefined> {
  const noted = notedFlagsSchema.safeParse(targetStepOf(promotion.steps)?.output);
  if (noted.success) return noted.data.flags;
  const folder = keptBackUpFolder(promotion, oldestTakenBack(promotion));
  const text = await ports.documents.read(folder, 'backup.json', effect.signal);
  return text === undefined ? undefined : (backedUpFlagsSchema.parse(JSON.parse(text)).flags?.flags ?? []);
}

/** What every promotion that is taken back had planned, newest first; undefined when one of their plans is gone. */
async function plannedFlags({ promotion, queries }: Context): Promise<PlannedFlags | undefined> {
  const { planHash, rollback } = promotion;
  const hashes = rollback?.to?.promotions.map((each) => each.planHash) ?? [planHash ?? null];
  const planned: PlannedFlags[] = [];
  for (const hash of hashes) {
    const plan = hash === null ? undefined : await queries.plan(hash);
    if (plan === undefined) return undefined;
    planned.push(plannedFlagsSchema.parse(plan.body).flags);
  }
  return {
    added: planned.flatMap(({ added }) => added),
    changed: planned.flatMap(({ changed }) => changed),
    switched: planned.flatMap(({ switched = [] }) => switched),
  };
}

/** The environment's flags without what the promotion brought; switches that people moved meanwhile stay as they are. */
function restoredFlags(current: readonly Flag[], before: readonly Flag[], planned: PlannedFlags): readonly Flag[] {
  return current
    .filter((flag) => !planned.added.includes(flag.key))
    .map((flag) => {
      const old = before.find(({ key }) => key === flag.key);
      if (old === undefined) return flag;
      const { description, defaultEnabled, isEnabled, percentage } = old;
      const set = planned.switched?.find(({ key }) => key === flag.key);
      const isAsSet = set?.isEnabled === flag.isEnabled && set.percentage === flag.percentage;
      return {
        ...flag,
        ...(planned.changed.includes(flag.key) ? { description, defaultEnabled } : {}),
        ...(isAsSet ? { isEnabled, percentage } : {}),
      };
    });
}
