import { join } from 'node:path';
import { FencedDirectory } from '../../storage/fenced-directory.ts';
import { reachFolder } from '../../storage/reach-folder.ts';
import { PreconditionFailedError, type Effect } from '../../workflow/fence.ts';
import type {
  CanaryStatus,
  DeploymentEvent,
  DeploymentStatus,
  DeploymentTarget,
  DesiredDeployment,
  ServiceStatus,
  SideTraffic,
} from '../deployment-target.ts';
import { readDeploymentLog } from './deployment-log.ts';
import {
  deploymentFile,
  deploymentRecordSchema,
  desiredDeploymentSchema,
  isSameDesired,
  labelSchema,
  type DeploymentRecord,
} from './deployment-record.ts';
import { livingPlatform } from './platform-lock.ts';
import { parseRecord, readRecord } from './record-file.ts';
import {
  emptyStatus,
  statusFile,
  statusRecordSchema,
  type CanaryRecord,
  type ServiceRecord,
  type StatusRecord,
} from './status-record.ts';

/** Nobody acts on what is desired. */
export class PlatformAwayError extends Error {
  override readonly name = 'PlatformAwayError';

  constructor() {
    super('the local platform is not running');
  }
}

/** The environments of one application on this machine: a folder each, where a `LocalPlatform` acts on what is desired. */
export class LocalDeploymentTarget implements DeploymentTarget {
  readonly #root: string;
  /** One per environment, which keeps the writes of this process apart. */
  readonly #directories = new Map<string, FencedDirectory>();

  /** @param rootDirectory the folder that the platform is started over. */
  constructor(rootDirectory: string) {
    this.#root = rootDirectory;
  }

  /** @throws when a file of the environment is not valid. */
  async status(environment: string, signal: AbortSignal): Promise<DeploymentStatus> {
    signal.throwIfAborted();
    const { record } = await this.#read(environment);
    const observed = await readRecord(join(this.#folder(environment), statusFile), statusRecordSchema);
    if (record === undefined) return { ...answer(emptyStatus), desired: undefined };
    const status = { ...answer(observed ?? emptyStatus), generation: record.generation, desired: record.desired };
    const platform = await livingPlatform(this.#root);
    const isActedOn = observed?.generation === record.generation;
    const current: DeploymentStatus = isActedOn
      ? status
      : {
          ...status,
          phase: 'progressing',
          message: undefined,
          traffic: { requests: 0, failed: 0 },
          canary: undefined,
          beside: undefined,
        };
    if (platform === undefined)
      return unattended(current, 'the local platform is not running: start it, and it goes on');
    return observed?.platform === platform ? current : unattended(current, 'the local platform is starting');
  }

  async events(environment: string, generation: number, signal: AbortSignal): Promise<readonly DeploymentEvent[]> {
    signal.throwIfAborted();
    const events = await readDeploymentLog(this.#folder(environment));
    return events.filter((each) => each.generation === generation);
  }

  async reach(environment: string, signal: AbortSignal): Promise<void> {
    await this.status(environment, signal);
    await reachFolder(this.#folder(environment));
    if ((await livingPlatform(this.#root)) === undefined) throw new PlatformAwayError();
  }

  async apply(
    environment: string,
    desired: DesiredDeployment,
    expectedGeneration: number,
    effect: Effect,
  ): Promise<{ readonly generation: number }> {
    effect.signal.throwIfAborted();
    const wanted = desiredDeploymentSchema.parse(desired);
    const directory = this.#directory(environment);
    // Before it is read: what a run with an older fence could still write is then written, and judged below.
    await directory.fence(effect);
    const { record, revision } = await this.#read(environment);
    const generation = record?.generation ?? 0;
    if (record !== undefined && isSameDesired(record.desired, wanted)) return { generation };
    if (generation !== expectedGeneration) {
      throw new PreconditionFailedError(
        `the deployment of ${environment}`,
        `generation ${String(expectedGeneration)}`,
        `generation ${String(generation)}`,
      );
    }
    const next: DeploymentRecord = { generation: generation + 1, desired: wanted };
    effect.signal.throwIfAborted();
    await directory.replace(deploymentFile, `${JSON.stringify(next, undefined, 2)}\n`, revision, effect);
    return { generation: next.generation };
  }

  async fence(environment: string, effect: Effect): Promise<void> {
    effect.signal.throwIfAborted();
    await this.#directory(environment).fence(effect);
  }

  async #read(environment: string): Promise<{ record: DeploymentRecord | undefined; revision: string | undefined }> {
    const stored = await this.#directory(environment).read(deploymentFile);
    if (stored === undefined) return { record: undefined, revision: undefined };
    const location = join(this.#folder(environment), deploymentFile);
    const record = parseRecord(deploymentRecordSchema, stored.content.toString('utf8'), location);
    return { record, revision: stored.revision };
  }

  #directory(environment: string): FencedDirectory {
    const known = this.#directories.get(environment);
    if (known !== undefined) return known;
    const directory = new FencedDirectory(this.#folder(environment));
    this.#directories.set(environment, directory);
    return directory;
  }

  #folder(environment: string): string {
    return join(this.#root, labelSchema.parse(environment));
  }
}

function answer(status: StatusRecord): DeploymentStatus {
  return {
    generation: status.generation,
    observedGeneration: status.observedGeneration,
    desired: undefined,
    phase: status.phase,
    message: status.message,
    services: status.services.map(serviceStatus),
    traffic: status.traffic,
    ...(status.canary === undefined ? {} : { canary: canaryStatus(status.canary) }),
    ...(status.beside === undefined ? {} : { beside: status.beside.map(serviceStatus) }),
  };
}

function serviceStatus({ digest, ...service }: ServiceRecord): ServiceStatus {
  return { ...service, digest };
}

type SideRecord = CanaryRecord['services'][number]['canary'];

function canaryStatus({ percentage, services }: CanaryRecord): CanaryStatus {
  return {
    percentage,
    services: services.map(({ canary, baseline, ...instance }) => ({
      ...instance,
      canary: sideTraffic([canary]),
      baseline: sideTraffic([baseline]),
    })),
    canary: sideTraffic(services.map(({ canary }) => canary)),
    baseline: sideTraffic(services.map(({ baseline }) => baseline)),
  };
}

function sideTraffic(sides: readonly SideRecord[]): SideTraffic {
  const sum = (of: (side: SideRecord) => number): number => sides.reduce((total, side) => total + of(side), 0);
  const requests = sum((side) => side.requests);
  const responseTimeMs = sum((side) => side.responseTimeMs);
  return {
    requests,
    failed: sum((side) => side.failed),
    meanResponseTimeMs: requests === 0 ? undefined : responseTimeMs / requests,
  };
}

/** What was observed by a platform that is gone is no longer true of the services. */
function unattended(status: DeploymentStatus, message: string): DeploymentStatus {
  return {
    ...status,
    phase: status.phase === 'failed' ? 'failed' : 'progressing',
    message: status.message ?? message,
    services: status.services.map(unobserved),
    ...(status.beside === undefined ? {} : { beside: status.beside.map(unobserved) }),
    // What it counted stays true; whether its instances are well is not known.
    ...(status.canary === undefined ? {} : { canary: withoutReadiness(status.canary) }),
  };
}

function unobserved(service: ServiceStatus): ServiceStatus {
  return { ...service, digest: undefined, isReady: false };
}

function withoutReadiness(canary: CanaryStatus): CanaryStatus {
  return { ...canary, services: canary.services.map((service) => ({ ...service, isReady: false })) };
}
