import { devNull } from 'node:os';
import { GitError, gitFailureOf } from './git-error.ts';
import { longestOutputBytes } from './git-command.ts';
import { GitLauncher } from './git-launcher.ts';
import { describeSeconds } from '../contract/describe-seconds.ts';
import { describeBytes } from '../wording/format-bytes.ts';

/** How git is found and how long one command may take. */
export interface GitProcessOptions {
  /** Name or path of the git program. @default 'git' */
  readonly binary?: string;
  /** A command that takes longer is ended. @default 120 */
  readonly timeoutSeconds?: number;
  /** Starts git; whoever shares one shares its process. Default: one of its own. */
  readonly launcher?: GitLauncher;
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

/**
 * Runs git commands that read no configuration of the user or the machine, run no local hooks, ask no questions and
 * speak English. An aborted signal or the timeout ends git together with every process it has started.
 */
export class GitProcess {
  readonly #binary: string;
  readonly #timeoutSeconds: number;
  readonly #launcher: GitLauncher;

  constructor(options: GitProcessOptions = {}) {
    this.#launcher = options.launcher ?? new GitLauncher();
    this.#binary = options.binary ?? 'git';
    this.#timeoutSeconds = options.timeoutSeconds ?? 120;
  }

  /** @throws GitError, or the reason of the signal when it was aborted. */
  async run(invocation: GitInvocation): Promise<GitResult> {
    invocation.signal.throwIfAborted();
    const command = `git ${invocation.arguments.join(' ')}`;
    const ended = await this.#launcher.run(
      {
        binary: this.#binary,
        arguments: invocation.arguments,
        stdin: invocation.stdin ?? '',
        environment: environmentOf(invocation),
        timeoutMs: this.#timeoutSeconds * 1_000,
      },
      invocation.signal,
    );
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
        throw new GitError('other', command, undefined, `more than ${describeBytes(longestOutputBytes)} of output`);
      case 'killed':
        throw new GitError('other', command, undefined, `ended by ${ended.by}. ${ended.stderr}`);
      case 'exited': {
        if (!(invocation.acceptedExitCodes ?? [0]).includes(ended.exitCode)) {
          throw new GitError(gitFailureOf(ended.stderr) ?? 'other', command, ended.exitCode, ended.stderr);
        }
        return { exitCode: ended.exitCode, stdout: ended.stdout, stderr: ended.stderr };
      }
    }
  }
}

function environmentOf(invocation: GitInvocation): Readonly<Record<string, string>> {
  const environment: Record<string, string> = {
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
