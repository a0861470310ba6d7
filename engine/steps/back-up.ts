import { counted } from '../wording/counted.ts';
import type { JsonObject } from '../json.ts';
import { metricsSnapshot } from '../metrics/metrics-snapshot.ts';
import { defineStep } from '../workflow/step-definition.ts';
import { backUpConfigSchema, backUpFolder, metricsDocument } from './back-up-folder.ts';
import { targetNote } from './target-before.ts';
import { formatBytes } from '../wording/format-bytes.ts';

/**
 * Takes what the target is before anything changes: git commit, configuration, database, flags, deployment, and how it
 * does by what is measured.
 */
export const backUp = defineStep({
  name: 'back-up',
  version: 2,
  oldestVersion: 1,
  phase: 'move',
  title: 'back up',
  isOptional: false,
  configSchema: backUpConfigSchema,
  async run({ promotion, config, ports, clock, effect, log }) {
    const { target } = promotion.definition;
    const configuration = ports.configuration(target.configuration.repository);
    const commit = await configuration.head(target.configuration.branch, effect.signal);
    const values = await configuration.read(commit, target.configuration.path, effect.signal);
    const status = await ports.deployment.status(target.name, effect.signal);
    const flags = target.hasFlags ? await ports.flags.read(target.name, effect.signal) : undefined;
    const database = target.database === undefined ? undefined : await ports.database.backUp(target.database, effect);
    if (database !== undefined) log(`database: ${counted(database.rows, 'row')}, ${formatBytes(database.bytes)}`);

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
    const folder = backUpFolder(promotion.id, config);
    const write = async (name: string, content: string) => ports.documents.write(folder, name, content, effect);
    if (promotion.definition.collects?.metrics !== false) {
      const { snapshot, problems } = await metricsSnapshot(ports, status, target.name, clock.now(), effect.signal);
      for (const problem of problems) log(problem);
      await write(metricsDocument, `${JSON.stringify(snapshot, null, 2)}\n`);
    }
    if (values !== undefined) await write('values.yaml', values);
    // Last, since it says that the back-up is whole.
    const { location } = await write('backup.json', JSON.stringify(manifest, null, 2));
    log(`backup: ${location}`);
    const rows = database === undefined ? '' : ` · database ${counted(database.rows, 'row')}`;
    return {
      kind: 'done',
      summary: `commit ${commit.slice(0, 7)}${rows}`,
      output: {
        commit,
        repository: configuration.address,
        folder,
        location,
        databaseBackup: database?.id ?? null,
        ...targetNote(status),
      },
    };
  },
});
