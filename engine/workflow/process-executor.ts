import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Executor } from './executor.ts';

export interface ProcessExecutorOptions {
  /** The program and its first arguments; promotion and run are added. */
  readonly command: string;
  readonly arguments: readonly string[];
  readonly workingDirectory: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Where the runs' own output goes. */
  readonly logFile: string;
}

/** Runs promotions in processes of this machine that outlive whoever started them. */
export class ProcessExecutor implements Executor {
  readonly #options: ProcessExecutorOptions;

  constructor(options: ProcessExecutorOptions) {
    this.#options = options;
  }

  start(run: { readonly promotionId: string; readonly runId: string }): Promise<void> {
    const { command, workingDirectory, environment, logFile } = this.#options;
    const log = openSync(logFile, 'a', 0o600);
    return new Promise<void>((resolve, reject) => {
      const child = spawn(command, [...this.#options.arguments, '--promotion', run.promotionId, '--run', run.runId], {
        cwd: workingDirectory,
        env: environment,
        detached: true,
        stdio: ['ignore', log, log],
      });
      child.once('error', reject);
      child.once('spawn', () => {
        child.unref();
        resolve();
      });
    }).finally(() => {
      closeSync(log);
    });
  }
}
