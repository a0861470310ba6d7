import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { GitCommand, GitEnding } from './git-command.ts';
import type { LauncherAnswer, LauncherRequest } from './git-launcher-process.ts';

/** Source beside source; compiled beside compiled. */
const processFile = path.join(import.meta.dirname, `git-launcher-process${path.extname(import.meta.filename)}`);

/** A process that does not answer for so long after it was told to end a command will not do it any more. */
const answersWithinMs = 10_000;

interface Launched {
  readonly child: ChildProcess;
  readonly pending: Map<number, (ending: GitEnding) => void>;
}

/**
 * Starts git from a small process beside this one. Linux copies the memory map of whoever starts a program: to a process
 * of some hundred megabytes every start would cost tens of milliseconds, in which it answers nobody. The process comes
 * with the first command, goes when nothing was asked for a while, and ends with this one, however that ends.
 */
export class GitLauncher {
  #launched: Launched | undefined;
  #lastId = 0;

  /** @returns how it ended, also when it was aborted: at once if it has not begun, else once nothing of it is left. */
  async run(command: GitCommand, signal: AbortSignal): Promise<GitEnding> {
    const { child, pending } = (this.#launched ??= this.#launch());
    const id = (this.#lastId += 1);
    const { promise, resolve } = Promise.withResolvers<GitEnding>();
    let giveUpTimer: NodeJS.Timeout | undefined;
    const end = (): void => {
      send(child, { kind: 'end', id });
      giveUpTimer = setTimeout(() => {
        child.kill('SIGKILL');
      }, answersWithinMs);
    };
    pending.set(id, resolve);
    hold(child);
    signal.addEventListener('abort', end);
    send(child, { kind: 'run', id, command });
    try {
      return await promise;
    } finally {
      clearTimeout(giveUpTimer);
      signal.removeEventListener('abort', end);
      pending.delete(id);
      if (pending.size === 0) release(child);
    }
  }

  #launch(): Launched {
    const child = fork(processFile, [], {
      // A command brings all of its environment with it.
      env: {},
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
      // Keys that interrupt this process must not end git before this process has decided what happens.
      detached: true,
    });
    const launched: Launched = { child, pending: new Map() };
    child.on('message', (answer: LauncherAnswer) => {
      switch (answer.kind) {
        case 'ended':
          launched.pending.get(answer.id)?.(withBuffer(answer.ending));
          return;
        case 'idle':
          if (launched.pending.size === 0) this.#forget(launched);
      }
    });
    const lose = (ending: GitEnding): void => {
      this.#forget(launched);
      for (const resolve of launched.pending.values()) resolve(ending);
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      lose({ kind: 'not-started', code: undefined, message: `git's launcher: ${error.message}` });
    });
    child.once('exit', () => {
      lose({ kind: 'killed', by: 'the end of its launcher', stderr: '' });
    });
    return launched;
  }

  #forget(launched: Launched): void {
    if (this.#launched === launched) this.#launched = undefined;
    if (launched.child.connected) launched.child.disconnect();
  }
}

/** A command that cannot be told to the process is answered by the end of the process. */
function send(child: ChildProcess, request: LauncherRequest): void {
  if (child.connected) child.send(request, () => undefined);
}

/** While a command runs, this process must not end for want of anything else to do. */
function hold(child: ChildProcess): void {
  child.ref();
  child.channel?.ref();
}

function release(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}

/** What travelled between processes is a plain array of bytes. */
function withBuffer(ending: GitEnding): GitEnding {
  if (ending.kind !== 'exited') return ending;
  const { buffer, byteOffset, byteLength } = ending.stdout;
  return { ...ending, stdout: Buffer.from(buffer, byteOffset, byteLength) };
}
