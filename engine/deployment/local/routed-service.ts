import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceStatus } from '../deployment-target.ts';
import type { DeploymentEvent } from './deployment-log.ts';
import type { InstanceLauncher, RevisionDescription } from './instance-launcher.ts';
import type { PlatformTiming } from './platform-timing.ts';
import type { Readiness } from './readiness.ts';
import type { ReverseProxy } from './reverse-proxy.ts';
import { Revision, type RevisionObserver } from './revision.ts';

/** Told of each stage of a switch. */
export type SwitchReport = (
  event: Extract<DeploymentEvent['event'], 'starting' | 'ready' | 'shifted' | 'drained' | 'stopped'>,
  revision: RevisionDescription,
  message?: string,
) => Promise<void>;

const readinessPollSeconds = 0.05;

/** A service of an environment: its stable address and the revision that answers there. */
export class RoutedService {
  readonly proxy: ReverseProxy;
  readonly #launcher: InstanceLauncher;
  readonly #timing: PlatformTiming;
  readonly #observer: RevisionObserver;
  #serving: Revision | undefined;

  constructor(proxy: ReverseProxy, launcher: InstanceLauncher, timing: PlatformTiming, observer: RevisionObserver) {
    this.proxy = proxy;
    this.#launcher = launcher;
    this.#timing = timing;
    this.#observer = observer;
  }

  /** What serves, or is being brought back to serve. */
  get serving(): RevisionDescription | undefined {
    return this.#serving?.description;
  }

  runs(digest: string, configurationFingerprint: string): boolean {
    return this.serving?.digest === digest && this.serving.configuration.fingerprint === configurationFingerprint;
  }

  /** Brings back what served before the platform was stopped. */
  resume(description: RevisionDescription): void {
    this.#serving = new Revision(description, this.#launcher, this.#timing, this.#observer);
    this.proxy.shift(this.#serving);
    this.#serving.resume();
  }

  /**
   * Start, wait for readiness, shift, drain, stop: each request is answered by the old instance or by the new one.
   * If the new one does not become ready, nothing has changed.
   * @throws the signal's reason when it is aborted before the shift; from there on the switch is completed.
   */
  async switchTo(description: RevisionDescription, report: SwitchReport, signal: AbortSignal): Promise<Readiness> {
    await report('starting', description);
    const next = new Revision(description, this.#launcher, this.#timing, this.#observer);
    const readiness = await next.start(signal);
    if (!readiness.isReady) return readiness;
    const previous = this.#serving;
    this.#serving = next;
    this.proxy.shift(next);
    await report('ready', description);
    await report('shifted', description);
    if (previous !== undefined) await this.#retire(previous, report);
    return readiness;
  }

  /** Waits until what serves is ready, as an unchanged service of a new generation must be. */
  async untilReady(signal: AbortSignal): Promise<Readiness> {
    const deadline = performance.now() + this.#timing.startupTimeoutSeconds * 1000;
    while (this.#serving?.isReady !== true) {
      signal.throwIfAborted();
      if (performance.now() >= deadline) {
        return { isReady: false, reason: `not ready after ${String(this.#timing.startupTimeoutSeconds)} s` };
      }
      await delay(readinessPollSeconds * 1000, undefined, { signal });
    }
    return { isReady: true };
  }

  async stop(report: SwitchReport): Promise<void> {
    this.proxy.refuseConnections();
    const serving = this.#serving;
    if (serving !== undefined) await this.#retire(serving, report);
    this.#serving = undefined;
    this.proxy.shift(undefined);
    this.proxy.finish();
  }

  status(): ServiceStatus {
    const serving = this.#serving;
    return {
      name: this.proxy.service,
      digest: serving?.upstream === undefined ? undefined : serving.description.digest,
      isReady: serving?.isReady ?? false,
      url: this.proxy.url,
      restarts: serving?.restarts ?? 0,
    };
  }

  async #retire(revision: Revision, report: SwitchReport): Promise<void> {
    const unfinished = await revision.drain();
    await report(
      'drained',
      revision.description,
      unfinished === 0 ? undefined : `${String(unfinished)} requests did not end in time and were cut off`,
    );
    await revision.retire();
    await report('stopped', revision.description);
  }
}
