import { spawn } from 'node:child_process';

/** One start of git, with everything that it depends on. */
export interface GitCommand {
  /** Name or path of the program. */
  readonly binary: string;
  readonly arguments: readonly string[];
  readonly stdin: string;
  /** All of it. */
  readonly environment: Readonly<Record<string, string>>;
  /** A command that takes longer is ended. */
  readonly timeoutMs: number;
}

export type GitEnding =
  | { readonly kind: 'not-started'; readonly code: string | undefined; readonly message: string }
  | { readonly kind: 'timed-out' | 'too-much-output'; readonly stderr: string }
  | { readonly kind: 'killed'; readonly by: string; readonly stderr: string }
  | { readonly kind: 'exited'; readonly exitCode: number; readonly stdout: Buffer; readonly stderr: string };

export const longestOutputBytes = 64 * 1024 * 1024;

/** Between SIGTERM and SIGKILL. */
const killAfterMs = 2_000;

/**
 * Runs a command from this process. An aborted signal or the timeout ends it with every process it has started.
 * @throws when its words cannot be given to any program.
 */
export async function runGitCommand(command: GitCommand, signal: AbortSignal): Promise<GitEnding> {
  const { promise, resolve } = Promise.withResolvers<GitEnding>();
  const child = spawn(command.binary, command.arguments, {
    env: command.environment,
    stdio: ['pipe', 'pipe', 'pipe'],
    // Its own process group, because git leaves the network to children that must end with it.
    detached: true,
  });
  const output: Buffer[] = [];
  let outputBytes = 0;
  let stderr = '';
  let forced: 'timed-out' | 'too-much-output' | undefined;
  let killTimer: NodeJS.Timeout | undefined;

  const end = (): void => {
    signalGroup(child.pid, 'SIGTERM');
    // SIGTERM lets git remove its lock files; a process that is stopped or stuck hears only SIGKILL.
    killTimer ??= setTimeout(() => {
      signalGroup(child.pid, 'SIGKILL');
    }, killAfterMs);
  };
  const timeout = setTimeout(() => {
    forced = 'timed-out';
    end();
  }, command.timeoutMs);
  const finish = (ending: GitEnding): void => {
    clearTimeout(timeout);
    clearTimeout(killTimer);
    signal.removeEventListener('abort', end);
    resolve(ending);
  };

  signal.addEventListener('abort', end);
  child.stdout.on('data', (chunk: Buffer) => {
    outputBytes += chunk.length;
    if (outputBytes > longestOutputBytes) {
      forced = 'too-much-output';
      end();
    } else {
      output.push(chunk);
    }
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr = (stderr + chunk).slice(-65_536);
  });
  // git may answer without reading all of its input; the exit code tells whether that was a failure.
  child.stdin.on('error', () => undefined);
  child.stdin.end(command.stdin);
  child.once('error', (error: NodeJS.ErrnoException) => {
    finish({ kind: 'not-started', code: error.code, message: error.message });
  });
  child.once('close', (exitCode, by) => {
    if (forced !== undefined) {
      finish({ kind: forced, stderr });
    } else if (exitCode === null) {
      finish({ kind: 'killed', by: by ?? 'a signal', stderr });
    } else {
      finish({ kind: 'exited', exitCode, stdout: Buffer.concat(output), stderr });
    }
  });
  return promise;
}

function signalGroup(pid: number | undefined, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) {
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // The group has ended between the decision and the signal.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error;
    }
  }
}
