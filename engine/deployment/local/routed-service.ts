import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceStatus } from '../deployment-target.ts';
import type { DeploymentEvent } from './deployment-log.ts';
import type { InstanceLauncher, RevisionDescription } from './instance-launcher.ts';
import type { PlatformTiming } from './platform-timing.ts';
import type { Readiness } from './readiness.ts';
import type { ReverseProxy } from './reverse-proxy.ts';
import { Revision, type RevisionObserver } from './revision.ts';
import type { ServiceProcess } from './service-process.ts';
import { loopbackHost } from './loopback-ports.ts';
import { ShareSequence } from './share-sequence.ts';
import type { SideCounters } from './side-counter.ts';
import { describeSeconds } from '../../contract/describe-seconds.ts';

/** Told of each stage of a switch. */
export type SwitchReport = (
  event: Extract<
    DeploymentEvent['event'],
    'starting' | 'ready' | 'canary-ready' | 'canary-ended' | 'shifted' | 'kept' | 'drained' | 'stopped'
  >,
  revision: RevisionDescription,
  message?: string,
) => Promise<void>;

const readinessPollSeconds = 0.05;

/** What a canary's instance is observed to be. */
export interface CanaryInstance {
  readonly isReady: boolean;
  readonly restarts: number;
}

export interface ServiceObserver extends RevisionObserver {
  /** A process has answered its last request and is about to be stopped. */
  onFinished(service: string, process: ServiceProcess): Promise<void>;
}

/**
 * A service of an environment: its stable address, the revision that answers there, and perhaps another one beside it: a
 * canary with a share of the requests, a release that is to be switched to, or the one that was switched from.
 */
export class RoutedService {
  readonly proxy: ReverseProxy;
  readonly #launcher: InstanceLauncher;
  readonly #timing: PlatformTiming;
  readonly #observer: ServiceObserver;
  /** Those that get no new request and finish what they have. */
  readonly #draining = new Set<Revision>();
  #serving: Revision | undefined;
  #canary: Revision | undefined;
  /** Whether what is beside has served before and is kept. */
  #isStandby = false;
  #isStandingStill = false;

  constructor(proxy: ReverseProxy, launcher: InstanceLauncher, timing: PlatformTiming, observer: ServiceObserver) {
    this.proxy = proxy;
    this.#launcher = launcher;
    this.#timing = timing;
    this.#observer = observer;
  }

  /** What serves, or is being brought back to serve. */
  get serving(): RevisionDescription | undefined {
    return this.#serving?.description;
  }

  /** What was switched from and is kept, or is being brought back to be. */
  get standby(): RevisionDescription | undefined {
    return this.#isStandby ? this.#canary?.description : undefined;
  }

  /** Whether it was stopped on purpose and answers nobody until it is started again. */
  get isStandingStill(): boolean {
    return this.#isStandingStill;
  }

