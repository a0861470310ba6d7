import { execFile } from 'node:child_process';
import { stat, statfs } from 'node:fs/promises';
import { promisify } from 'node:util';
import { loadRules } from '../../engine/rules/load-rules.ts';
import { extendsOptions } from '../rules-folders.ts';
import { isProcessAlive } from '../../engine/storage/process-liveness.ts';
import type { DoctorFinding } from '../session.ts';
import type { LocalFolders } from './local-folders.ts';
import { readLocalRecord } from './local-record.ts';
import { formatBytes } from '../../engine/wording/format-bytes.ts';

const run = promisify(execFile);
const oldestNode = 22;
const oldestGit = [2, 30] as const;
const fewestFreeBytes = 512 * 1024 * 1024;

/** Looks at what local mode needs, one thing after the other. The database answered already, or there were no session. */
export async function* examineLocal(folders: LocalFolders, rulesFile: string): AsyncIterable<DoctorFinding> {
  yield examineNode();
  yield await examineGit();
  yield { subject: 'Postgres', level: 'ok', detail: 'the engine’s database answers and its schema is up to date' };
  yield await examineRules(rulesFile);
  yield await examinePlatform(folders);
  yield await examineSecrets(folders);
  yield await examineDisk(folders);
}

function examineNode(): DoctorFinding {
  const major = Number(process.versions.node.split('.')[0]);
  const detail = `version ${process.versions.node}`;
  if (major >= oldestNode) return { subject: 'Node', level: 'ok', detail };
  return {
    subject: 'Node',
    level: 'fail',
    detail,
    remedy: 'run through npm (npm run promote -- …), which uses the pinned version',
  };
}

async function examineGit(): Promise<DoctorFinding> {
  try {
    const { stdout } = await run('git', ['--version']);
    const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(stdout)?.slice(1) ?? []).map(Number);
    const isRecent = major > oldestGit[0] || (major === oldestGit[0] && minor >= oldestGit[1]);
    const detail = stdout.trim();
    if (isRecent) return { subject: 'git', level: 'ok', detail };
    return { subject: 'git', level: 'fail', detail, remedy: `install git ${oldestGit.join('.')} or newer` };
  } catch {
    return {
      subject: 'git',
      level: 'fail',
      detail: 'not found',
      remedy: 'install git and make sure that PATH names it',
    };
  }
}

async function examineRules(file: string): Promise<DoctorFinding> {
  const loaded = await loadRules(file, extendsOptions(process.env));
  if (loaded.ok) return { subject: 'rules', level: 'ok', detail: file };
  const count = loaded.problems.length;
  const detail = `${file} has ${String(count)} problem${count === 1 ? '' : 's'}`;
  return { subject: 'rules', level: 'fail', detail, remedy: `promote rules check ${file}` };
}

async function examinePlatform(folders: LocalFolders): Promise<DoctorFinding> {
  const subject = 'local platform';
  const record = await readLocalRecord(folders);
  if (record === undefined) {
    return { subject, level: 'warn', detail: 'was never started here', remedy: 'npm start' };
  }
  if (!(await isProcessAlive(record.pid))) {
    return {
      subject,
      level: 'fail',
      detail: `process ${String(record.pid)} is gone`,
      remedy: 'npm start, which goes on where it was',
    };
  }
  try {
    await fetch(record.functionUrl, { signal: AbortSignal.timeout(3000) });
    return { subject, level: 'ok', detail: `process ${String(record.pid)}; the database-migration function answers` };
  } catch {
    const remedy = `wait a moment, since local mode starts it again; else npm stop && npm start; ${folders.log} says when it ended`;
    return { subject, level: 'fail', detail: 'the database-migration function does not answer', remedy };
  }
}

/** Whether what is deployed is served; where local mode was never started, it is served elsewhere. */
export async function isServedHere(folders: LocalFolders): Promise<boolean> {
  const record = await readLocalRecord(folders);
  return record === undefined || (await isProcessAlive(record.pid));
}

async function examineSecrets(folders: LocalFolders): Promise<DoctorFinding> {
  const subject = 'secrets';
  try {
    const { mode } = await stat(folders.callerToken);
    if (process.platform === 'win32' || (mode & 0o077) === 0) {
      return { subject, level: 'ok', detail: 'only their owner may read them' };
    }
    return { subject, level: 'fail', detail: 'others may read them', remedy: `chmod -R go= ${folders.in('secrets')}` };
  } catch {
    return { subject, level: 'warn', detail: 'none were made yet', remedy: 'npm start' };
  }
}

async function examineDisk(folders: LocalFolders): Promise<DoctorFinding> {
  const { bavail, bsize } = await statfs(folders.root);
  const free = bavail * bsize;
  const detail = `${formatBytes(free, 'down')} free`;
  if (free >= fewestFreeBytes) return { subject: 'disk', level: 'ok', detail };
  return { subject: 'disk', level: 'warn', detail, remedy: 'make room; backups and images are kept there' };
}

/** Said before anything that local mode shows: what the store remembers is not what runs when nobody looks after it. */
export async function platformNotice(folders: LocalFolders): Promise<string | undefined> {
  if (await isServedHere(folders)) return undefined;
  return 'the local platform is not running, so nothing is served and nothing moves: npm start goes on where it was';
}
