import { z } from 'zod';
import { chooseMigrations } from '../database/choose-migrations.ts';
import { chooseSchemaReturn } from '../database/choose-schema-return.ts';
import { releaseToReturnTo } from '../deployment/release-to-return-to.ts';
import type { Migration } from '../release.ts';
import type { ChangeEntry } from '../workflow/environment-record.ts';
import { defineStep, type StepContext } from '../workflow/step-definition.ts';

/** Applies what suits the running and the coming release; contract migrations wait until nothing needs what they remove. */
export const migrateDatabase = defineStep({
  name: 'migrate-database',
  version: 1,
  oldestVersion: 1,
  phase: 'move',
  title: 'database',
  isOptional: false,
  configSchema: z.object({}),
  async run(context) {
    const { promotion, release, ports, queries, clock, effect, log } = context;
    const { definition } = promotion;
    const name = databaseOf(definition.target.database);
    const before = await ports.database.state(name, effect.signal);
    const [running] = await queries.deployedReleases(promotion.application, definition.target.name);
    const choice = chooseMigrations(
      release.content.database?.migrations ?? [],
      new Set(before.applied.map(({ version }) => version)),
      running,
      definition.contractAfterSeconds,
      clock.now(),
    );
    if (choice.reason !== undefined) log(choice.reason);
    const result = await ports.database.migrate(name, choice.now, effect);
    for (const version of result.applied) log(`applied migration ${String(version)}`);
    // Those of a run that was cut off before it could say so, too.
    const applied = await migrationsOfThisPromotion(context, name);
    const count = applied.length;
    const versions = applied.map(({ version }) => version);
    return {
      kind: 'done',
      summary:
        count === 0
          ? 'schema unchanged'
          : `${String(count)} migration${count === 1 ? '' : 's'}, lock ≤ ${String(Math.ceil(result.longestLockMs))} ms`,
      output: {
        applied: versions,
        schemaVersion: Math.max(before.schemaVersion, ...versions),
        waiting: choice.later.map(({ version }) => version),
      },
      records: { changes: applied.map(arrival) },
    };
  },
  async compensate(context) {
    const { promotion, ports, effect, log } = context;
    const name = databaseOf(promotion.definition.target.database);
    await ports.database.fence(name, effect);
    const applied = await migrationsOfThisPromotion(context, name);
    const recorded = recordedMigrations(context);
    const goneAlready = recorded.filter((each) => !applied.includes(each)).map(departure);
    if (applied.length === 0) {
      return { kind: 'done', summary: 'no migration ran', output: {}, records: { changes: goneAlready } };
    }
    // What was applied and never recorded, because the step was cut off, is told now.
    const changes = [...applied.filter((each) => !recorded.includes(each)).map(arrival), ...goneAlready];
    const { schemaVersion } = await ports.database.state(name, effect.signal);
    const { release: returnTo } = await releaseToReturnTo(context);
    const choice = chooseSchemaReturn(returnTo, schemaVersion, applied, promotion.rollback?.acceptsDataLoss ?? false);
    switch (choice.kind) {
      case 'keep':
        return {
          kind: 'done',
          summary: `kept the schema: ${choice.reason}; no row is lost`,
          output: {},
          records: { changes },
        };
      case 'revert': {
        const { reverted } = await ports.database.revert(name, choice.migrations, effect);
        log(`reverted migrations ${reverted.join(', ')}`);
        const count = reverted.length;
        return {
          kind: 'done',
          summary: `took back ${String(count)} migration${count === 1 ? '' : 's'}; no row is lost`,
          output: {},
          records: {
            changes: [...changes, ...applied.filter(({ version }) => reverted.includes(version)).map(departure)],
          },
        };
      }
      case 'refuse':
        throw new Error(`${choice.reason}. A person must decide: promote rollback --accept-loss`);
    }
  },
});

function databaseOf(name: string | undefined): string {
  if (name === undefined) throw new Error('the target has no database');
  return name;
}

function arrival({ version, name, kind }: Migration): ChangeEntry {
  return { kind: 'schema', subject: `${String(version).padStart(3, '0')} ${name}`, before: undefined, after: kind };
}

function departure(migration: Migration): ChangeEntry {
  const { kind, subject, after } = arrival(migration);
  return { kind, subject, before: after, after: undefined };
}

/** Those that the step said it had applied. */
function recordedMigrations({ promotion, release }: StepContext<unknown>): readonly Migration[] {
  const output = promotion.steps.find(({ name }) => name === 'migrate-database')?.output;
  const recorded = z.looseObject({ applied: z.array(z.number()) }).safeParse(output);
  if (!recorded.success) return [];
  return (release.content.database?.migrations ?? []).filter(({ version }) => recorded.data.applied.includes(version));
}

/** From the plan, so that it is known even when the step was cut off before it could say. */
async function migrationsOfThisPromotion(context: StepContext<unknown>, name: string): Promise<readonly Migration[]> {
  const { promotion, release, queries, ports, effect } = context;
  const plan = promotion.planHash === undefined ? undefined : await queries.plan(promotion.planHash);
  const planned = z
    .looseObject({ database: z.looseObject({ schemaVersion: z.number() }).optional() })
    .parse(plan?.body ?? {});
  const before = planned.database?.schemaVersion;
  if (before === undefined) return [];
  const live = await ports.database.state(name, effect.signal);
  const versions = new Set(live.applied.map((each) => each.version).filter((version) => version > before));
  return (release.content.database?.migrations ?? []).filter((migration) => versions.has(migration.version));
}
