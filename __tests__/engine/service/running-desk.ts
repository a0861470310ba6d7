import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderPublicKeys } from '../../../engine/artifacts/signatures/folder-public-keys.ts';
import { OciLayoutRegistry } from '../../../engine/artifacts/oci-layout-registry.ts';
import { writeImage } from '../../../engine/artifacts/write-image.ts';
import { GitConfigurationRepository } from '../../../engine/configuration/git-configuration-repository.ts';
import type { DeploymentTarget } from '../../../engine/deployment/deployment-target.ts';
import { FileFlagStore } from '../../../engine/flags/file-flag-store.ts';
import type { ReleaseContent } from '../../../engine/release.ts';
import { reportFolder } from '../../../engine/reports/keep-report.ts';
import { builtInSteps } from '../../../engine/steps/built-in-steps.ts';
import { GitSourceHistory } from '../../../engine/source/git-source-history.ts';
import { FolderDocumentStore } from '../../../engine/storage/folder-document-store.ts';
import type { Effect } from '../../../engine/workflow/fence.ts';
import { LogBuffer } from '../../../engine/workflow/log-buffer.ts';
import type { Ports } from '../../../engine/workflow/ports.ts';
import type { PromotionRecord } from '../../../engine/workflow/promotion.ts';
import { PromotionRun, type Engine } from '../../../engine/workflow/run-promotion.ts';
import { StepRegistry } from '../../../engine/workflow/step-registry.ts';
import { MemoryDatabase } from '../../support/memory-database.ts';
import { MemoryDeployment } from '../../support/memory-deployment.ts';
import { MemoryMetrics } from '../../support/memory-metrics.ts';
import { noActions } from '../../support/no-actions.ts';
import { noChannels } from '../../support/no-channels.ts';
import { scratchGit, type ScratchGit } from '../configuration/scratch-git.ts';
import { operator, promoter, ServiceDesk } from './service-fixture.ts';

export const places = ['dev', 'qa', 'staging', 'production'] as const;
type Place = (typeof places)[number];
/** What is waited for only for moments. */
const passingWaits: readonly string[] = ['bake', 'rollout', 'retry'];
const values = 'release: v1\nimages:\n  api: sha256:old\nfeature:\n  limit: 5\n';

/** A deployment target of several environments, each of its own. */
class Deployments implements DeploymentTarget {
  readonly of: Readonly<Record<Place, MemoryDeployment>> = {
    dev: new MemoryDeployment(),
    qa: new MemoryDeployment(),
    staging: new MemoryDeployment(),
    production: new MemoryDeployment(),
  };

  status(environment: string) {
    return this.#in(environment).status();
  }

  reach(environment: string) {
    return this.#in(environment).reach();
  }

  apply(...[environment, ...rest]: Parameters<MemoryDeployment['apply']>) {
    return this.#in(environment).apply(environment, ...rest);
  }

  fence(environment: string, effect: Effect) {
    return this.#in(environment).fence(environment, effect);
  }

  #in(environment: string): MemoryDeployment {
    const found = places.find((place) => place === environment);
    if (found === undefined) throw new Error(`there is no ${environment}`);
    return this.of[found];
  }
}

/**
 * A service whose promotions really run: the built-in steps on a real store, with real git, image layouts, flag files
 * and documents around them, on a clock that only the test moves.
 */
export class RunningDesk {
  readonly desk: ServiceDesk;
  readonly git: ScratchGit;
  readonly ports: Ports;
  readonly deployments = new Deployments();
  readonly database = new MemoryDatabase();
  /** What the probe says of every address. */
  readonly health = { isHealthy: true };
  readonly #folder: string;

  private constructor(folder: string, git: ScratchGit, other: Partial<Ports>, open: (ports: Ports) => ServiceDesk) {
    this.#folder = folder;
    this.git = git;
    const configuration = new GitConfigurationRepository({
      remote: { address: git.remote },
      cacheFolder: join(folder, 'cache.git'),
    });
    this.ports = {
      artifacts: new OciLayoutRegistry(join(folder, 'oci')),
      configuration: () => configuration,
      database: this.database,
      deployment: this.deployments,
      flags: new FileFlagStore(join(folder, 'flags')),
      probe: {
        probe: async (url) => ({
          url,
          status: this.health.isHealthy ? 200 : 503,
          message: this.health.isHealthy ? undefined : 'answered 503',
          responseTimeMs: 12,
          isHealthy: this.health.isHealthy,
        }),
      },
      secrets: { names: async () => [], whereToAdd: () => 'the vault' },
      publicKeys: new FolderPublicKeys([]),
      actions: noActions,
      channels: noChannels,
      source: new GitSourceHistory({ cacheFolder: join(folder, 'sources') }),
      metrics: new MemoryMetrics(),
      documents: new FolderDocumentStore(join(folder, 'documents')),
      ...other,
    };
    this.desk = open(this.ports);
  }

