import { setTimeout as delay } from 'node:timers/promises';
import type { InstanceLauncher, RevisionDescription } from './instance-launcher.ts';
import type { PlatformTiming } from './platform-timing.ts';
import { askReadiness, untilReady, type Readiness } from './readiness.ts';
import type { Route } from './reverse-proxy.ts';
import type { ServiceProcess } from './service-process.ts';
import { Upstream } from './upstream.ts';
import { causeText } from '../../wording/cause-text.ts';

export interface RevisionObserver {
  /** Readiness, restarts or the instance changed. */
  onChange(): void;
  onRestart(revision: RevisionDescription, reason: string): void;
}

/** Keeps one instance of one revision of a service running, until it is retired. */
export class Revision implements Route {
  readonly description: RevisionDescription;
  readonly #launcher: InstanceLauncher;
  readonly #timing: PlatformTiming;
  readonly #observer: RevisionObserver;
  readonly #retirement = new AbortController();
  #process: ServiceProcess | undefined;
  #upstream: Upstream | undefined;
  #supervision: Promise<void> | undefined;
  #isReady = false;
  #restarts = 0;

  constructor(
    description: RevisionDescription,
    launcher: InstanceLauncher,
    timing: PlatformTiming,
    observer: RevisionObserver,
  ) {
    this.description = description;
    this.#launcher = launcher;
    this.#timing = timing;
    this.#observer = observer;
  }

  get upstream(): Upstream | undefined {
    return this.#upstream;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  get restarts(): number {
    return this.#restarts;
  }

  /** The process that runs now; undefined before the first and while it is started again. */
  get process(): ServiceProcess | undefined {
    return this.#process;
  }

  get #isRetired(): boolean {
    return this.#retirement.signal.aborted;
  }

  /**
   * Starts the first instance and, once it is ready, keeps it running. One that never becomes ready is stopped and not
   * tried again.
   * @throws the signal's reason when it is aborted; the instance is stopped then.
   */
  async start(signal: AbortSignal): Promise<Readiness> {
    const readiness = await this.#launch(AbortSignal.any([signal, this.#retirement.signal]));
    if (readiness.isReady) this.#supervision = this.#supervise();
    return readiness;
  }

  /** Brings a revision back that has served before, trying until it succeeds or is retired. */
  resume(): void {
    this.#supervision ??= this.#supervise();
  }

  /**
   * Ends the supervision and waits for the requests in flight.
   * @returns the number of requests that did not end in time.
   */
  async drain(): Promise<number> {
    this.#retirement.abort(new Error(`${this.description.service} was retired`));
    return (await this.#upstream?.drain(this.#timing.drainTimeoutSeconds)) ?? 0;
  }

  /** Drains if that was not done before, then stops the instance. */
  async retire(): Promise<void> {
    await this.drain();
    this.#upstream?.close();
    await this.#process?.stop(this.#timing.stopGraceSeconds);
    await this.#supervision;
    this.#isReady = false;
  }

  async #launch(signal: AbortSignal): Promise<Readiness> {
    const process = await this.#launcher.launch(this.description, signal);
    try {
      const readiness = await untilReady(process, this.#timing, signal);
      if (!readiness.isReady) {
        await process.stop(this.#timing.stopGraceSeconds);
        return { isReady: false, reason: withLastLines(readiness.reason, process) };
      }
      // From here to the assignments nothing waits, so whoever retires this revision sees the process or prevents it.
      signal.throwIfAborted();
    } catch (error) {
      await process.stop(this.#timing.stopGraceSeconds);
      throw error;
    }
    this.#process = process;
    this.#upstream = new Upstream(process.port);
    this.#isReady = true;
    this.#observer.onChange();
    return { isReady: true };
  }

  async #supervise(): Promise<void> {
    let failures = 0;
    while (!this.#retirement.signal.aborted) {
      try {
        if (this.#process !== undefined) {
          const startedAt = performance.now();
          const ending = await this.#watch(this.#process);
          // An ended process that is being retired is what was wanted.
          this.#retirement.signal.throwIfAborted();
          if (performance.now() - startedAt >= this.#timing.stableAfterSeconds * 1000) failures = 0;
          this.#countRestart(ending);
        }
        if (this.#restarts > 0) await this.#pause(failures);
        failures += 1;
        const readiness = await this.#launch(this.#retirement.signal);
        if (!readiness.isReady) this.#countRestart(readiness.reason);
      } catch (error) {
        if (!this.#isRetired) this.#countRestart(causeText(error));
      }
    }
  }

  #countRestart(reason: string): void {
    this.#restarts += 1;
    this.#observer.onRestart(this.description, reason);
    this.#observer.onChange();
  }

  /** @returns how the instance ended. */
  async #watch(process: ServiceProcess): Promise<string> {
    const over = new AbortController();
    const watching = this.#followReadiness(process, AbortSignal.any([over.signal, this.#retirement.signal]));
    const ending = await process.exited;
    over.abort();
    await watching;
    // Retiring still drains and closes the upstream of an instance that has ended; it needs it until then.
    if (!this.#isRetired) {
      this.#upstream?.close();
      this.#upstream = undefined;
      this.#process = undefined;
    }
    this.#isReady = false;
    this.#observer.onChange();
    return withLastLines(`the process ${ending}`, process);
  }

  async #followReadiness(process: ServiceProcess, signal: AbortSignal): Promise<void> {
    try {
      for (;;) {
        await delay(this.#timing.readinessIntervalSeconds * 1000, undefined, { signal });
        const { isReady } = await askReadiness(process.port, this.#timing.probeTimeoutSeconds, signal);
        if (signal.aborted) return;
        if (isReady === this.#isReady) continue;
        this.#isReady = isReady;
        this.#observer.onChange();
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async #pause(failures: number): Promise<void> {
    const { restartBackoffSeconds, maximumRestartBackoffSeconds } = this.#timing;
    const seconds = Math.min(restartBackoffSeconds * 2 ** failures, maximumRestartBackoffSeconds);
    await delay(seconds * 1000, undefined, { signal: this.#retirement.signal });
  }
}

function withLastLines(reason: string, process: ServiceProcess): string {
  const lines = process.lastLogLines();
  return lines.length === 0 ? reason : `${reason}. Its last lines:\n${lines.join('\n')}`;
}
