import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface ProcessUsage {
  readonly residentBytes: number;
  /** User and system, since the process began. */
  readonly cpuSeconds: number;
}

/** What a process uses now; undefined when it is gone or cannot be looked at. */
export async function readProcessUsage(pid: number): Promise<ProcessUsage | undefined> {
  try {
    return process.platform === 'linux' ? await usageFromProc(pid) : await usageFromPs(pid);
  } catch {
    return undefined;
  }
}

/** What the kernel calls USER_HZ: 100 wherever Node runs on Linux. */
const ticksPerSecond = 100;

async function usageFromProc(pid: number): Promise<ProcessUsage | undefined> {
  const [stat, status] = await Promise.all([
    readFile(`/proc/${String(pid)}/stat`, 'utf8'),
    readFile(`/proc/${String(pid)}/status`, 'utf8'),
  ]);
  // The name before the last parenthesis may itself hold spaces and parentheses; proc(5) counts fields after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return usageOf(Number(resident) * 1024, (Number(fields[11]) + Number(fields[12])) / ticksPerSecond);
}

async function usageFromPs(pid: number): Promise<ProcessUsage | undefined> {
  const { stdout } = await run('ps', ['-o', 'rss=,time=', '-p', String(pid)]);
  const [resident, time] = stdout.trim().split(/\s+/);
  return usageOf(Number(resident) * 1024, secondsOf(time ?? ''));
}

/** `[[days-]hours:]minutes:seconds`, as ps prints processor time. */
export function secondsOf(time: string): number {
  const match = /^(?:(?:(\d+)-)?(\d+):)?(\d+):(\d+(?:[.,]\d+)?)$/.exec(time);
  if (match === null) return Number.NaN;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds.replace(',', '.'));
}

function usageOf(residentBytes: number, cpuSeconds: number): ProcessUsage | undefined {
  return Number.isFinite(residentBytes) && Number.isFinite(cpuSeconds) ? { residentBytes, cpuSeconds } : undefined;
}
