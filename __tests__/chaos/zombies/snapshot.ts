import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Subject } from '../installation/subject.ts';
import { readDatabase, readEngineRecords } from './database-contents.ts';
import { readFences } from './fence-levels.ts';
import { hashFiles } from './file-hashes.ts';

const run = promisify(execFile);

/** Everything outside a worker that it could have changed for one application. */
export interface Snapshot {
  readonly contents: ReadonlyMap<string, string>;
  readonly fences: ReadonlyMap<string, number>;
}

/** Staging of those who were refused, and what the platform observes all the time. */
function isPassedOver(name: string): boolean {
  return name === '.fences' || name === 'logs' || name === 'metrics' || /^(?:status|processes)\.json/.test(name);
}

/** Needs the writing client to be paused. */
export async function takeSnapshot(subject: Subject): Promise<Snapshot> {
  const { folders, databaseUrl } = subject.installation;
  const { environment, name } = subject;
  const contents = new Map<string, string>();
  const add = (what: string, entries: readonly (readonly [string, string])[]): void => {
    for (const [key, value] of entries) contents.set(`${what}: ${key}`, value);
  };
  const promotions = new Set(subject.promotions);
  add('layout', await hashFiles(folders.in('registries', environment), isPassedOver));
  add('flags', await hashFiles(join(folders.flags, environment), isPassedOver));
  add('deployment', await hashFiles(join(folders.deployments, environment), isPassedOver));
  for (const id of promotions) {
    add(`backup of ${id}`, await hashFiles(join(folders.documents, 'backups', name, environment, id), isPassedOver));
    add(`report of ${id}`, await hashFiles(join(folders.documents, 'reports', name, environment, id), isPassedOver));
  }
  const backups = await hashFiles(folders.databaseBackups, isPassedOver);
  add(
    'database backup',
    backups.filter(([file]) => file.replace(/^\.partial-/, '').startsWith(`${environment}-`)),
  );
  add('git', await refsOf(folders.configuration, (ref) => isOf(ref, environment, promotions)));
  add('database', await readDatabase(subject.superuserUrl));
  add('engine', await readEngineRecords(databaseUrl, name));
  return { contents, fences: await readFences(subject) };
}

/** What is not as it was, in words. A fence may have risen, and nothing else may have changed. */
export function changesBetween(before: Snapshot, after: Snapshot): readonly string[] {
  const keys = new Set([...before.contents.keys(), ...after.contents.keys()]);
  const changes = [...keys].flatMap((key) => {
    const [was, is] = [before.contents.get(key), after.contents.get(key)];
    if (was === is) return [];
    return [`${key} ${was === undefined ? 'was made' : is === undefined ? 'was removed' : 'was changed'}`];
  });
  const fallen = [...before.fences].flatMap(([where, was]) => {
    const is = after.fences.get(where) ?? -1;
    return is >= was ? [] : [`the fence of ${where} fell from ${String(was)} to ${String(is)}`];
  });
  return [...changes, ...fallen];
}

async function refsOf(
  repository: string,
  isCounted: (ref: string) => boolean,
): Promise<readonly (readonly [string, string])[]> {
  const { stdout } = await run('git', ['-C', repository, 'for-each-ref', '--format=%(refname) %(objectname)']);
  return stdout
    .split('\n')
    .map((line) => line.split(' '))
    .flatMap(([ref = '', id = '']) => (isCounted(ref) ? [[ref, id] as const] : []));
}

function isOf(ref: string, environment: string, promotions: ReadonlySet<string>): boolean {
  if (ref.startsWith('refs/fences/')) return false;
  if (ref.startsWith('refs/promotions/'))
    return promotions.has(ref.slice('refs/promotions/'.length).replace(/-undo(?:-[0-9a-f]{12})?$/, ''));
  return ref === `refs/heads/${environment}`;
}
