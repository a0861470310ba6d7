import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeploymentStage } from '../deployment-target.ts';
import { deploymentFile, deploymentRecordSchema, type DeploymentRecord } from './deployment-record.ts';
import { EnvironmentMonitor } from './environment-monitor.ts';
import { EnvironmentServices, type PlatformResources } from './environment-services.ts';
import { readEnvironmentVariables } from './environment-settings.ts';
import { readRecord } from './record-file.ts';
import { readServing } from './serving-record.ts';
import { StatusPublisher } from './status-publisher.ts';
import { emptyStatus, statusFile, statusRecordSchema, type StatusRecord } from './status-record.ts';
import { writeVariableNames } from './variable-names.ts';
import { TrafficCounter } from './traffic-counter.ts';
import { causeText } from '../../wording/cause-text.ts';

type Progress = Pick<StatusRecord, 'generation' | 'observedGeneration' | 'phase' | 'message'>;

/** Acts on one environment's desired state whenever it changes, and publishes what it observes. */
export class EnvironmentReconciler {
  readonly #folder: string;
  readonly #resources: PlatformResources;
  readonly #publisher: StatusPublisher;
  readonly #services: EnvironmentServices;
  readonly #monitor: EnvironmentMonitor;
  readonly #stopping = new AbortController();
  #progress: Progress = { generation: 0, observedGeneration: 0, phase: 'empty' };
  #desired: DeploymentRecord | undefined;
  /** The generation that needs no more work. */
  #settledGeneration = 0;
  #rollout: { readonly generation: number; readonly abort: AbortController } | undefined;
  #acceptedStage: DeploymentStage | undefined;
  #problemWithVariables: string | undefined;
  #wake = Promise.withResolvers<undefined>();
  #work: Promise<void> = Promise.resolve();

  private constructor(
    folder: string,
    resources: PlatformResources,
    parts: {
      readonly services: EnvironmentServices;
      readonly publisher: StatusPublisher;
      readonly monitor: EnvironmentMonitor;
    },
  ) {
    this.#folder = folder;
    this.#resources = resources;
    this.#services = parts.services;
    this.#publisher = parts.publisher;
    this.#monitor = parts.monitor;
  }

  /** Stops what an earlier platform left running there, brings back what served, and goes on where that one ended. */
  static async start(folder: string, resources: PlatformResources): Promise<EnvironmentReconciler> {
    const publisher = new StatusPublisher(folder, resources.onError);
    const monitor = new EnvironmentMonitor({ folder, environment: basename(folder), ...resources });
    const services = await EnvironmentServices.open(folder, resources, {
      onChange() {
        publisher.request();
      },
      onFinished: (service, process) => monitor.takeLeave(service, process),
    });
    const reconciler = new EnvironmentReconciler(folder, resources, { services, publisher, monitor });
    await reconciler.#begin();
    return reconciler;
  }

