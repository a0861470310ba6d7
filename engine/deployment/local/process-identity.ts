import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { isSystemError } from '../../storage/system-error.ts';

const run = promisify(execFile);

/** The variable by which a process, and whatever it started, can be told from a stranger that reuses its number. */
export const instanceTokenVariable = 'PROMOTION_INSTANCE';

/** When a process began, in words that no other process with its number will ever have; undefined when it is gone. */
export async function processStartMark(pid: number): Promise<string | undefined> {
  return process.platform === 'linux' ? startMarkFromProc(pid) : startMarkFromPs(pid);
}

/** The numbers of the living processes that carry a wanted token in their environment, this one aside. */
export async function processesCarrying(isWanted: (token: string) => boolean): Promise<readonly number[]> {
  const environments = process.platform === 'linux' ? environmentsFromProc() : environmentsFromPs();
  const found: number[] = [];
  for await (const { pid, text } of environments) {
    const token = tokenPattern.exec(text)?.[1];
    if (token !== undefined && isWanted(token) && pid !== process.pid) found.push(pid);
  }
  return found;
}

/** Sends a signal to a process; one that is gone already is no error. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!isSystemError(error, 'ESRCH')) throw error;
  }
}

const tokenPattern = new RegExp(`(?:^|[\\0 ])${instanceTokenVariable}=([0-9a-f-]{36})(?:[\\0 ]|$)`);

interface ProcessEnvironment {
  readonly pid: number;
  readonly text: string;
}

async function* environmentsFromProc(): AsyncGenerator<ProcessEnvironment> {
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      yield { pid: Number(entry), text: await readFile(`/proc/${entry}/environ`, 'latin1') };
    } catch {
      // It ended meanwhile, or belongs to somebody else and so cannot be ours.
    }
  }
}

async function* environmentsFromPs(): AsyncGenerator<ProcessEnvironment> {
  const { stdout } = await run('ps', ['-A', '-E', '-ww', '-o', 'pid=,command='], { maxBuffer: 64 * 1024 * 1024 });
  for (const line of stdout.split('\n')) {
    const match = /^\s*(\d+)\s(.*)$/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) yield { pid: Number(match[1]), text: match[2] };
  }
}

async function startMarkFromProc(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8');
    // The name before the last parenthesis may itself hold spaces and parentheses; proc(5) counts fields after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, startTime] = [fields[0], fields[19]];
    if (state === 'Z' || state === 'X' || startTime === undefined) return undefined;
    return `${(await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()}/${startTime}`;
  } catch {
    return undefined;
  }
}

async function startMarkFromPs(pid: number): Promise<string | undefined> {
  try {
    const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)]);
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
