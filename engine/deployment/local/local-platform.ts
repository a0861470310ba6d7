import { randomUUID } from 'node:crypto';
import { existsSync, watch, type FSWatcher } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ConfigurationRepository } from '../../configuration/configuration-repository.ts';
import { SystemClock, type Clock } from '../../workflow/clock.ts';
import { deploymentFile, labelSchema } from './deployment-record.ts';
import { settingsFile } from './environment-settings.ts';
import type { ReadAlertRules } from './environment-monitor.ts';
import { EnvironmentReconciler } from './environment-reconciler.ts';
import type { PlatformResources } from './environment-services.ts';
import { LoopbackPorts } from './loopback-ports.ts';
import { PlatformLock } from './platform-lock.ts';
import { defaultPlatformTiming, type PlatformTiming } from './platform-timing.ts';
import type { UnpackImage } from './unpacked-image.ts';

export interface LocalPlatformOptions {
  /** Holds a folder per environment; see `writeEnvironmentSettings`. */
  readonly rootDirectory: string;
  readonly unpackImage: UnpackImage;
  readonly configuration: Pick<ConfigurationRepository, 'read'>;
  /** Default: `defaultPlatformTiming`. */
  readonly timing?: Partial<PlatformTiming>;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Default: nothing is promised of any environment, and nobody is alerted. */
  readonly alertRules?: ReadAlertRules;
  /** Told of failures that stop nothing. Messages hold no secrets. */
  readonly onError: (error: unknown) => void;
}

const imagesFolder = '.images';

/**
 * Where released images really run on one machine: a controller over a folder. For every environment it brings what
 * runs to what `deployment.json` asks for, and writes down what it sees in `status.json`. It is killed and started
 * again at any moment without losing either.
 */
export class LocalPlatform {
  readonly #root: string;
  readonly #resources: PlatformResources;
  readonly #environments = new Map<string, EnvironmentReconciler>();
  readonly #watchers: FSWatcher[] = [];
  #lock: PlatformLock | undefined;
  #poll: NodeJS.Timeout | undefined;
  #scan: Promise<void> = Promise.resolve();
  #isStopping = false;

  constructor(options: LocalPlatformOptions) {
    this.#root = resolve(options.rootDirectory);
    this.#resources = {
      platform: randomUUID(),
      openImage: (repository, digest, signal) =>
        options.unpackImage({ repository, digest, destination: join(this.#root, imagesFolder), signal }),
      ports: new LoopbackPorts(),
      configuration: options.configuration,
      timing: { ...defaultPlatformTiming, ...options.timing },
      clock: options.clock ?? new SystemClock(),
      alertRules: options.alertRules ?? (async () => undefined),
      onError: options.onError,
    };
  }

  /**
   * Returns when every environment that exists is attended to; new ones are found while it runs. Once only.
   * @throws PlatformAlreadyRunningError
   */
  async start(): Promise<void> {
    await mkdir(this.#root, { recursive: true });
    this.#lock = await PlatformLock.take(this.#root, this.#resources.platform);
    this.#watch(this.#root, () => true);
    this.#poll = setInterval(() => {
      this.#look();
    }, this.#resources.timing.pollIntervalSeconds * 1000);
    this.#look();
    await this.#scan;
  }

  /** Looks at everything that runs once, over a time that has passed at once: the clock was moved. */
  async passTime(seconds: number): Promise<void> {
    await Promise.all([...this.#environments.values()].map((environment) => environment.passTime(seconds)));
  }

  /** Drains and stops everything that runs. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#poll);
    for (const watcher of this.#watchers) watcher.close();
    await this.#scan;
    try {
      await Promise.all([...this.#environments.values()].map((environment) => environment.stop()));
    } finally {
      await this.#lock?.release();
    }
  }

  /** One look after the other, so that no environment is begun twice. */
  #look(): void {
    this.#scan = this.#scan.then(() => this.#attend()).catch(this.#resources.onError);
  }

  async #attend(): Promise<void> {
    const entries = await readdir(this.#root, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    await Promise.all(
      names
        .filter((name) => labelSchema.safeParse(name).success)
        .map((name) => this.#attendTo(name).catch(this.#resources.onError)),
    );
  }

  async #attendTo(name: string): Promise<void> {
    if (this.#isStopping) return;
    const folder = join(this.#root, name);
    if (!existsSync(join(folder, deploymentFile)) && !existsSync(join(folder, settingsFile))) return;
    const known = this.#environments.get(name);
    const environment = known ?? (await EnvironmentReconciler.start(folder, this.#resources));
    this.#environments.set(name, environment);
    if (known === undefined) this.#watch(folder, (file) => file === deploymentFile);
    await environment.notice();
  }

  /** Where the system cannot watch, the poll does the same later. */
  #watch(folder: string, isRelevant: (file: string | null) => boolean): void {
    try {
      const watcher = watch(folder, (_event, file) => {
        if (isRelevant(file)) this.#look();
      });
      watcher.on('error', this.#resources.onError);
      this.#watchers.push(watcher);
    } catch (error) {
      this.#resources.onError(error);
    }
  }
}