  /**
   * @param rules of the four places, whose targets are as `service-fixture` writes them.
   * @param other parts of the world in place of those that there are otherwise.
   */
  static async open(url: string, rules: string, other: Partial<Ports> = {}): Promise<RunningDesk> {
    const folder = await mkdtemp(join(tmpdir(), 'running-desk-'));
    const git = await scratchGit();
    let ports: Ports | undefined;
    const desk = await ServiceDesk.open(
      url,
      rules,
      new Proxy({} as Ports, {
        get: (_, name): unknown => (ports === undefined ? undefined : Reflect.get(ports, name)),
      }),
    );
    const running = new RunningDesk(folder, git, other, (own) => {
      ports = own;
      return desk;
    });
    const digest = await running.image('v1', places);
    for (const place of places) {
      git.commit(`env/${place}`, { [`shop/${place}/values.yaml`]: values });
      const services = [{ name: 'api', repository: `registries/${place}/api`, digest }];
      const effect = running.effect(1);
      const desired = { application: 'shop', release: 'v1', configurationCommit: 'c', services };
      await running.deployments.apply(place, desired, 0, effect);
      await running.ports.flags.write(place, [], 'none', effect);
    }
    return running;
  }

  effect(fence: number): Effect {
    return { key: 'by-hand', fence, signal: new AbortController().signal };
  }

  /** Builds an image into the registries of some places. @returns its digest. */
  async image(content: string, into: readonly string[] = ['dev']): Promise<string> {
    let digest = '';
    for (const place of into) {
      const image = await writeImage({
        registryRoot: join(this.#folder, 'oci'),
        repository: `registries/${place}/api`,
        files: [{ path: 'app/server.js', content }],
        entrypoint: ['node', 'app/server.js'],
      });
      digest = image.digest;
    }
    return digest;
  }

  /** A release with an image of its own, verified where it is said to be. */
  async release(
    name: string,
    { verifiedIn = ['dev'], ...content }: Partial<ReleaseContent> & { readonly verifiedIn?: readonly string[] } = {},
  ): Promise<void> {
    const digest = await this.image(name, [...new Set(['dev', ...verifiedIn])]);
    const images = [{ service: 'api', image: 'api', digest }];
    await this.desk.service.createRelease(promoter, { application: 'shop', name, content: { images, ...content } }, []);
    for (const place of verifiedIn) await this.desk.service.adopt(operator, 'shop', place, name);
  }

  /**
   * Runs whatever is due, and what that makes due, until everything waits for somebody or something; the moments that
   * a verification or a new attempt takes pass by themselves.
   */
  async work(): Promise<void> {
    for (;;) {
      await this.#workNow();
      const active = await this.desk.store.listPromotions({ isActive: true, limit: 100 });
      const passing = active.flatMap(({ parked }) =>
        parked?.until !== undefined && passingWaits.includes(parked.reason) ? [parked.until.getTime()] : [],
      );
      const next = Math.min(...passing);
      if (!Number.isFinite(next)) return;
      this.desk.clock.advance(Math.max(0, next - this.desk.clock.now().getTime()) / 1000);
    }
  }

  async #workNow(): Promise<void> {
    for (let round = 0; ; round += 1) {
      const claimed = await this.desk.store.claim({
        owner: 'test',
        limit: 10,
        leaseSeconds: 60,
        stateVersion: 1,
        promotionId: undefined,
        now: this.desk.clock.now(),
      });
      if (claimed.length === 0) return;
      if (round > 50) throw new Error('there is always something due');
      for (const each of claimed) {
        await new PromotionRun(this.#engine, new LogBuffer(this.desk.store), each).run();
      }
    }
  }

  /** Asks for a promotion and runs it until it waits or has ended. */
  async promote(...request: Parameters<ServiceDesk['run']>): Promise<PromotionRecord> {
    const id = await this.desk.run(...request);
    await this.work();
    return this.desk.load(id);
  }

  /** The states that a promotion went through, by its audit trail. */
  async statesOf(id: string): Promise<readonly unknown[]> {
    return (await this.desk.store.events(id))
      .filter(({ type }) => type === 'state-changed')
      .map(({ data }) => data['to']);
  }

  /** The written report. */
  async report(id: string, name = 'report.md'): Promise<string | undefined> {
    const folder = reportFolder(await this.desk.load(id));
    return this.ports.documents.read(folder, name, new AbortController().signal);
  }

  get #engine(): Engine {
    return {
      store: this.desk.store,
      ports: this.ports,
      steps: new StepRegistry(builtInSteps),
      clock: this.desk.clock,
      stateVersion: 1,
      random: () => 0.5,
    };
  }

  async close(): Promise<void> {
    await this.desk.close();
    await this.git.remove();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
