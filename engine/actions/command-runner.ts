import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Action } from '../rules/action-schema.ts';
import type { SecretSource } from '../secrets/secret-source.ts';
import type { ActionOutcome, ActionRequest } from './action-runner.ts';
import { runAsAction } from './process-action.ts';

type Command = Extract<Action, { kind: 'command' }>;

export interface CommandRunnerOptions {
  /** Commands run in this folder or below it: where the rules file lies. */
  readonly folder: string;
  readonly secrets: SecretSource;
  /** Where programs are looked for. */
  readonly path: string;
}

/** Runs programs of this machine. */
export class CommandRunner {
  readonly #options: CommandRunnerOptions;

  constructor(options: CommandRunnerOptions) {
    this.#options = options;
  }

  async run(action: Command, request: ActionRequest): Promise<ActionOutcome> {
    const [executable = '', ...words] = action.command;
    const workingDirectory = await this.#workingDirectory(action.workingDirectory);
    const process = { executable, arguments: words, workingDirectory, environment: { PATH: this.#options.path } };
    return runAsAction(process, action, request, this.#options.secrets);
  }

  async #workingDirectory(below: string | undefined): Promise<string> {
    const root = await realpath(this.#options.folder);
    const folder = await realpath(resolve(root, below ?? '.'));
    const way = relative(root, folder);
    // Links are followed first: one that leads elsewhere is elsewhere.
    if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) {
      throw new TypeError(`workingDirectory ${below ?? ''} leaves ${root}, the folder of the rules`);
    }
    return folder;
  }
}
