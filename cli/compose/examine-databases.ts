import { counted } from '../../engine/wording/counted.ts';
import { existsSync } from 'node:fs';
import { FolderUnusableError, reachFolder } from '../../engine/storage/reach-folder.ts';
import { environmentTarget } from '../../engine/workflow/compile-target.ts';
import { inspectDatabase } from '../../engine/inspection/inspect-environment.ts';
import type { DoctorFinding } from '../session.ts';
import { lookTimeoutMs, reasonOf, runningPlaces, type DoctorWorld } from './doctor-world.ts';

/** Whether databases can be migrated and backed up: they answer, no migration was left half-way, every table is readable. */
export async function* examineDatabases(world: DoctorWorld): AsyncIterable<DoctorFinding> {
  for (const { application, name } of await runningPlaces(world)) {
    const { database } = environmentTarget(world.rules, application, name);
    const report = await inspectDatabase(world.ports, database, AbortSignal.timeout(lookTimeoutMs));
    if (report === undefined) continue;
    const subject = `database ${report.name}`;
    if (!report.isReachable && report.isFunctionAway) {
      const remedy = 'npm start brings the function back; the database itself may be well';
      yield { subject, level: 'fail', detail: report.why, remedy };
      continue;
    }
    if (!report.isReachable) {
      yield {
        subject,
        level: 'fail',
        detail: `it can be neither migrated nor backed up: ${report.why}`,
        remedy: `npm start starts the server of local mode; any other must run and let in the connection that is in ${world.folders.databaseSecrets}/${report.name}; promote test ${name} ${application} tries the connection`,
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
    const detail = `answers (connects in ${String(Math.round(connectMs))} ms), schema ${String(schemaVersion)}, ${counted(tables.length, 'table')} readable`;
    yield { subject, level: 'ok', detail };
  }
  yield await examineBackupsFolder(world);
}

/** Whether back-ups can be kept. */
export async function examineBackupsFolder({
  folders: { databaseBackups: folder },
}: DoctorWorld): Promise<DoctorFinding> {
  const subject = 'back-ups';
  try {
    await reachFolder(folder);
    return existsSync(folder)
      ? { subject, level: 'ok', detail: `${folder} can be written` }
      : { subject, level: 'ok', detail: `none was taken yet; ${folder} can be made` };
  } catch (error) {
    const remedy = `make it a folder of yours: mv ${folder} ${folder}.old if something else is there, and chmod u+rwx ${folder} if it is closed`;
    const why = error instanceof FolderUnusableError ? error.message : reasonOf(error);
    return { subject, level: 'fail', detail: `no back-up can be kept: ${why}`, remedy };
  }
}
