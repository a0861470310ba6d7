import { setTimeout as delay } from 'node:timers/promises';
import { readAlerts, writeAlerts } from '../../metrics/local/alert-record.ts';
import { alertWindowSeconds, judgeAlerts, type AlertRules } from '../../metrics/local/judge-alerts.ts';
import { endOf, type Sample } from '../../metrics/local/sample.ts';
import { SampleHistory } from '../../metrics/local/sample-history.ts';
import type { Alert } from '../../metrics/metrics-source.ts';
import type { Clock } from '../../workflow/clock.ts';
import type { PlatformTiming } from './platform-timing.ts';
import { readProcessUsage } from './process-usage.ts';
import { scrapeMetrics } from './scrape-metrics.ts';
import { ServiceSampler, type SampledInstance, type ServiceState } from './service-sampler.ts';

/** What is promised of an environment; undefined where nobody says, and then nobody is alerted. */
export type ReadAlertRules = (environment: string) => Promise<AlertRules | undefined>;

export interface EnvironmentMonitorOptions {
  /** The environment's own; its name is the environment's. */
  readonly folder: string;
  readonly environment: string;
  readonly timing: PlatformTiming;
  readonly clock: Clock;
  readonly alertRules: ReadAlertRules;
  readonly onError: (error: unknown) => void;
}

/** A pause that is this many times as long as it should be, a machine that slept, is not watched time. */
const mostIntervals = 2;
/** How old the file that says when alerts were last judged may be. */
const alertsWrittenEverySeconds = 10;

/** Watches the services of one environment: samples them every few seconds, and judges whether to alert. */
export class EnvironmentMonitor {
  readonly #options: EnvironmentMonitorOptions;
  readonly #history: SampleHistory;
  readonly #samplers = new Map<string, ServiceSampler>();
  readonly #recent = new Map<string, Sample[]>();
  readonly #stopping = new AbortController();
  #alerts: readonly Alert[] = [];
  #writtenAlerts: { readonly text: string; readonly at: number } | undefined;
  #lastLook = performance.now();
  #watching: Promise<void> = Promise.resolve();
  #turn: Promise<void> = Promise.resolve();

  constructor(options: EnvironmentMonitorOptions) {
    this.#options = options;
    this.#history = new SampleHistory(options.folder);
  }

  /** @param look what the platform knows of each service now; a service that is left out is not watched. */
  start(look: () => ReadonlyMap<string, ServiceState>): void {
    this.#watching = this.#watch(look);
  }

  /** Returns when nothing is written any more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#watching;
  }

  /** Takes what a process has still to tell before it is stopped. */
  async takeLeave(service: string, instance: SampledInstance): Promise<void> {
    await this.#samplerOf(service).takeLeave(instance).catch(this.#options.onError);
  }

  /**
   * Looks once, over a time that has passed at once because the clock was moved, and judges whether to alert by the new
   * time. What happened in between is what was there before and after.
   */
  passTime(states: ReadonlyMap<string, ServiceState>, seconds: number): Promise<void> {
    return this.#inTurn(async () => {
      await this.#sample(states, seconds);
      this.#writtenAlerts = undefined;
      await this.#judge();
    });
  }

  async #watch(look: () => ReadonlyMap<string, ServiceState>): Promise<void> {
    const { timing, onError } = this.#options;
    await this.#resume().catch(onError);
    this.#lastLook = performance.now();
    while (!this.#stopping.signal.aborted) {
      await delay(timing.metricsIntervalSeconds * 1000, undefined, { signal: this.#stopping.signal }).catch(
        () => undefined,
      );
      await this.#inTurn(() => this.#look(look())).catch(onError);
    }
  }

  /** Goes on with what an earlier life of the platform knew. */
  async #resume(): Promise<void> {
    this.#alerts = (await readAlerts(this.#options.folder)).alerts;
    for (const service of await this.#history.services()) {
      this.#recent.set(service, [...(await this.#history.read(service))]);
    }
    this.#forgetOld();
  }

  async #look(states: ReadonlyMap<string, ServiceState>): Promise<void> {
    const { timing } = this.#options;
    const elapsed = (performance.now() - this.#lastLook) / 1000;
    this.#lastLook = performance.now();
    const seconds = Math.round(Math.min(elapsed, timing.metricsIntervalSeconds * mostIntervals) * 1000) / 1000;
    if (!(seconds > 0)) return;
    await this.#sample(states, seconds);
    await this.#judge();
  }

  async #sample(states: ReadonlyMap<string, ServiceState>, seconds: number): Promise<void> {
    const { clock } = this.#options;
    await Promise.all(
      [...states].map(async ([service, state]) => {
        const sample = await this.#samplerOf(service).sample(state, clock.now(), seconds);
        this.#recent.set(service, [...(this.#recent.get(service) ?? []), sample]);
        await this.#history.add(service, sample, clock.now());
      }),
    );
    this.#forgetOld();
  }

  /** One look after the other, so that their samples lie one after the other. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async #judge(): Promise<void> {
    const { clock, environment, folder, alertRules } = this.#options;
    const rules = await alertRules(environment);
    if (rules === undefined) return;
    const now = clock.now();
    this.#alerts = judgeAlerts(this.#recent, rules, this.#alerts, now);
    const text = JSON.stringify(this.#alerts.map(({ detail: _changesAllTheTime, ...alert }) => alert));
    const written = this.#writtenAlerts;
    const isFresh = written !== undefined && performance.now() - written.at < alertsWrittenEverySeconds * 1000;
    if (isFresh && written.text === text) return;
    await writeAlerts(folder, now, this.#alerts);
    this.#writtenAlerts = { text, at: performance.now() };
  }

  #forgetOld(): void {
    const oldest = this.#options.clock.now().getTime() - alertWindowSeconds * 1000;
    for (const [service, samples] of this.#recent) {
      const kept = samples.filter((sample) => endOf(sample) >= oldest);
      if (kept.length === 0) this.#recent.delete(service);
      else this.#recent.set(service, kept);
    }
  }

  #samplerOf(service: string): ServiceSampler {
    const known = this.#samplers.get(service);
    if (known !== undefined) return known;
    const { probeTimeoutSeconds } = this.#options.timing;
    const sampler = new ServiceSampler({
      scrape: (port) => scrapeMetrics(port, probeTimeoutSeconds),
      usage: readProcessUsage,
    });
    this.#samplers.set(service, sampler);
    return sampler;
  }
}
