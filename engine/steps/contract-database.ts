import { z } from 'zod';
import { whileTelling } from '../database/tell-progress.ts';
import type { Migration } from '../release.ts';
import type { ChangeEntry } from '../workflow/environment-record.ts';
import { defineStep, type StepContext } from '../workflow/step-definition.ts';
import { contractOutputSchema } from './validate-contract.ts';

/** Runs the migrations that remove what only older releases need. */
export const contractDatabase = defineStep({
  name: 'contract-database',
  version: 1,
  oldestVersion: 1,
  phase: 'move',
  title: 'contract',
  isContractOnly: true,
  isOptional: false,
  configSchema: z.object({}),
  async run(context) {
    const { ports, effect, output, log } = context;
    const { migrations: versions } = contractOutputSchema.parse(output('validate-contract'));
    const migrations = migrationsOf(context, versions);
    const name = databaseOf(context);
    const result = await whileTelling(context, name, ports.database.migrate(name, migrations, effect));
    for (const version of result.applied) log(`applied migration ${String(version)}`);
    const count = versions.length;
    return {
      kind: 'done',
      summary: `${String(count)} migration${count === 1 ? '' : 's'}, lock ≤ ${String(Math.ceil(result.longestLockMs))} ms`,
      output: { migrations: versions },
      records: { changes: migrations.map(arrival) },
    };
  },
  /** Part of the rollback of the promotion, never of the contract run itself: first of all, so that the old release can serve. */
  async compensate(context) {
    const { promotion, ports, effect, output, log } = context;
    const name = databaseOf(context);
    await ports.database.fence(name, effect);
    const { migrations: versions } = contractOutputSchema.parse(output('contract-database'));
    const live = new Set((await ports.database.state(name, effect.signal)).applied.map(({ version }) => version));
    const present = migrationsOf(context, versions).filter(({ version }) => live.has(version));
    const lossy = present.filter(({ downLosesData }) => downLosesData);
    if (lossy.length > 0 && promotion.rollback?.acceptsDataLoss !== true) {
      const names = lossy.map(({ version }) => String(version)).join(', ');
      throw new Error(
        `undoing migration ${names} loses rows. A person must decide: promote retry ${promotion.id} --accept-loss`,
      );
    }
    const { reverted } = await ports.database.revert(name, present, effect);
    if (reverted.length > 0) log(`reverted migrations ${reverted.join(', ')}`);
    const count = present.length;
    return {
      kind: 'done',
      summary: `${String(count)} contract migration${count === 1 ? '' : 's'} taken back`,
      output: {},
      // Those of a run that was cut off before it could say so, too.
      records: { changes: migrationsOf(context, versions).map(departure) },
    };
  },
});

function databaseOf({ promotion }: StepContext<unknown>): string {
  const { database } = promotion.definition.target;
  if (database === undefined) throw new Error('the target has no database');
  return database;
}

function arrival({ version, name, kind }: Migration): ChangeEntry {
  return { kind: 'schema', subject: `${String(version).padStart(3, '0')} ${name}`, before: undefined, after: kind };
}

function departure(migration: Migration): ChangeEntry {
  const { kind, subject, after } = arrival(migration);
  return { kind, subject, before: after, after: undefined };
}

function migrationsOf({ release }: StepContext<unknown>, versions: readonly number[]): readonly Migration[] {
  return (release.content.database?.migrations ?? []).filter(({ version }) => versions.includes(version));
}
