import { access, constants } from 'node:fs/promises';
import { isSystemError } from '../../engine/storage/system-error.ts';
import { environmentTarget } from '../../engine/workflow/compile-target.ts';
import { inspectDatabase } from '../../engine/inspection/inspect-environment.ts';
import type { DoctorFinding } from '../session.ts';
import { lookTimeoutMs, runningPlaces, type DoctorWorld } from './doctor-world.ts';

/** Whether databases can be migrated and backed up: they answer, no migration was left half-way, every table is readable. */
export async function* examineDatabases(world: DoctorWorld): AsyncIterable<DoctorFinding> {
  for (const { application, name } of await runningPlaces(world)) {
    const { database } = environmentTarget(world.rules, application, name);
    const report = await inspectDatabase(world.ports, database, AbortSignal.timeout(lookTimeoutMs));
    if (report === undefined) continue;
    const subject = `database ${report.name}`;
    if (!report.isReachable) {
      yield {
        subject,
        level: 'fail',
        detail: `it can be neither migrated nor backed up: ${report.why}`,
        remedy: `see that its server runs, and test the connection that is in ${world.folders.databaseSecrets}/${report.name}: psql "$(cat ${world.folders.databaseSecrets}/${report.name})" -c "select 1"`,
      };
      continue;
    }
    const { unfinished, tables, connectMs, schemaVersion } = report;
    if (unfinished.length > 0) {
      yield {
        subject,
        level: 'fail',
        detail: `migration ${unfinished.join(', ')} was begun outside a transaction and never finished`,
        remedy: `look at what it did, then take up the promotion that began it: promote list --env ${name}, then promote retry <promotion>`,
      };
    }
    const unreadable = tables.filter(({ isReadable }) => !isReadable);
    if (unreadable.length > 0) {
      const names = unreadable.map((table) => `${table.schema}.${table.name}`);
      yield {
        subject,
        level: 'fail',
        detail: `no back-up can be taken: its login may not read ${names.join(', ')}`,
        remedy: `as their owner: GRANT SELECT ON ${names.join(', ')} TO the role in the secret ${report.name}`,
      };
    }
    if (unfinished.length + unreadable.length > 0) continue;
    const detail = `answers (connects in ${String(Math.round(connectMs))} ms), schema ${String(schemaVersion)}, ${String(tables.length)} tables readable`;
    yield { subject, level: 'ok', detail };
  }
  yield await examineBackupsFolder(world);
}

async function examineBackupsFolder({ folders }: DoctorWorld): Promise<DoctorFinding> {
  const subject = 'back-ups';
  try {
    await access(folders.databaseBackups, constants.R_OK | constants.W_OK);
    return { subject, level: 'ok', detail: `${folders.databaseBackups} can be written` };
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return { subject, level: 'ok', detail: 'none was taken yet' };
    return {
      subject,
      level: 'fail',
      detail: `${folders.databaseBackups} cannot be written`,
      remedy: `chmod u+rwx ${folders.databaseBackups}`,
    };
  }
}
