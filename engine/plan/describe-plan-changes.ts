import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import type { ChangeEntry } from '../workflow/environment-record.ts';
import type { Mover } from '../workflow/step-queries.ts';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** As much of a stored plan as can be told apart; one of an older engine may lack what this one knows. */
const planSchema = z.object({
  release: z.object({ name: z.string(), digest: z.string() }).partial().default({}),
  images: z.array(z.object({ service: z.string(), digest: z.string(), before: z.string().nullish() })).default([]),
  configuration: z
    .object({
      base: z.string().default(''),
      changes: z.array(z.object({ path: z.string(), before: scalar.nullish(), after: scalar })).default([]),
    })
    .prefault({}),
  database: z
    .object({
      schemaVersion: z.number().nullish(),
      migrations: z
        .array(
          z.object({ version: z.number(), name: z.string(), checksum: z.string(), statements: z.array(z.string()) }),
        )
        .default([]),
      waiting: z.array(z.object({ version: z.number(), name: z.string() })).default([]),
    })
    .nullish(),
  flags: z
    .object({
      revision: z.string().default(''),
      added: z.array(z.string()).default([]),
      changed: z.array(z.string()).default([]),
      switched: z.array(z.object({ key: z.string(), isEnabled: z.boolean(), percentage: z.number() })).nullish(),
    })
    .prefault({}),
  setAside: z.array(z.object({ kind: z.string(), by: z.string() })).nullish(),
  target: z.object({ release: z.string().nullish(), generation: z.number().default(0) }).prefault({}),
});
type ReadPlan = z.infer<typeof planSchema>;

/** More settings than these nobody reads in one line. */
const mostSettings = 6;

/**
 * What differs between the plan that somebody was asked about and the one there is now, for people: `image api that runs
 * there (sha256:1f0c… → sha256:9ab2…)`. What promotions have moved since is laid at them. Values of settings whose names
 * look like secrets are masked in plans already.
 * @param moved what differs in the target's values between what both plans are based on, secrets masked.
 */
export function describePlanChanges(
  before: JsonObject,
  after: JsonObject,
  movers: readonly Mover[] = [],
  moved: readonly ChangeEntry[] = [],
): readonly string[] {
  const [old, now] = [planSchema.safeParse(before), planSchema.safeParse(after)];
  if (!old.success || !now.success) return ['what an engine of another version planned'];
  const place = typeof after['to'] === 'string' ? after['to'] : 'the target';
  const changes = [
    ...releaseChanges(old.data, now.data),
    ...imageChanges(old.data, now.data),
    ...configurationChanges(old.data, now.data, place, moved),
    ...databaseChanges(old.data, now.data),
    ...flagChanges(old.data, now.data, place),
    ...setAsideChanges(old.data, now.data),
    ...targetChanges(old.data, now.data, place, movers),
  ];
  // The hash is over everything; what has no words of its own is told all the same.
  return changes.length === 0 ? ['what is done by steps of its own, or what cannot be undone'] : changes;
}

function releaseChanges({ release: old }: ReadPlan, { release: now }: ReadPlan): readonly string[] {
  if (old.digest === now.digest) return [];
  return [`release ${now.name ?? ''} (${short(old.digest)} → ${short(now.digest)})`];
}

function imageChanges({ images: old }: ReadPlan, { images: now }: ReadPlan): readonly string[] {
  const services = [...new Set([...old, ...now].map(({ service }) => service))];
  return services.flatMap((service) => {
    const [was, is] = [old, now].map((list) => list.find((image) => image.service === service));
    return [
      ...(was?.digest === is?.digest ? [] : [`image ${service} (${short(was?.digest)} → ${short(is?.digest)})`]),
      ...((was?.before ?? undefined) === (is?.before ?? undefined)
        ? []
        : [`image ${service} that runs there (${short(was?.before)} → ${short(is?.before)})`]),
    ];
  });
}

function configurationChanges(
  { configuration: old }: ReadPlan,
  now: ReadPlan,
  place: string,
  moved: readonly ChangeEntry[],
): readonly string[] {
  const { base, changes } = now.configuration;
  const paths = [...new Set([...old.changes, ...changes].map(({ path }) => path))];
  const settings = paths.flatMap((path) => {
    const [was, is] = [old.changes, changes].map((list) => list.find((change) => change.path === path));
    if (was !== undefined && is !== undefined) {
      if (was.before === is.before && was.after === is.after) return [];
      if (was.after === is.after) return [`setting ${path} there (${told(was.before)} → ${told(is.before)})`];
      return [`setting ${path} (to ${told(was.after)} → to ${told(is.after)})`];
    }
    if (is === undefined) return [`setting ${path} (to ${told(was?.after)} → as it is)`];
    return [`setting ${path} (as it is → from ${told(is.before)} to ${told(is.after)})`];
  });
  if (base === old.base) return settings;
  const others = movedText(moved.filter(({ subject }) => !paths.includes(subject)));
  const commits = `commit ${old.base.slice(0, 7)} → ${base.slice(0, 7)}`;
  return [...settings, `configuration of ${place} (${others === '' ? '' : `${others}; `}${commits})`];
}

