import { spawn } from 'node:child_process';
import { devNull } from 'node:os';
import { GitError, gitFailureOf } from './git-error.ts';
import { describeSeconds } from '../contract/describe-seconds.ts';
import { describeBytes } from '../wording/format-bytes.ts';

/** How git is found and how long one command may take. */
export interface GitProcessOptions {
  /** Name or path of the git program. @default 'git' */
  readonly binary?: string;
  /** A command that takes longer is ended. @default 120 */
  readonly timeoutSeconds?: number;
}

export interface GitInvocation {
  readonly arguments: readonly string[];
  readonly stdin?: string;
  /** Added to the scrubbed environment of this one command. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Configuration of this one command. It travels in the environment, where other users cannot list it. */
  readonly configuration?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Exit codes that are answers, not failures. @default [0] */
  readonly acceptedExitCodes?: readonly number[];
}

export interface GitResult {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** What a network client needs from the environment; everything else of it could change what git does. */
const INHERITED = [
  'PATH',
  'TMPDIR',
  'SSH_AUTH_SOCK',
  'HTTPS_PROXY',
  'https_proxy',
  'http_proxy',
  'ALL_PROXY',
  'all_proxy',
  'NO_PROXY',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
];

const CONFIGURATION: Readonly<Record<string, string>> = {
  'core.hooksPath': devNull,
  'core.quotePath': 'false',
  // A pack appears at once and whole; loose objects would let another process see a commit before its files.
  'transfer.unpackLimit': '1',
  // A collection in the background would outlive the command that is being waited for.
  'gc.autoDetach': 'false',
  'maintenance.autoDetach': 'false',
};

const KILL_AFTER_MILLISECONDS = 2_000;
const OUTPUT_LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * Runs git commands that read no configuration of the user or the machine, run no local hooks, ask no questions and
 * speak English. An aborted signal or the timeout ends git together with every process it has started.
 */
export class GitProcess {
  readonly #binary: string;
  readonly #timeoutSeconds: number;

  constructor(options: GitProcessOptions = {}) {
    this.#binary = options.binary ?? 'git';
    this.#timeoutSeconds = options.timeoutSeconds ?? 120;
  }

  /** @throws GitError, or the reason of the signal when it was aborted. */
  async run(invocation: GitInvocation): Promise<GitResult> {
    invocation.signal.throwIfAborted();
    const command = `git ${invocation.arguments.join(' ')}`;
    const ended = await this.#spawn(invocation);
    invocation.signal.throwIfAborted();
    switch (ended.kind) {
      case 'not-started':
        throw new GitError(
          ended.code === 'ENOENT' ? 'git-not-installed' : 'other',
          command,
          undefined,
          ended.code === 'ENOENT' ? `${this.#binary} was not found; install git 2.31 or newer` : ended.message,
        );
      case 'timed-out':
        throw new GitError(
          'timeout',
          command,
          undefined,
          `no end after ${describeSeconds(this.#timeoutSeconds)}. ${ended.stderr}`,
        );
      case 'too-much-output':
        throw new GitError('other', command, undefined, `more than ${describeBytes(OUTPUT_LIMIT_BYTES)} of output`);
      case 'killed':
        throw new GitError('other', command, undefined, `ended by ${ended.by}. ${ended.stderr}`);
      case 'exited': {
        if (!(invocation.acceptedExitCodes ?? [0]).includes(ended.exitCode)) {
          throw new GitError(gitFailureOf(ended.stderr) ?? 'other', command, ended.exitCode, ended.stderr);
        }
        return ended;
      }
    }
  }

  #spawn(invocation: GitInvocation): Promise<Ending> {
    const { promise, resolve } = Promise.withResolvers<Ending>();
    const child = spawn(this.#binary, invocation.arguments, {
      env: environmentOf(invocation),
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
      }, KILL_AFTER_MILLISECONDS);
    };
    const timeout = setTimeout(() => {
      forced = 'timed-out';
      end();
    }, this.#timeoutSeconds * 1_000);
    const finish = (ending: Ending): void => {
      clearTimeout(timeout);
      clearTimeout(killTimer);
      invocation.signal.removeEventListener('abort', end);
      resolve(ending);
    };

    invocation.signal.addEventListener('abort', end);
    child.stdout.on('data', (chunk: Buffer) => {
      outputBytes += chunk.length;
      if (outputBytes > OUTPUT_LIMIT_BYTES) {
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
    child.stdin.end(invocation.stdin ?? '');
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
}

type Ending =
  | { readonly kind: 'not-started'; readonly code: string | undefined; readonly message: string }
  | { readonly kind: 'timed-out' | 'too-much-output'; readonly stderr: string }
  | { readonly kind: 'killed'; readonly by: string; readonly stderr: string }
  | ({ readonly kind: 'exited' } & GitResult);

function environmentOf(invocation: GitInvocation): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    // `ext::` and its like would run commands named by whoever writes the repository's address.
    GIT_ALLOW_PROTOCOL: 'file:http:https:ssh',
    GIT_SSH_COMMAND: 'ssh -oBatchMode=yes',
  };
  for (const name of INHERITED) {
    const value = process.env[name];
    if (value !== undefined) {
      environment[name] = value;
    }
  }
  const configuration = Object.entries({ ...CONFIGURATION, ...invocation.configuration });
  environment['GIT_CONFIG_COUNT'] = String(configuration.length);
  configuration.forEach(([key, value], index) => {
    environment[`GIT_CONFIG_KEY_${String(index)}`] = key;
    environment[`GIT_CONFIG_VALUE_${String(index)}`] = value;
  });
  return { ...environment, ...invocation.environment };
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