  runs(digest: string, configurationFingerprint: string): boolean {
    return isRevision(this.#serving, digest, configurationFingerprint);
  }

  tries(digest: string, configurationFingerprint: string): boolean {
    return isRevision(this.#canary, digest, configurationFingerprint);
  }

  /** Brings back what served before the platform was stopped. */
  resume(description: RevisionDescription): void {
    this.#serving = new Revision(description, this.#launcher, this.#timing, this.#observer);
    this.proxy.shift(this.#serving);
    this.#serving.resume();
  }

  /** Brings back what was kept beside it. */
  resumeStandby(description: RevisionDescription): void {
    this.#canary = new Revision(description, this.#launcher, this.#timing, this.#observer);
    this.#isStandby = true;
    this.#canary.resume();
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
    await report('ready', description);
    await this.#shiftTo(next, report);
    return readiness;
  }

  /**
   * Starts a revision beside the one that serves; it gets no request before `share`. If it does not become ready, nothing
   * has changed.
   * @throws the signal's reason when it is aborted.
   */
  async startCanary(description: RevisionDescription, report: SwitchReport, signal: AbortSignal): Promise<Readiness> {
    await report('starting', description);
    const canary = new Revision(description, this.#launcher, this.#timing, this.#observer);
    const readiness = await canary.start(signal);
    if (!readiness.isReady) return readiness;
    this.#canary = canary;
    await report('ready', description);
    return readiness;
  }

  /** Sends the canary its share of the requests from now on; without a canary, nothing changes. */
  async share(percentage: number, counters: SideCounters, report: SwitchReport): Promise<void> {
    const canary = this.#canary;
    if (canary === undefined) return;
    this.proxy.shift(this.#serving, { canary, share: new ShareSequence(percentage), counters });
    await report('canary-ready', canary.description);
  }

  /** Gives the canary all requests, as `switchTo` does with a new instance. */
  async shiftToCanary(report: SwitchReport, signal: AbortSignal): Promise<Readiness> {
    const readiness = await this.untilCanaryReady(signal);
    const canary = this.#canary;
    if (!readiness.isReady || canary === undefined) return readiness;
    signal.throwIfAborted();
    this.#canary = undefined;
    this.#isStandby = false;
    await this.#shiftTo(canary, report);
    return readiness;
  }

  /**
   * What is beside gets every new request from this moment on, and what served is kept beside it: nothing waits, so that
   * several services switch as one. Without anything beside, nothing changes.
   * @returns what was switched to.
   */
  swap(): RevisionDescription | undefined {
    const [fresh, previous] = [this.#canary, this.#serving];
    if (fresh === undefined) return undefined;
    this.#isStandingStill = false;
    this.#serving = fresh;
    this.#canary = previous;
    this.#isStandby = previous !== undefined;
    this.proxy.shift(fresh);
    return fresh.description;
  }

  /**
   * Takes no new request, answers those it has, and stops every instance. The address stays and says that nobody is
   * there, so that whoever asks meanwhile is refused at once and counted.
   */
  async standStill(report: SwitchReport): Promise<void> {
    const running = [this.#serving, this.#canary].filter((revision) => revision !== undefined);
    this.#isStandingStill = true;
    this.#serving = undefined;
    this.#canary = undefined;
    this.#isStandby = false;
    this.proxy.shift(undefined);
    await Promise.all(running.map((revision) => this.#retire(revision, report)));
  }

  /** The canary gets no new request from now on. */
  stopSharing(): void {
    if (this.#canary !== undefined) this.proxy.shift(this.#serving);
  }

  /** Takes the canary back, or stops what was kept; what serves beside it goes on. */
  async endCanary(report: SwitchReport): Promise<void> {
    const canary = this.#canary;
    if (canary === undefined) return;
    const wasTried = !this.#isStandby;
    this.stopSharing();
    this.#draining.add(canary);
    this.#canary = undefined;
    this.#isStandby = false;
    if (wasTried) await report('canary-ended', canary.description);
    await this.#retire(canary, report);
  }

  /** Waits until what serves is ready, as an unchanged service of a new generation must be. */
  untilReady(signal: AbortSignal): Promise<Readiness> {
    return this.#untilReady(() => this.#serving, signal);
  }

  untilCanaryReady(signal: AbortSignal): Promise<Readiness> {
    return this.#untilReady(() => this.#canary, signal);
  }

  async #untilReady(revision: () => Revision | undefined, signal: AbortSignal): Promise<Readiness> {
    const deadline = performance.now() + this.#timing.startupTimeoutSeconds * 1000;
    while (revision()?.isReady !== true) {
      signal.throwIfAborted();
      if (performance.now() >= deadline) {
        return { isReady: false, reason: `not ready after ${describeSeconds(this.#timing.startupTimeoutSeconds)}` };
      }
      await delay(readinessPollSeconds * 1000, undefined, { signal });
    }
    return { isReady: true };
  }

  async stop(report: SwitchReport): Promise<void> {
    this.proxy.refuseConnections();
    const running = [this.#serving, this.#canary].filter((revision) => revision !== undefined);
    await Promise.all(running.map((revision) => this.#retire(revision, report)));
    this.#serving = undefined;
    this.#canary = undefined;
    this.#isStandby = false;
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

  /** Every process that answers requests of the service now. */
  processes(): readonly ServiceProcess[] {
    const answering = new Set([this.#serving, this.#canary, ...this.#draining]);
    return [...answering].flatMap((revision) => revision?.process ?? []);
  }

  /** Being brought up for the first time: not there yet, but not lost either. */
  get isStarting(): boolean {
    return this.#serving !== undefined && this.#serving.process === undefined && this.#serving.restarts === 0;
  }

  /** What runs beside and is reached by its own address alone. */
  beside(): ServiceStatus | undefined {
    const revision = this.#canary;
    if (revision === undefined) return undefined;
    const { process, upstream, isReady, restarts, description } = revision;
    const digest = upstream === undefined ? undefined : description.digest;
    const url = process === undefined ? this.proxy.url : `http://${loopbackHost}:${String(process.port)}`;
    return { name: this.proxy.service, digest, isReady, url, restarts };
  }

  get canary(): CanaryInstance | undefined {
    const canary = this.#canary;
    if (canary === undefined) return undefined;
    return { isReady: canary.isReady, restarts: canary.restarts };
  }

  /** From the first line on the shift is made; the rest only follows it. */
  async #shiftTo(next: Revision, report: SwitchReport): Promise<void> {
    const previous = this.#serving;
    if (previous !== undefined) this.#draining.add(previous);
    this.#serving = next;
    this.#isStandingStill = false;
    this.proxy.shift(next);
    await report('shifted', next.description);
    if (previous !== undefined) await this.#retire(previous, report);
  }

  async #retire(revision: Revision, report: SwitchReport): Promise<void> {
    this.#draining.add(revision);
    const unfinished = await revision.drain();
    this.#draining.delete(revision);
    if (revision.process !== undefined) await this.#observer.onFinished(this.proxy.service, revision.process);
    await report(
      'drained',
      revision.description,
      unfinished === 0 ? undefined : `${String(unfinished)} requests did not end in time and were cut off`,
    );
    await revision.retire();
    await report('stopped', revision.description);
  }
}

function isRevision(revision: Revision | undefined, digest: string, configurationFingerprint: string): boolean {
  const description = revision?.description;
  return description?.digest === digest && description.configuration.fingerprint === configurationFingerprint;
}
