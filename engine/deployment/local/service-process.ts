import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { instanceTokenVariable, processesCarrying, signalProcess } from './process-identity.ts';
import type { ProcessOutput } from './process-output.ts';
import { causeText } from '../../wording/cause-text.ts';

export interface ProcessDescription {
  /** Identifies the process and its children wherever they are met; a UUID. */
  readonly token: string;
  readonly executable: string;
  readonly arguments: readonly string[];
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly port: number;
}

/** One running process of a service. */
export class ServiceProcess {
  readonly port: number;
  readonly token: string;
  /** Settles with how the process ended, once nothing of it is left; never rejects. */
  readonly exited: Promise<string>;
  readonly #child: ChildProcess;
  readonly #output: ProcessOutput;
  #hasExited = false;

  private constructor(child: ChildProcess, description: ProcessDescription, output: ProcessOutput) {
    this.#child = child;
    this.#output = output;
    this.port = description.port;
    this.token = description.token;
    this.exited = this.#watch();
  }

  static start(description: ProcessDescription, output: ProcessOutput): ServiceProcess {
    const child = spawn(description.executable, description.arguments, {
      cwd: description.workingDirectory,
      env: { ...description.environment, [instanceTokenVariable]: description.token },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C in the platform's terminal must reach the platform alone, which drains first.
      detached: process.platform !== 'win32',
    });
    return new ServiceProcess(child, description, output);
  }

  get hasExited(): boolean {
    return this.#hasExited;
  }

  /** Undefined when it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  lastLogLines(): readonly string[] {
    return this.#output.lastLines();
  }

  /** SIGTERM, then SIGKILL after the grace; returns when nothing of the process is left. */
  async stop(graceSeconds: number): Promise<void> {
    if (this.#hasExited) return;
    this.#child.kill('SIGTERM');
    const patience = new AbortController();
    const outOfPatience = delay(graceSeconds * 1000, true, { signal: patience.signal }).catch(() => false);
    const isLate = await Promise.race([this.exited.then(() => false), outOfPatience]);
    patience.abort();
    if (isLate) await stopProcesses(new Set([this.token]), 0);
    await this.exited;
  }

  async #watch(): Promise<string> {
    const streams = [this.#child.stdout, this.#child.stderr].filter((stream) => stream !== null);
    const followed = streams.map((stream) => this.#output.follow(stream));
    const ending = await new Promise<string>((resolve) => {
      this.#child.once('error', (error) => {
        resolve(`could not be started: ${causeText(error)}`);
      });
      this.#child.once('exit', (code, signal) => {
        resolve(signal === null ? `exited with code ${String(code)}` : `was ended by ${signal}`);
      });
    });
    this.#hasExited = true;
    // Children may outlive their parent and hold its port and its pipes.
    await stopProcesses(new Set([this.token]), 0);
    await Promise.all(followed);
    return ending;
  }
}

/**
 * Stops every process that carries one of the tokens: SIGTERM, and SIGKILL to what is left after the grace. A stranger
 * that has got a number of theirs carries no such token and is never touched.
 * @returns the tokens' processes that were met, by number.
 */
export async function stopProcesses(tokens: ReadonlySet<string>, graceSeconds: number): Promise<readonly number[]> {
  if (tokens.size === 0) return [];
  const isWanted = (token: string): boolean => tokens.has(token);
  const met = await processesCarrying(isWanted);
  if (graceSeconds > 0) for (const pid of met) signalProcess(pid, 'SIGTERM');
  const deadline = performance.now() + graceSeconds * 1000;
  let left = met;
  while (left.length > 0) {
    if (performance.now() >= deadline) for (const pid of left) signalProcess(pid, 'SIGKILL');
    await delay(20);
    left = await processesCarrying(isWanted);
  }
  return met;
}