/** `feature.limit 5 → 7, page.size unset → 20`: what somebody changed that the promotion itself leaves alone. */
function movedText(moved: readonly ChangeEntry[]): string {
  const named = moved
    .slice(0, mostSettings)
    .map(({ subject, before, after }) => `${subject} ${settingText(before)} → ${settingText(after)}`);
  const more = moved.length - named.length;
  return [...named, ...(more > 0 ? [`and ${String(more)} more`] : [])].join(', ');
}

function settingText(value: string | undefined): string {
  return value === undefined ? 'unset' : short(value);
}

function databaseChanges({ database: old }: ReadPlan, { database: now }: ReadPlan): readonly string[] {
  const [was, is] = [old?.migrations ?? [], now?.migrations ?? []];
  const versions = [...new Set([...was, ...is].map(({ version }) => version))];
  const migrations = versions.flatMap((version) => {
    const [before, after] = [was, is].map((list) => list.find((each) => each.version === version));
    const name = `migration ${String(version)} (${after?.name ?? before?.name ?? ''})`;
    if (before === undefined) return [`${name} is to run now`];
    if (after === undefined) return [`${name} does not run any more`];
    const isSame =
      before.checksum === after.checksum && JSON.stringify(before.statements) === JSON.stringify(after.statements);
    return isSame ? [] : [`what ${name} does`];
  });
  const schema = `${String(old?.schemaVersion ?? 'none')} → ${String(now?.schemaVersion ?? 'none')}`;
  const isSameSchema = (old?.schemaVersion ?? undefined) === (now?.schemaVersion ?? undefined);
  return [...migrations, ...(isSameSchema ? [] : [`schema of the database (version ${schema})`])];
}

function flagChanges({ flags: old }: ReadPlan, { flags: now }: ReadPlan, place: string): readonly string[] {
  const state = ({ switched }: ReadPlan['flags'], flag: string): string => {
    const found = switched?.find(({ key }) => key === flag);
    if (found === undefined) return 'as it is';
    return found.isEnabled ? `on for ${String(found.percentage)} %` : 'off';
  };
  const kind = ({ added, changed }: ReadPlan['flags'], flag: string): string =>
    added.includes(flag) ? 'new' : changed.includes(flag) ? 'changed' : 'as it is';
  const keys = [old, now].flatMap(({ added, changed, switched }) => [
    ...added,
    ...changed,
    ...(switched ?? []).map(({ key }) => key),
  ]);
  const flags = [...new Set(keys)].flatMap((flag) => [
    ...(kind(old, flag) === kind(now, flag) ? [] : [`flag ${flag} (${kind(old, flag)} → ${kind(now, flag)})`]),
    ...(state(old, flag) === state(now, flag) ? [] : [`flag ${flag} (${state(old, flag)} → ${state(now, flag)})`]),
  ]);
  if (old.revision === now.revision) return flags;
  return [...flags, `flags of ${place} (revision ${old.revision.slice(0, 7)} → ${now.revision.slice(0, 7)})`];
}

function setAsideChanges({ setAside: old }: ReadPlan, { setAside: now }: ReadPlan): readonly string[] {
  const known = new Set((old ?? []).map(({ kind, by }) => `${kind} by ${by}`));
  return (now ?? []).flatMap(({ kind, by }) => {
    const word = `${kind} by ${by}`;
    return known.has(word) ? [] : [`a rule was set aside: ${word}`];
  });
}

function targetChanges(
  { target: old }: ReadPlan,
  { target: now }: ReadPlan,
  place: string,
  movers: readonly Mover[],
): readonly string[] {
  const isSame = (old.release ?? undefined) === (now.release ?? undefined);
  if (!isSame)
    return [`what runs in ${place} (${old.release ?? 'nothing'} → ${now.release ?? 'nothing'}${by(movers)})`];
  if (old.generation === now.generation) return [];
  const generations = `generation ${String(old.generation)} → ${String(now.generation)}`;
  return movers.length === 0
    ? [`the deployment of ${place}, altered outside of a promotion (${generations})`]
    : [`the deployment of ${place} (${generations}${by(movers)})`];
}

/** Who moved the target meanwhile. */
function by(movers: readonly Mover[]): string {
  const names = movers.map(({ promotionId, isRollback }) => `${isRollback ? 'the rollback ' : ''}${promotionId}`);
  return names.length === 0 ? '' : `, by ${names.join(', then ')}`;
}

function short(digest: string | null | undefined): string {
  if (digest === undefined || digest === null) return 'none';
  return digest.startsWith('sha256:') ? `${digest.slice(0, 'sha256:'.length + 7)}…` : digest;
}

function told(value: string | number | boolean | null | undefined): string {
  return value === undefined || value === null ? 'unset' : String(value);
}
