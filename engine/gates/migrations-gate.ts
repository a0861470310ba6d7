import { z } from 'zod';
import { defineGate } from './gate.ts';

/** The release's migrations are what the target has applied, plus new ones, and each has a way back where asked. */
export const migrationsGate = defineGate({
  name: 'migrations',
  configSchema: z.object({ requireDown: z.boolean() }),
  async evaluate(context) {
    const { release, definition, ports, signal, config } = context;
    const database = release.content.database;
    if (database === undefined || definition.target.database === undefined) {
      return { kind: 'pass', detail: 'no database change', evidence: [] };
    }
    const plan = await ports.database.plan(definition.target.database, database.migrations, signal);
    if (plan.checksumMismatches.length > 0) {
      const versions = plan.checksumMismatches.join(', ');
      return {
        kind: 'fail',
        detail: `migrations ${versions} ran in ${definition.target.name} with other content`,
        evidence: [],
      };
    }
    const pending = new Set(plan.pending.map(({ version }) => version));
    const oneWay = database.migrations.filter((each) => pending.has(each.version) && each.down === undefined);
    if (config.requireDown && oneWay.length > 0) {
      return {
        kind: 'fail',
        detail: `no way back: migration ${oneWay.map(({ version }) => version).join(', ')}`,
        evidence: [],
      };
    }
    return {
      kind: 'pass',
      detail: `${String(pending.size)} migration${pending.size === 1 ? '' : 's'} to run`,
      evidence: [],
    };
  },
});
