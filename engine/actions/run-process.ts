import { spawn, type ChildProcess } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as delay } from 'node:timers/promises';
import { instanceTokenVariable, processesCarrying, signalProcess } from '../deployment/local/process-identity.ts';
import { isSystemError } from '../storage/system-error.ts';

export interface ProcessRun {
  readonly executable: string;
  readonly arguments: readonly string[];
  readonly workingDirectory: string;
  /** All of it: nothing of the engine's own environment gets through. */
  readonly environment: Readonly<Record<string, string>>;
  /** Carried by the process and whatever it starts, a UUID, so that none of it is left behind. */
  readonly token: string;
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
  /** Receives the output as it comes. */
  readonly onOutput: (stream: 'stdout' | 'stderr', text: string) => void;
}

export type ProcessEnd =
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'killed'; readonly by: string }
  | { readonly kind: 'timed-out' };

/** Between SIGTERM and SIGKILL. */
const graceMs = 5_000;
/** For pipes that something beyond our reach holds open. */
const pipeGraceMs = 1_000;

/**
 * Runs a program without a shell, as a group of its own, and leaves nothing of it behind: what it started is ended with
 * it, also what has left the group.
 * @throws the signal's reason when it is aborted, and what the start failed with.
 */
export async function runProcess(run: ProcessRun): Promise<ProcessEnd> {
  run.signal.throwIfAborted();
  const child = spawn(run.executable, run.arguments, {
    cwd: run.workingDirectory,
    env: { ...run.environment, [instanceTokenVariable]: run.token },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  for (const stream of ['stdout', 'stderr'] as const) follow(child, stream, run.onOutput);
  const ended = endOf(child);
  const timeout = AbortSignal.timeout(run.timeoutSeconds * 1000);
  const cut = AbortSignal.any([run.signal, timeout]);
  let killTimer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    signalGroup(child, 'SIGTERM');
    killTimer ??= setTimeout(() => {
      signalGroup(child, 'SIGKILL');
    }, graceMs);
  };
  cut.addEventListener('abort', stop);
  try {
    const end = await ended;
    const isTimedOut = timeout.aborted;
    await endRemainder(child, run.token);
    run.signal.throwIfAborted();
    return isTimedOut ? { kind: 'timed-out' } : end;
  } finally {
    clearTimeout(killTimer);
    cut.removeEventListener('abort', stop);
  }
}

function follow(child: ChildProcess, stream: 'stdout' | 'stderr', onOutput: ProcessRun['onOutput']): void {
  // A character may be cut in two by the pipe.
  const decoder = new StringDecoder('utf8');
  child[stream]?.on('data', (chunk: Buffer) => {
    onOutput(stream, decoder.write(chunk));
  });
}

function endOf(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exitCode, by) => {
      resolve(exitCode === null ? { kind: 'killed', by: by ?? 'a signal' } : { kind: 'exited', exitCode });
    });
  });
}

/** A program that ends while its children go on has not ended; they would go on for ever, and hold its pipes. */
async function endRemainder(child: ChildProcess, token: string): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    if (child.stdout?.closed !== false && child.stderr?.closed !== false) resolve();
    else
      child.once('close', () => {
        resolve();
      });
  });
  signalGroup(child, 'SIGKILL');
  await killCarrying((each) => each === token);
  await Promise.race([closed, delay(pipeGraceMs, undefined, { ref: false })]);
  child.stdout?.destroy();
  child.stderr?.destroy();
}

/** Kills every process on this machine that carries such a token, until there is none. @returns how many were met. */
export async function killCarrying(isWanted: (token: string) => boolean): Promise<number> {
  const met = new Set<number>();
  for (;;) {
    const left = await processesCarrying(isWanted);
    if (left.length === 0) return met.size;
    for (const pid of left) {
      met.add(pid);
      signalProcess(pid, 'SIGKILL');
    }
    await delay(20);
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    // Nothing of the group is left.
    if (!isSystemError(error, 'ESRCH')) throw error;
  }
}