  /** Looks at the desired state; a newer generation supersedes the one that is being rolled out. */
  async notice(): Promise<void> {
    await this.#nameVariables();
    const desired = await readRecord(join(this.#folder, deploymentFile), deploymentRecordSchema);
    if (desired === undefined || desired.generation === this.#desired?.generation) return;
    this.#desired = desired;
    if (this.#rollout !== undefined && this.#rollout.generation !== desired.generation) {
      this.#rollout.abort.abort(new Error(`superseded by generation ${String(desired.generation)}`));
    }
    this.#wake.resolve(undefined);
  }

  /** Says which variables there are to those who must not see what is in them. */
  async #nameVariables(): Promise<void> {
    try {
      await writeVariableNames(this.#folder, await readEnvironmentVariables(this.#folder));
      this.#problemWithVariables = undefined;
    } catch (error) {
      // It is looked at again and again, and told once.
      const problem = String(error);
      if (problem !== this.#problemWithVariables) this.#resources.onError(error);
      this.#problemWithVariables = problem;
    }
  }

  passTime(seconds: number): Promise<void> {
    return this.#monitor.passTime(this.#services.states(), seconds);
  }

  /** Drains and stops every service. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('the platform is stopping'));
    this.#rollout?.abort.abort(this.#stopping.signal.reason);
    this.#wake.resolve(undefined);
    await this.#work;
    await this.#monitor.stop();
    await this.#services.stop();
    await this.#publisher.stop();
  }

  async #begin(): Promise<void> {
    const before = (await this.#statusOfEarlierLife()) ?? emptyStatus;
    const { requests, failed } = before.traffic;
    const { platform: _earlierLife, services: _ofThen, traffic: _countedOn, canary, ...progress } = before;
    this.#progress = { ...progress, phase: before.phase === 'available' ? 'progressing' : before.phase };
    // A release that failed is not tried again by itself; one that was available must prove to be so once more.
    if (before.phase === 'failed') this.#settledGeneration = before.observedGeneration;
    this.#services.begin(before.generation, new TrafficCounter(requests, failed), canary);
    await this.#services.resume(this.#stopping.signal);
    this.#publisher.start(() => this.#status(), this.#resources.timing.statusIntervalSeconds);
    this.#monitor.start(() => this.#services.states());
    this.#work = this.#run();
  }

  /** A status file that cannot be read is made anew: everything in it is an observation. */
  async #statusOfEarlierLife(): Promise<StatusRecord | undefined> {
    try {
      return await readRecord(join(this.#folder, statusFile), statusRecordSchema);
    } catch (error) {
      this.#resources.onError(error);
      return undefined;
    }
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#wake = Promise.withResolvers();
      if (this.#desired === undefined || this.#desired.generation === this.#settledGeneration) await this.#rest();
      else await this.#rollOut(this.#desired);
    }
  }

  /** Waits for something to do. What served before and could not come back is tried until it does. */
  async #rest(): Promise<void> {
    if (this.#desired === undefined || !(await this.#hasToComeBack(this.#desired))) {
      await this.#wake.promise;
      return;
    }
    const pause = new AbortController();
    const time = sleep(this.#resources.timing.comeBackIntervalSeconds * 1000, false, { signal: pause.signal });
    const isWoken = await Promise.race([this.#wake.promise.then(() => true), time.catch(() => false)]);
    pause.abort();
    if (!isWoken) await this.#comeBack(this.#desired);
  }

  /** Whether a desired state failed that had served whole: a port was taken, say, while the platform started again. */
  async #hasToComeBack({ generation, desired }: DeploymentRecord): Promise<boolean> {
    if (this.#progress.phase !== 'failed' || this.#progress.observedGeneration !== generation) return false;
    if (desired.canaryPercentage !== undefined || desired.stage !== undefined) return false;
    const serving = await readServing(this.#folder).catch(() => []);
    return desired.services.every(({ name, digest }) =>
      serving.some(
        (each) =>
          each.service === name && each.digest === digest && each.configurationCommit === desired.configurationCommit,
      ),
    );
  }

  async #comeBack(record: DeploymentRecord): Promise<void> {
    const abort = new AbortController();
    this.#rollout = { generation: record.generation, abort };
    try {
      const reason = await this.#services.converge(record, abort.signal).catch(messageOf);
      // That it still fails for the same reason was told.
      if (abort.signal.aborted || (reason !== undefined && reason === this.#progress.message)) return;
      await this.#settle(record.generation, reason);
    } finally {
      this.#rollout = undefined;
    }
  }

  async #rollOut(record: DeploymentRecord): Promise<void> {
    const abort = new AbortController();
    this.#rollout = { generation: record.generation, abort };
    try {
      await this.#accept(record);
      const reason = await this.#services.converge(record, abort.signal);
      if (!abort.signal.aborted) await this.#settle(record.generation, reason);
    } catch (error) {
      if (abort.signal.aborted) return;
      await this.#settle(record.generation, messageOf(error));
    } finally {
      this.#rollout = undefined;
    }
  }

  async #accept({ generation, desired }: DeploymentRecord): Promise<void> {
    if (this.#progress.generation !== generation) {
      // Whoever is refused between the stop and the start is refused by this one deployment.
      const isGoingOn = this.#acceptedStage === 'stopped' && desired.stage === undefined;
      this.#services.begin(generation, isGoingOn ? this.#services.traffic : new TrafficCounter());
    }
    this.#acceptedStage = desired.stage;
    this.#progress = { generation, observedGeneration: this.#progress.observedGeneration, phase: 'progressing' };
    await this.#services.log.accept(generation);
    await this.#publisher.publish();
  }

  async #settle(generation: number, reason: string | undefined): Promise<void> {
    const phase = reason === undefined ? 'available' : 'failed';
    this.#settledGeneration = generation;
    this.#progress = {
      generation,
      observedGeneration: generation,
      phase,
      ...(reason === undefined ? {} : { message: reason }),
    };
    const line = { generation, event: phase, ...(reason === undefined ? {} : { message: reason }) } as const;
    await this.#services.log.add(line).catch(this.#resources.onError);
    await this.#publisher.publish();
  }

  #status(): StatusRecord {
    const { requests, failed } = this.#services.traffic;
    const desired = this.#desired?.desired;
    const names = desired?.services.map(({ name }) => name) ?? [];
    const services = names.flatMap((name) => {
      const status = this.#services.find(name)?.status();
      if (status === undefined) return [];
      const { digest, ...rest } = status;
      return [digest === undefined ? rest : { ...rest, digest }];
    });
    const status = { platform: this.#resources.platform, ...this.#progress, services, traffic: { requests, failed } };
    if (desired?.stage === 'beside' || desired?.stage === 'switched') {
      return { ...status, beside: this.#services.beside() };
    }
    if (desired?.canaryPercentage === undefined) return status;
    return { ...status, canary: this.#services.canary(desired.canaryPercentage, desired) };
  }
}

function messageOf(error: unknown): string {
  return causeText(error);
}
