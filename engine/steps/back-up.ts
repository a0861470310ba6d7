import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import { defineStep } from '../workflow/step-definition.ts';
import { backUpFolder } from './back-up-folder.ts';

/** Takes what the target is before anything changes: git commit, configuration, database, flags, deployment. */
export const backUp = defineStep({
  name: 'back-up',
  version: 1,
  oldestVersion: 1,
  phase: 'move',
  title: 'back up',
  isOptional: false,
  configSchema: z.object({}),
  async run({ promotion, ports, effect, log }) {
    const { target } = promotion.definition;
    const configuration = ports.configuration(target.configuration.repository);
    const commit = await configuration.head(target.configuration.branch, effect.signal);
    const values = await configuration.read(commit, target.configuration.path, effect.signal);
    const status = await ports.deployment.status(target.name, effect.signal);
    const flags = target.hasFlags ? await ports.flags.read(target.name, effect.signal) : undefined;
    const database = target.database === undefined ? undefined : await ports.database.backUp(target.database, effect);
    if (database !== undefined) log(`database: ${String(database.rows)} rows, ${String(database.bytes)} bytes`);

    const manifest: JsonObject = {
      promotion: promotion.id,
      environment: target.name,
      commit,
      configuration: values ?? null,
      deployment: JSON.parse(JSON.stringify(status)) as JsonObject,
      flags: flags === undefined ? null : (JSON.parse(JSON.stringify(flags)) as JsonObject),
      database:
        database === undefined
          ? null
          : { id: database.id, takenAt: database.takenAt.toISOString(), rows: database.rows },
    };
    const { location } = await ports.documents.write(
      backUpFolder(promotion.id),
      'backup.json',
      JSON.stringify(manifest, null, 2),
      effect,
    );
    log(`backup: ${location}`);
    const rows = database === undefined ? '' : ` · database ${database.rows.toLocaleString('en-US')} rows`;
    return {
      kind: 'done',
      summary: `commit ${commit.slice(0, 7)}${rows}`,
      output: {
        commit,
        location,
        databaseBackup: database?.id ?? null,
        generation: status.generation,
        desired: status.desired === undefined ? null : (JSON.parse(JSON.stringify(status.desired)) as JsonObject),
      },
    };
  },
});
