import type { Clock } from '../../workflow/clock.ts';
import type { DesiredDeployment } from '../deployment-target.ts';
import type { ConfigurationRepository } from '../../configuration/configuration-repository.ts';
import { ConfigurationValues } from './configuration-values.ts';
import type { DeploymentRecord } from './deployment-record.ts';
import { DeploymentLog, type DeploymentEvent } from './deployment-log.ts';
import { readEnvironmentSettings } from './environment-settings.ts';
import type { ReadAlertRules } from './environment-monitor.ts';
import { InstanceLauncher, type OpenImage, type RevisionDescription } from './instance-launcher.ts';
import type { LoopbackPorts } from './loopback-ports.ts';
import type { PlatformTiming } from './platform-timing.ts';
import type { Readiness } from './readiness.ts';
import { PortRegister } from './port-register.ts';
import { ProcessRegister } from './process-register.ts';
import { ReverseProxy } from './reverse-proxy.ts';
import { RoutedService, type ServiceObserver, type SwitchReport } from './routed-service.ts';
import { readServing, readStandby, writeServing, type ServingRecord } from './serving-record.ts';
import type { ServiceState } from './service-sampler.ts';
import { SideCounter, type SideCounters } from './side-counter.ts';
import type { CanaryRecord, ServiceRecord } from './status-record.ts';
import { TrafficCounter } from './traffic-counter.ts';

/** What the environments of one platform share. */
export interface PlatformResources {
  /** Names this life of the platform. */
  readonly platform: string;
  readonly openImage: OpenImage;
  readonly ports: LoopbackPorts;
  readonly configuration: Pick<ConfigurationRepository, 'read'>;
  readonly timing: PlatformTiming;
  readonly clock: Clock;
  readonly alertRules: ReadAlertRules;
  /** Told of failures that stop nothing: a log that cannot be written, a file that cannot be read. */
  readonly onError: (error: unknown) => void;
}

/** Told of what happens in an environment while it is moved, and while it is not. */
export type EnvironmentObserver = Pick<ServiceObserver, 'onChange' | 'onFinished'>;

/** The services that run in one environment, and the moves that bring them to what is desired. */
export class EnvironmentServices {
  readonly log: DeploymentLog;
  readonly #folder: string;
  readonly #resources: PlatformResources;
  readonly #ports: PortRegister;
  readonly #values: ConfigurationValues;
  readonly #launcher: InstanceLauncher;
  readonly #observer: ServiceObserver;
  readonly #services = new Map<string, RoutedService>();
  readonly #restarts = new Map<string, number>();
  #traffic = new TrafficCounter();
  #sides = new Map<string, SideCounters>();
  #generation = 0;

