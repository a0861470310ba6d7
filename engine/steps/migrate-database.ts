import { z } from 'zod';
import { chooseMigrations } from '../database/choose-migrations.ts';
import { migrationsToTakeBack, planDatabaseReturn, returnDatabase } from '../database/return-database.ts';
import { whileTelling } from '../database/tell-progress.ts';
import { summarizeStatements } from '../database/statement-summary.ts';
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
    const isThere = (version: number): boolean => before.applied.some((each) => each.version === version);
    for (const migration of choice.now) {
      if (!isThere(migration.version)) log(`migration ${describeMigration(migration)}`);
    }
    const result = await whileTelling(context, name, ports.database.migrate(name, choice.now, effect));
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
    const { promotion, ports, effect } = context;
    const name = databaseOf(promotion.definition.target.database);
    await ports.database.fence(name, effect);
    const applied = await migrationsOfThisPromotion(context, name);
    const recorded = recordedMigrations(context);
    // What was applied and never recorded, because the step was cut off, is told now.
    const arrived = applied.filter((each) => !recorded.includes(each));
    const plan = await planDatabaseReturn(context, async () => (await releaseToReturnTo(context)).release);
    const summary = await returnDatabase(context, plan);
    const left = await migrationsOfThisPromotion(context, name);
    const gone = [...recorded, ...arrived].filter((each) => !left.includes(each));
    const changes = [...arrived.map(arrival), ...gone.map(departure)];
    return { kind: 'done', summary, output: {}, records: { changes } };
  },
});

function databaseOf(name: string | undefined): string {
  if (name === undefined) throw new Error('the target has no database');
  return name;
}

/** `004 order-notes (expand): alter table orders add column note text`. */
function describeMigration({ version, name, kind, up }: Migration): string {
  return `${String(version).padStart(3, '0')} ${name} (${kind}): ${summarizeStatements(up)}`;
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

async function migrationsOfThisPromotion(context: StepContext<unknown>, name: string): Promise<readonly Migration[]> {
  const { applied } = await context.ports.database.state(name, context.effect.signal);
  return migrationsToTakeBack(context, new Set(applied.map(({ version }) => version)));
}
