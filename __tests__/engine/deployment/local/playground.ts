import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { DeploymentStatus, DesiredDeployment } from '../../../../engine/deployment/deployment-target.ts';
import { writeEnvironmentSettings } from '../../../../engine/deployment/local/environment-settings.ts';
import { LocalDeploymentTarget } from '../../../../engine/deployment/local/local-deployment-target.ts';
import { LocalPlatform } from '../../../../engine/deployment/local/local-platform.ts';
import type { PlatformTiming } from '../../../../engine/deployment/local/platform-timing.ts';
import { processStartMark } from '../../../../engine/deployment/local/process-identity.ts';
import { ProcessRegister } from '../../../../engine/deployment/local/process-register.ts';
import type { Clock } from '../../../../engine/workflow/clock.ts';
import { publishTinyImage, tinyAnswerSchema, unpackFrom, type TinyAnswer, type TinyService } from './tiny-images.ts';

export const secret = 'a-signing-key-nobody-may-see';
export const environment = 'staging';

/** Short enough for a test, long enough for a busy machine. */
export const quickTiming: Partial<PlatformTiming> = {
  startupTimeoutSeconds: 15,
  drainTimeoutSeconds: 10,
  stopGraceSeconds: 2,
  restartBackoffSeconds: 0.05,
  startupProbeIntervalSeconds: 0.02,
  readinessIntervalSeconds: 0.2,
  statusIntervalSeconds: 0.05,
};

type PlatformOptions = ConstructorParameters<typeof LocalPlatform>[0];
type Configuration = PlatformOptions['configuration'];

/** A folder with a registry, a configuration repository and one environment, and the platforms started over it. */
export class Playground {
  readonly folder: string;
  readonly target: LocalDeploymentTarget;
  readonly errors: unknown[] = [];
  readonly #platforms: LocalPlatform[] = [];
  readonly #children: ChildProcess[] = [];
  #fence = 0;

  private constructor(folder: string) {
    this.folder = folder;
    this.target = new LocalDeploymentTarget(this.root);
  }

  static async open(): Promise<Playground> {
    const playground = new Playground(await mkdtemp(join(tmpdir(), 'platform-')));
    await playground.set({ JWT_SECRET: secret, DATABASE_URL: 'postgres://shop:s3cr3t-pass@127.0.0.1:5432/shop' });
    return playground;
  }

  get root(): string {
    return join(this.folder, 'environments');
  }

  get environmentFolder(): string {
    return join(this.root, environment);
  }

  async set(variables: Readonly<Record<string, string>>): Promise<void> {
    const flagsFile = join(this.folder, 'flags.json');
    await writeEnvironmentSettings(this.environmentFolder, { valuesPath: 'staging/values.yaml', flagsFile }, variables);
  }

  publish(service: TinyService): Promise<string> {
    return publishTinyImage(join(this.folder, 'registry'), service);
  }

  /** @returns the commit. */
  async commit(values: string): Promise<string> {
    const commit = createHash('sha1').update(values).digest('hex');
    const file = join(this.folder, 'commits', commit, 'staging/values.yaml');
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, values);
    return commit;
  }

  async desire(
    release: string,
    digests: Readonly<Record<string, string>>,
    values = 'level: 1\n',
  ): Promise<DesiredDeployment> {
    return {
      application: 'shop',
      release,
      configurationCommit: await this.commit(values),
      services: Object.entries(digests).map(([name, digest]) => ({ name, repository: `registry/${name}`, digest })),
    };
  }

  /** @returns the generation. */
  async apply(desired: DesiredDeployment): Promise<number> {
    const { generation } = await this.status();
    this.#fence += 1;
    const effect = { key: 'p:deploy', fence: this.#fence, signal: new AbortController().signal };
    return (await this.target.apply(environment, desired, generation, effect)).generation;
  }

  /** Applies and waits until the platform has finished acting. */
  async deploy(desired: DesiredDeployment): Promise<DeploymentStatus> {
    const generation = await this.apply(desired);
    return this.until((status) => status.observedGeneration === generation && status.phase !== 'progressing');
  }

  status(): Promise<DeploymentStatus> {
    return this.target.status(environment, new AbortController().signal);
  }

  async until(holds: (status: DeploymentStatus) => boolean): Promise<DeploymentStatus> {
    return eventually(async () => {
      const status = await this.status();
      return holds(status) ? status : undefined;
    });
  }

  /** @param configuration default: what `commit` wrote. */
  async start(
    timing: Partial<PlatformTiming> = {},
    configuration?: Configuration,
    alertRules?: PlatformOptions['alertRules'],
    clock?: Clock,
  ): Promise<LocalPlatform> {
    const options = platformOptions(this.folder, { ...quickTiming, ...timing }, this.errors);
    const platform = new LocalPlatform({
      ...options,
      ...(configuration === undefined ? {} : { configuration }),
      ...(alertRules === undefined ? {} : { alertRules }),
      ...(clock === undefined ? {} : { clock }),
    });
    this.#platforms.push(platform);
    await platform.start();
    return platform;
  }

  /** A platform in a process of its own, to be killed. */
  async startChild(): Promise<ChildProcess> {
    const script = fileURLToPath(new URL('platform-child.ts', import.meta.url));
    const child = spawn(process.execPath, [script, this.folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#children.push(child);
    await once(child.stdout, 'data');
    return child;
  }

  async ask(service: string, path = '/', init?: RequestInit): Promise<TinyAnswer> {
    const { services } = await this.status();
    const url = services.find(({ name }) => name === service)?.url;
    if (url === undefined) throw new Error(`${service} has no address`);
    const response = await fetch(url + path, init);
    if (response.status !== 200) throw new Error(`${service} answered ${String(response.status)}`);
    return tinyAnswerSchema.parse(await response.json());
  }

  file(name: string): Promise<string> {
    return readFile(join(this.environmentFolder, name), 'utf8');
  }

  /** Stops whatever was started, however the test ended. */
  async close(): Promise<void> {
    for (const child of this.#children) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
    }
    for (const platform of this.#platforms) await platform.stop();
    await new ProcessRegister(this.environmentFolder).stopLeftovers(0);
    await rm(this.folder, { recursive: true, force: true });
  }
}

export function platformOptions(folder: string, timing: Partial<PlatformTiming>, errors: unknown[]): PlatformOptions {
  return {
    rootDirectory: join(folder, 'environments'),
    unpackImage: unpackFrom(join(folder, 'registry')),
    configuration: {
      read: (commit, path) => readFile(join(folder, 'commits', commit, path), 'utf8').catch(() => undefined),
    },
    timing,
    onError: (error) => errors.push(error),
  };
}

/** The first answer that is not undefined; a failure that is no such answer is tried again too. */
export async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + 30_000;
  let last: unknown = 'nothing was seen';
  while (performance.now() < deadline) {
    try {
      const seen = await look();
      if (seen !== undefined) return seen;
    } catch (error) {
      last = error;
    }
    await delay(20);
  }
  throw new Error('it never came to pass', { cause: last });
}

/** A process that has ended but that nobody has waited for is not alive. */
export async function isAlive(pid: number): Promise<boolean> {
  return (await processStartMark(pid)) !== undefined;
}