  private constructor(
    folder: string,
    resources: PlatformResources,
    parts: { readonly log: DeploymentLog; readonly ports: PortRegister; readonly register: ProcessRegister },
    observer: EnvironmentObserver,
  ) {
    this.#folder = folder;
    this.#resources = resources;
    this.log = parts.log;
    this.#ports = parts.ports;
    this.#values = new ConfigurationValues(folder, resources.configuration);
    this.#launcher = new InstanceLauncher(folder, resources.openImage, resources.ports, parts.register);
    this.#observer = {
      ...observer,
      onRestart: (revision, reason) => {
        this.#restarts.set(revision.service, this.#restartsOf(revision.service) + 1);
        this.#record('restarted', revision, reason).catch(resources.onError);
      },
    };
  }

  /** Stops what an earlier platform left running in the environment, then begins with nothing. */
  static async open(
    folder: string,
    resources: PlatformResources,
    observer: EnvironmentObserver,
  ): Promise<EnvironmentServices> {
    const register = new ProcessRegister(folder);
    await register.stopLeftovers(resources.timing.stopGraceSeconds);
    const log = await DeploymentLog.open(folder, resources.clock);
    const ports = await PortRegister.open(folder, resources.ports);
    return new EnvironmentServices(folder, resources, { log, ports, register }, observer);
  }

  get traffic(): TrafficCounter {
    return this.#traffic;
  }

  /**
   * From now on events and traffic belong to this generation.
   * @param canary what was counted of its canary before.
   */
  begin(generation: number, traffic: TrafficCounter, canary?: CanaryRecord): void {
    this.#generation = generation;
    this.#traffic = traffic;
    this.#sides = new Map(canary?.services.map((service) => [service.name, countersOf(service)]));
    for (const { proxy } of this.#services.values()) proxy.count(traffic);
  }

  find(service: string): RoutedService | undefined {
    return this.#services.get(service);
  }

  /** What there is to watch: every service that serves, or should. */
  states(): ReadonlyMap<string, ServiceState> {
    const watched = [...this.#services].filter(
      ([, routed]) => routed.isStandingStill || (routed.serving !== undefined && !routed.isStarting),
    );
    return new Map(
      watched.map(([name, routed]) => {
        const instances = routed.processes().map(({ token, pid, port }) => ({ token, pid, port }));
        const { isReady } = routed.status();
        const { unanswered } = routed.proxy;
        return [name, { instances, isReady, restarts: this.#restartsOf(name), unanswered }];
      }),
    );
  }

  #restartsOf(service: string): number {
    return this.#restarts.get(service) ?? 0;
  }

  /** Brings back what served when the platform ended; each service comes up by itself, tried until it does. */
  async resume(signal: AbortSignal): Promise<void> {
    const bringBack = async (record: ServingRecord, as: 'resume' | 'resumeStandby'): Promise<void> => {
      try {
        const { valuesPath } = await readEnvironmentSettings(this.#folder);
        const configuration = await this.#values.at(record.configurationCommit, valuesPath, signal);
        const routed = await this.#route(record.service);
        routed[as]({ ...record, configuration });
      } catch (error) {
        this.#resources.onError(error);
      }
    };
    const serving = await readServing(this.#folder);
    for (const record of serving) await bringBack(record, 'resume');
    // A platform that ended between its two files may have left the same instance in both.
    const isServing = ({ service, digest, configurationCommit }: ServingRecord): boolean =>
      serving.some(
        (each) =>
          each.service === service && each.digest === digest && each.configurationCommit === configurationCommit,
      );
    for (const record of await readStandby(this.#folder)) {
      if (!isServing(record)) await bringBack(record, 'resumeStandby');
    }
  }

  /** What runs without getting requests. */
  beside(): readonly ServiceRecord[] {
    return [...this.#services.values()].flatMap((routed) => {
      const found = routed.beside();
      if (found === undefined) return [];
      const { digest, ...rest } = found;
      return [digest === undefined ? rest : { ...rest, digest }];
    });
  }

  /** What is observed of the canaries of a desired state; what was counted stays while an instance is brought back. */
  canary(percentage: number, { services }: DesiredDeployment): CanaryRecord {
    return {
      percentage,
      services: services.flatMap(({ name, digest }) => {
        const counters = this.#sides.get(name);
        if (counters === undefined) return [];
        const { isReady, restarts } = this.#services.get(name)?.canary ?? { isReady: false, restarts: 0 };
        const [canary, baseline] = [counters.canary.counted, counters.baseline.counted];
        return [{ name, digest, isReady, restarts, canary, baseline }];
      }),
    };
  }

  /**
   * Brings the services, one after the other in the order listed, to what is desired. When that cannot be reached, nothing
   * of it is left beside what serves.
   * @returns why it could not be reached, or undefined when it was.
   * @throws the signal's reason when it is aborted; no service is left half switched.
   */
  async converge({ desired }: DeploymentRecord, signal: AbortSignal): Promise<string | undefined> {
    // What was switched from is no part of what failed: it is what everything can still go back to.
    const isOfTheFailed = (routed: RoutedService): boolean => routed.standby === undefined;
    try {
      const failure = await this.#converge(desired, signal);
      if (failure !== undefined) await this.#endCanaries(isOfTheFailed);
      return failure;
    } catch (error) {
      if (!signal.aborted) await this.#endCanaries(isOfTheFailed);
      throw error;
    }
  }

  async #converge(desired: DesiredDeployment, signal: AbortSignal): Promise<string | undefined> {
    const { release, configurationCommit, canaryPercentage, stage } = desired;
    if (stage === 'stopped') return this.#standStill(desired);
    const { valuesPath } = await readEnvironmentSettings(this.#folder);
    const configuration = await this.#values.at(configurationCommit, valuesPath, signal);
    const revisions = desired.services.map(({ name, ...image }): RevisionDescription => ({
      service: name,
      ...image,
      release,
      configurationCommit,
      configuration,
    }));
    // First of all: nobody waits for images while a bad release answers.
    const { fingerprint } = configuration;
    await this.#endCanaries((routed) => {
      const revision = revisions.find(({ service }) => service === routed.proxy.service);
      if (revision === undefined || routed.tries(revision.digest, fingerprint)) return revision === undefined;
      return !(stage === 'switched' && routed.runs(revision.digest, fingerprint));
    });
    for (const { service } of revisions) await this.#route(service);
    const isWhole = canaryPercentage === undefined && stage === undefined;
    const isThere = revisions.every(({ service, digest }) => {
      const routed = this.#services.get(service);
      return routed !== undefined && (routed.runs(digest, fingerprint) || routed.tries(digest, fingerprint));
    });
    if (isWhole && isThere) {
      const failure = await this.#switchAtOnce(revisions, signal);
      if (failure !== undefined) return failure;
      await this.#endCanaries(({ standby }) => standby !== undefined);
    } else {
      const failure = await this.#bringEach(revisions, isWhole ? this.#bringWhole : this.#bringBeside, signal);
      if (failure !== undefined) return failure;
    }
    if (canaryPercentage !== undefined) await this.#share(canaryPercentage);
    if (stage === 'switched') {
      const failure = await this.#switchAtOnce(revisions, signal);
      await this.#recordKept();
      return failure;
    }
    // What only the old release has is still needed by its instances while they are there.
    if (isWhole) await this.#stopOthers(new Set(revisions.map(({ service }) => service)));
    return undefined;
  }

  async #bringEach(
    revisions: readonly RevisionDescription[],
    bring: (routed: RoutedService, revision: RevisionDescription, signal: AbortSignal) => Promise<Readiness>,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    for (const { repository, digest } of revisions) await this.#launcher.prepare(repository, digest, signal);
    for (const revision of revisions) {
      signal.throwIfAborted();
      const readiness = await bring(await this.#route(revision.service), revision, signal);
      if (!readiness.isReady) return `${revision.service}: ${readiness.reason}`;
    }
    return undefined;
  }

  /**
   * Every service that has its revision beside it switches to that one in the same moment, once all of them are ready;
   * what served is kept beside it.
   */
  async #switchAtOnce(revisions: readonly RevisionDescription[], signal: AbortSignal): Promise<string | undefined> {
    const waiting: RoutedService[] = [];
    for (const { service, digest, configuration } of revisions) {
      const routed = await this.#route(service);
      const isServing = routed.runs(digest, configuration.fingerprint);
      const readiness = isServing ? await routed.untilReady(signal) : await routed.untilCanaryReady(signal);
      if (!readiness.isReady) return `${service}: ${readiness.reason}`;
      if (!isServing) waiting.push(routed);
    }
    signal.throwIfAborted();
    const shifted = waiting.flatMap((routed) => routed.swap() ?? []);
    for (const revision of shifted) await this.#report('shifted', revision);
    return undefined;
  }

  async #recordKept(): Promise<void> {
    for (const { standby } of this.#services.values()) if (standby !== undefined) await this.#record('kept', standby);
  }

  /** Stops everything, those first that call others; what asks meanwhile is refused. */
  async #standStill({ services }: DesiredDeployment): Promise<undefined> {
    for (const { name } of services) await this.#route(name);
    for (const routed of [...this.#services.values()].toReversed()) await routed.standStill(this.#report);
    await this.#remember();
  }

  readonly #bringWhole = async (
    routed: RoutedService,
    revision: RevisionDescription,
    signal: AbortSignal,
  ): Promise<Readiness> => {
    const { digest, configuration } = revision;
    if (routed.runs(digest, configuration.fingerprint)) return routed.untilReady(signal);
    if (routed.tries(digest, configuration.fingerprint)) return routed.shiftToCanary(this.#report, signal);
    return routed.switchTo(revision, this.#report, signal);
  };

  readonly #bringBeside = async (
    routed: RoutedService,
    revision: RevisionDescription,
    signal: AbortSignal,
  ): Promise<Readiness> => {
    const { digest, configuration } = revision;
    if (routed.serving === undefined || routed.runs(digest, configuration.fingerprint)) {
      return this.#bringWhole(routed, revision, signal);
    }
    const readiness = routed.tries(digest, configuration.fingerprint)
      ? await routed.untilCanaryReady(signal)
      : await routed.startCanary(revision, this.#report, signal);
    // When a platform starts again, the old instance may come up later; the canary must not get its share until then.
    if (readiness.isReady) await routed.untilReady(signal);
    return readiness;
  };

  /** All at once, when every canary is ready: a release that does not come up is met by nobody. */
  async #share(percentage: number): Promise<void> {
    const tried = [...this.#services.values()].filter(({ canary }) => canary !== undefined);
    await Promise.all(
      tried.map((routed) => routed.share(percentage, this.#countersFor(routed.proxy.service), this.#report)),
    );
  }

  /** Those that are kept as well. All of them lose their share before the first one is waited for. */
  async #endCanaries(isOver: (routed: RoutedService) => boolean): Promise<void> {
    const over = [...this.#services.values()].filter(isOver);
    const wasKept = over.some(({ standby }) => standby !== undefined);
    for (const routed of over) routed.stopSharing();
    await Promise.all(over.map((routed) => routed.endCanary(this.#report)));
    if (wasKept) await this.#remember();
  }

  #countersFor(service: string): SideCounters {
    const known = this.#sides.get(service);
    if (known !== undefined) return known;
    const counters = { canary: new SideCounter(), baseline: new SideCounter() };
    this.#sides.set(service, counters);
    return counters;
  }

  /** Stops every service; what served is remembered for the next life. */
  async stop(): Promise<void> {
    await Promise.all([...this.#services.values()].map((routed) => routed.stop(this.#report)));
  }

  async #stopOthers(wanted: ReadonlySet<string>): Promise<void> {
    for (const [name, routed] of [...this.#services]) {
      if (wanted.has(name)) continue;
      await routed.stop(this.#report);
      this.#services.delete(name);
      await this.#remember();
    }
  }

  async #route(service: string): Promise<RoutedService> {
    const known = this.#services.get(service);
    if (known !== undefined) return known;
    const settings = await readEnvironmentSettings(this.#folder);
    const port = await this.#ports.portOf(service, settings.ports[service]);
    const proxy = await ReverseProxy.listen(service, port, this.#traffic);
    const routed = new RoutedService(proxy, this.#launcher, this.#resources.timing, this.#observer);
    this.#services.set(service, routed);
    return routed;
  }

  readonly #report: SwitchReport = async (event, revision, message) => {
    if (event === 'shifted') await this.#remember();
    await this.#record(event, revision, message);
    this.#observer.onChange();
  };

  /** A failure is reported and stops nothing: half a switch would be worse than a gap in its record. */
  async #remember(): Promise<void> {
    const services = [...this.#services.values()];
    const serving = services.flatMap((routed) => routed.serving ?? []);
    const standby = services.flatMap((routed) => routed.standby ?? []);
    await writeServing(this.#folder, serving, standby).catch(this.#resources.onError);
  }

  async #record(event: DeploymentEvent['event'], revision: RevisionDescription, message?: string): Promise<void> {
    const { service, digest } = revision;
    const line = {
      generation: this.#generation,
      event,
      service,
      digest,
      ...(message === undefined ? {} : { message }),
    };
    await this.log.add(line).catch(this.#resources.onError);
  }
}

function countersOf({ canary, baseline }: CanaryRecord['services'][number]): SideCounters {
  return {
    canary: new SideCounter(canary.requests, canary.failed, canary.responseTimeMs),
    baseline: new SideCounter(baseline.requests, baseline.failed, baseline.responseTimeMs),
  };
}
