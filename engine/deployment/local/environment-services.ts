import type { Clock } from '../../workflow/clock.ts';
import type { ConfigurationRepository } from '../../configuration/configuration-repository.ts';
import { ConfigurationValues } from './configuration-values.ts';
import type { DeploymentRecord } from './deployment-record.ts';
import { DeploymentLog, type DeploymentEvent } from './deployment-log.ts';
import { readEnvironmentSettings } from './environment-settings.ts';
import { InstanceLauncher, type OpenImage, type RevisionDescription } from './instance-launcher.ts';
import type { LoopbackPorts } from './loopback-ports.ts';
import type { PlatformTiming } from './platform-timing.ts';
import { PortRegister } from './port-register.ts';
import { ProcessRegister } from './process-register.ts';
import { ReverseProxy } from './reverse-proxy.ts';
import type { RevisionObserver } from './revision.ts';
import { RoutedService, type SwitchReport } from './routed-service.ts';
import { readServing, writeServing } from './serving-record.ts';
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
  /** Told of failures that stop nothing: a log that cannot be written, a file that cannot be read. */
  readonly onError: (error: unknown) => void;
}

/** The services that run in one environment, and the moves that bring them to what is desired. */
export class EnvironmentServices {
  readonly log: DeploymentLog;
  readonly #folder: string;
  readonly #resources: PlatformResources;
  readonly #ports: PortRegister;
  readonly #values: ConfigurationValues;
  readonly #launcher: InstanceLauncher;
  readonly #observer: RevisionObserver;
  readonly #services = new Map<string, RoutedService>();
  #traffic = new TrafficCounter();
  #generation = 0;

  private constructor(
    folder: string,
    resources: PlatformResources,
    parts: { readonly log: DeploymentLog; readonly ports: PortRegister; readonly register: ProcessRegister },
    onChange: () => void,
  ) {
    this.#folder = folder;
    this.#resources = resources;
    this.log = parts.log;
    this.#ports = parts.ports;
    this.#values = new ConfigurationValues(folder, resources.configuration);
    this.#launcher = new InstanceLauncher(folder, resources.openImage, resources.ports, parts.register);
    this.#observer = {
      onChange,
      onRestart: (revision, reason) => {
        this.#record('restarted', revision, reason).catch(resources.onError);
      },
    };
  }

  /** Stops what an earlier platform left running in the environment, then begins with nothing. */
  static async open(folder: string, resources: PlatformResources, onChange: () => void): Promise<EnvironmentServices> {
    const register = new ProcessRegister(folder);
    await register.stopLeftovers(resources.timing.stopGraceSeconds);
    const log = await DeploymentLog.open(folder, resources.clock);
    const ports = await PortRegister.open(folder, resources.ports);
    return new EnvironmentServices(folder, resources, { log, ports, register }, onChange);
  }

  get traffic(): TrafficCounter {
    return this.#traffic;
  }

  /** From now on events and traffic belong to this generation. */
  begin(generation: number, traffic: TrafficCounter): void {
    this.#generation = generation;
    this.#traffic = traffic;
    for (const { proxy } of this.#services.values()) proxy.count(traffic);
  }

  find(service: string): RoutedService | undefined {
    return this.#services.get(service);
  }

  /** Brings back what served when the platform ended; each service comes up by itself, tried until it does. */
  async resume(signal: AbortSignal): Promise<void> {
    for (const serving of await readServing(this.#folder)) {
      try {
        const { valuesPath } = await readEnvironmentSettings(this.#folder);
        const configuration = await this.#values.at(serving.configurationCommit, valuesPath, signal);
        const routed = await this.#route(serving.service);
        routed.resume({ ...serving, configuration });
      } catch (error) {
        this.#resources.onError(error);
      }
    }
  }

  /**
   * Brings the services, one after the other in the order listed, to what is desired.
   * @returns why it could not be reached, or undefined when it was.
   * @throws the signal's reason when it is aborted; no service is left half switched.
   */
  async converge({ desired }: DeploymentRecord, signal: AbortSignal): Promise<string | undefined> {
    const { valuesPath } = await readEnvironmentSettings(this.#folder);
    const configuration = await this.#values.at(desired.configurationCommit, valuesPath, signal);
    for (const { name } of desired.services) await this.#route(name);
    for (const { repository, digest } of desired.services) await this.#launcher.prepare(repository, digest, signal);
    for (const { name, repository, digest } of desired.services) {
      signal.throwIfAborted();
      const routed = await this.#route(name);
      const readiness = routed.runs(digest, configuration.fingerprint)
        ? await routed.untilReady(signal)
        : await routed.switchTo(
            {
              service: name,
              repository,
              digest,
              release: desired.release,
              configurationCommit: desired.configurationCommit,
              configuration,
            },
            this.#report,
            signal,
          );
      if (!readiness.isReady) return `${name}: ${readiness.reason}`;
    }
    await this.#stopOthers(new Set(desired.services.map(({ name }) => name)));
    return undefined;
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
    const serving = [...this.#services.values()].flatMap((routed) => routed.serving ?? []);
    await writeServing(this.#folder, serving).catch(this.#resources.onError);
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
