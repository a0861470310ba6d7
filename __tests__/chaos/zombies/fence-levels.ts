import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { FencedDirectory } from '../../../engine/storage/fenced-directory.ts';
import type { Subject } from '../installation/subject.ts';

const run = promisify(execFile);
const recordSchema = z.looseObject({ fence: z.number() });

/** The highest fence that each thing outside has seen. */
export async function readFences(subject: Subject): Promise<ReadonlyMap<string, number>> {
  const { folders } = subject.installation;
  const { environment, name } = subject;
  const fences = new Map<string, number>();
  const documents = await readdir(folders.documents).catch(() => []);
  const backups = join(folders.documents, 'backups', name, environment);
  const ofBackups = await readdir(backups).catch(() => []);
  const directories = [
    folders.in('registries', environment, 'web'),
    join(folders.flags, environment),
    join(folders.deployments, environment),
    ...documents.map((document) => join(folders.documents, document)),
    ...ofBackups.map((promotion) => join(backups, promotion)),
  ];
  for (const directory of directories) {
    const highest = await new FencedDirectory(directory).highestFence();
    if (highest !== undefined) fences.set(directory, highest);
  }
  fences.set('configuration', await fenceOfBranch(folders.configuration, environment));
  fences.set('database', await fenceOfDatabase(subject));
  return fences;
}

/** -1 where no fence was ever taken. */
async function fenceOfDatabase({ database }: Subject): Promise<number> {
  const { rows: tables } = await database.query<{ exists: boolean }>(
    `select to_regclass('promotion_control.fence') is not null as exists`,
  );
  if (tables[0]?.exists !== true) return -1;
  const { rows } = await database.query<{ highest: string }>('select highest from promotion_control.fence');
  return Number(rows[0]?.highest ?? -1);
}

/** -1 where no fence was ever taken. */
async function fenceOfBranch(repository: string, branch: string): Promise<number> {
  const format = '--format=%(contents)';
  const { stdout } = await run('git', ['-C', repository, 'for-each-ref', format, `refs/fences/${branch}`]);
  return stdout.trim() === '' ? -1 : recordSchema.parse(JSON.parse(stdout)).fence;
}
