import { readFile } from 'node:fs/promises';

import { isSystemError } from './system-error.ts';

/**
 * What tells a process from another one that got the same id later: the moment it began, in clock ticks since boot.
 * Undefined where the system does not say (it is read from /proc) and for a process that has ended, reaped or not.
 */
export async function startOfProcess(pid: number): Promise<string | undefined> {
  let stat: string;
  try {
    stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ESRCH', 'ENOTDIR')) return undefined;
    throw error;
  }
  // The second field is the command's name in parentheses, and may contain spaces and parentheses of its own.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  return state === 'Z' || state === 'X' ? undefined : fields[19];
}

/**
 * Whether a process runs.
 *
 * @param start what startOfProcess said of it; undefined: any process with this id will do.
 */
export async function isProcessAlive(pid: number, start?: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    if (!isSystemError(error, 'EPERM')) return false;
  }
  if (process.platform !== 'linux') return true;
  const found = await startOfProcess(pid);
  return found !== undefined && (start === undefined || found === start);
}
