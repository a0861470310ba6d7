import { z } from 'zod';
import { describeAction } from '../actions/describe-action.ts';
import type { JsonObject } from '../json.ts';
import { actionSchema } from '../rules/action-schema.ts';
import { stepsToCompensate } from './decide.ts';
import { leavesOut } from './left-out.ts';
import type { PromotionRecord } from './promotion.ts';
import { shellWord } from '../wording/shell-word.ts';
import { targetStepOf } from './target-step.ts';

const serviceSchema = z.looseObject({ name: z.string(), repository: z.string(), digest: z.string() });
const backedUpSchema = z.looseObject({
  commit: z.string(),
  /** Where the configuration can be cloned from; left out by engines that did not say. */
  repository: z.string().optional(),
  location: z.string().optional(),
  databaseBackup: z.string().nullish(),
  desired: z.looseObject({ release: z.string(), services: z.array(serviceSchema) }).nullish(),
});
type BackedUp = z.infer<typeof backedUpSchema>;
const migratedSchema = z.looseObject({ applied: z.array(z.number()) });
const taggedSchema = z.looseObject({
  registry: z.array(z.looseObject({ service: z.string(), to: z.string(), toTag: z.string() })),
});
const flagsSchema = z.looseObject({
  added: z.array(z.string()),
  changed: z.array(z.string()),
  switched: z.array(z.string()).default([]),
});
const undoneSchema = z.looseObject({ compensation: actionSchema.optional() });

/**
 * What has to be done by hand to take a promotion back, step by step in the order in which it is safe: commands that can
 * be pasted, and comments where what is to be done depends on what runs there. From what was kept before anything changed.
 * @returns nothing as long as nothing was kept, since then nothing was changed.
 */
export function takeBackByHand(record: PromotionRecord): readonly string[] {
  const { definition, steps, toEnvironment } = record;
  const kept = backedUpSchema.safeParse(targetStepOf(steps)?.output);
  if (!kept.success) return [];
  const backedUp = kept.data;
  const { database } = definition.target;
  return [
    `# by hand, in ${toEnvironment}, in this order:`,
    ...stepsToCompensate(record).flatMap((step) => linesOf(step, record, backedUp)),
    ...(database === undefined ? [] : backupLines(record, database, backedUp)),
  ];
}

function linesOf(step: string, record: PromotionRecord, backedUp: BackedUp): readonly string[] {
  const output = record.steps.find(({ name }) => name === step)?.output;
  switch (step) {
    case 'deploy':
      // It moves the branch, whichever step has proposed the values.
      return [...configurationLines(record, backedUp), ...serviceLines(record, backedUp)];
    case 'shift-canary':
    case 'promote-configuration':
      return [];
    case 'migrate-database':
      return migrationLines(record, output);
    case 'promote-artifacts':
      return tagLines(output);
    case 'promote-flags':
      return flagLines(record, output, backedUp);
    default:
      return ownStepLines(step, record);
  }
}

/** One line for each service: what it is to run, by digest. */
function serviceLines({ toEnvironment, application }: PromotionRecord, { desired }: BackedUp): readonly string[] {
  if (desired === null || desired === undefined) {
    return [`# deploy: nothing ran in ${toEnvironment} before; stop every service of ${application} there`];
  }
  return [
    ...desired.services.map(
      ({ name, repository, digest }) => `# deploy ${name}: ${repository}@${digest}    # ${desired.release}`,
    ),
    `promote status ${shellWord(application)} --env ${shellWord(toEnvironment)}    # what each service runs now`,
  ];
}

function migrationLines({ definition }: PromotionRecord, output: JsonObject | undefined): readonly string[] {
  const database = definition.target.database ?? 'the database';
  const migrated = migratedSchema.safeParse(output);
  if (!migrated.success) return [`# ${database}: migrations may have run in part; the log of migrate-database tells`];
  const newestFirst = migrated.data.applied.toSorted((left, right) => right - left);
  if (newestFirst.length === 0) return [];
  const down = newestFirst.map((version) => `the down file of ${String(version)}`).join(', then ');
  return [
    `# ${database}: migrations ${migrated.data.applied.join(', ')} may stay when the release before runs beside them; else run ${down}`,
  ];
}

function tagLines(output: JsonObject | undefined): readonly string[] {
  const tagged = taggedSchema.safeParse(output);
  if (!tagged.success) return [];
  return tagged.data.registry.map(
    ({ service, to, toTag }) =>
      `# image ${service}: remove the tag ${to}:${toTag} unless it was there before; the image stays`,
  );
}

function flagLines(
  { toEnvironment }: PromotionRecord,
  output: JsonObject | undefined,
  { location }: BackedUp,
): readonly string[] {
  const flags = flagsSchema.safeParse(output);
  const as = location === undefined ? 'as they were' : `as in ${location}`;
  if (!flags.success) return [`# flags of ${toEnvironment}: set them ${as}`];
  const { added, changed, switched } = flags.data;
  const altered = [...new Set([...changed, ...switched])];
  return [
    ...added.map((key) => `# flag ${key}: remove it from ${toEnvironment}`),
    ...altered.map((key) => `# flag ${key}: set it in ${toEnvironment} ${as}`),
  ];
}

function ownStepLines(step: string, { definition }: PromotionRecord): readonly string[] {
  const own = undoneSchema.safeParse(definition.steps.find(({ name }) => name === step)?.config);
  const undo = own.data?.compensation;
  return undo === undefined
    ? [`# ${step}: undo what it did`]
    : [`# ${step}: run its undo, the ${describeAction(undo)}`];
}

/** A commit on top, as the engine itself takes values back: the history stays. */
function configurationLines(record: PromotionRecord, { commit, repository }: BackedUp): readonly string[] {
  const { id, application, toEnvironment, definition } = record;
  const { configuration } = definition.target;
  const address = withoutPassword(repository ?? configuration.repository);
  const [branch, path, folder] = [configuration.branch, configuration.path, `take-back-${id}`].map(shellWord);
  return [
    `git clone --branch ${branch ?? ''} ${shellWord(address)} ${folder ?? ''} && cd ${folder ?? ''}`,
    `git diff ${commit} -- ${path ?? ''}    # what goes; see whether somebody else has edited it since`,
    `git checkout ${commit} -- ${path ?? ''}`,
    `git commit -m ${shellWord(`Take back ${application} in ${toEnvironment} (${id})`)} && git push origin ${branch ?? ''}`,
  ];
}

function backupLines(
  { definition }: PromotionRecord,
  database: string,
  { databaseBackup }: BackedUp,
): readonly string[] {
  if (leavesOut(definition, 'back-up')) {
    return [`# ${database}: the rules leave out back-up, so there is none that could be put back`];
  }
  if (typeof databaseBackup !== 'string') return [];
  return [
    `# ${database} as it was before is the backup ${databaseBackup}; putting it back discards what was written since`,
  ];
}

/** Rules may not hold a password in an address; an older engine's might. */
function withoutPassword(address: string): string {
  const url = URL.parse(address);
  if (url === null || (url.username === '' && url.password === '')) return address;
  url.password = '';
  if (url.protocol !== 'ssh:') url.username = '';
  return url.href;
}
