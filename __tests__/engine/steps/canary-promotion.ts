import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FolderPublicKeys } from '../../../engine/artifacts/signatures/folder-public-keys.ts';
import { OciLayoutRegistry } from '../../../engine/artifacts/oci-layout-registry.ts';
import { GitConfigurationRepository } from '../../../engine/configuration/git-configuration-repository.ts';
import { HttpDatabaseFunction } from '../../../engine/database/http-database-function.ts';
import type { DeploymentStatus } from '../../../engine/deployment/deployment-target.ts';
import { readDeploymentLog } from '../../../engine/deployment/local/deployment-log.ts';
import type { LocalPlatform } from '../../../engine/deployment/local/local-platform.ts';
import { FileFlagStore } from '../../../engine/flags/file-flag-store.ts';
import { HttpHealthProbe } from '../../../engine/metrics/http-health-probe.ts';
import { localOutboundPolicy } from '../../../engine/outbound/address-policy.ts';
import { HttpCaller } from '../../../engine/outbound/http-call.ts';
import { LocalMetricsSource } from '../../../engine/metrics/local/local-metrics-source.ts';
import type { Release } from '../../../engine/release.ts';
import { parseRules } from '../../../engine/rules/parse-rules.ts';
import { renderProblems } from '../../../engine/rules/render-problems.ts';
import type { RulesInput } from '../../../engine/rules/schema.ts';
import { builtInSteps } from '../../../engine/steps/built-in-steps.ts';
import { LocalSecretNames } from '../../../engine/secrets/local-secret-names.ts';
import { FolderDocumentStore } from '../../../engine/storage/folder-document-store.ts';
import type { ClaimedPromotion, WorkflowStore } from '../../../engine/store/workflow-store.ts';
import { VirtualClock } from '../../../engine/workflow/clock.ts';
import { compileDefinition } from '../../../engine/workflow/compile-definition.ts';
import { Draft } from '../../../engine/workflow/draft.ts';
import { LogBuffer } from '../../../engine/workflow/log-buffer.ts';
import type { Parked, PromotionRecord } from '../../../engine/workflow/promotion.ts';
import { PromotionRun, type Engine } from '../../../engine/workflow/run-promotion.ts';
import { isEndState } from '../../../engine/workflow/state.ts';
import type { DeployedRelease } from '../../../engine/workflow/step-queries.ts';
import { StepRegistry } from '../../../engine/workflow/step-registry.ts';
import type { Transition } from '../../../engine/workflow/transition.ts';
import { noActions } from '../../support/no-actions.ts';
import { noChannels } from '../../support/no-channels.ts';
import { scratchGit, type ScratchGit } from '../configuration/scratch-git.ts';
import { environment, Playground } from '../deployment/local/playground.ts';
import type { TinyService } from '../deployment/local/tiny-images.ts';
import { MemoryWorkflowStore, ProcessDied, type Fault } from '../workflow/memory-workflow-store.ts';
import { ana, moment, samplePromotion } from '../workflow/sample-promotion.ts';
import { noSourceHistory } from '../../support/unreachable-ports.ts';

const { signal } = new AbortController();

type PathRules = NonNullable<RulesInput['paths']>[number];
type CanaryRules = PathRules['canary'];

/** What the inputs say of a canary by default: ten per cent for an hour. */
export const canaryRules = {
  enabled: true,
  percentage: 10,
  durationSeconds: 3_600,
  minimumSuccessPercent: 99,
  checkIntervalSeconds: 60,
} as const satisfies NonNullable<CanaryRules>;

/** The steps that need neither an approval nor a registry. */
const usedSteps = [
  'initialize',
  'back-up',
  'promote-configuration',
  'deploy',
  'shift-canary',
  'verify',
  'stop-previous',
  'verify-rollback',
];

export interface CanaryPromotionOptions {
  /** What `v2` is; default: a good release. */
  readonly second?: Partial<TinyService>;
  readonly canary?: CanaryRules;
  /** Default: rolling. Anything else goes without a canary. */
  readonly strategy?: PathRules['deploymentStrategy'];
  /** Where the health of the service is asked for. Default: `/readyz`. */
  readonly healthUrl?: string;
  /** Default: `v1` runs in the environment. */
  readonly isFirst?: boolean;
  /** What happens to a commit of a run. */
  readonly fault?: (transition: Transition) => Fault | undefined;
}

/** Remembers one promotion, and one release that was verified before. */
class StoreWithHistory extends MemoryWorkflowStore {
  readonly deployed: DeployedRelease[] = [];

  async deployedReleases(): Promise<readonly DeployedRelease[]> {
    return this.deployed;
  }

  override claim(): ClaimedPromotion {
    const { promotion, release } = super.claim();
    return { promotion: withOwnDates(promotion), release };
  }

  override async load(): Promise<PromotionRecord> {
    return withOwnDates(await super.load());
  }
}

/**
 * Promotes `v2` over `v1` with the engine's own runs and steps, a real platform with real processes and a real git
 * repository. Time is virtual where the promotion waits for its canary, and real where it waits for the platform.
 */
export class CanaryPromotion {
  readonly playground: Playground;
  readonly clock = new VirtualClock(moment);
  /** Every wait, in order. */
  readonly waits: Parked[] = [];
  /** What happens when a run has died, before the next one comes. */
  afterDeath: () => Promise<void> = async () => undefined;
  readonly #git: ScratchGit;
  readonly #configuration: GitConfigurationRepository;
  readonly #store: StoreWithHistory;
  readonly #engine: Engine;
  #platform: LocalPlatform | undefined;

  private constructor(
    playground: Playground,
    git: ScratchGit,
    configuration: GitConfigurationRepository,
    store: StoreWithHistory,
  ) {
    this.playground = playground;
    this.#git = git;
    this.#configuration = configuration;
    this.#store = store;
    const folder = playground.folder;
    this.#engine = {
      // The runs and steps used here ask this store for nothing else.
      store: store as unknown as WorkflowStore,
      ports: {
        artifacts: new OciLayoutRegistry(folder),
        configuration: () => configuration,
        database: new HttpDatabaseFunction({ url: 'http://127.0.0.1:9', callerToken: async () => 'none' }),
        deployment: playground.target,
        flags: new FileFlagStore(join(folder, 'flags')),
        secrets: new LocalSecretNames(playground.root),
        publicKeys: new FolderPublicKeys([]),
        probe: new HttpHealthProbe(new HttpCaller(localOutboundPolicy)),
        actions: noActions,
        channels: noChannels,
        source: noSourceHistory,
        metrics: new LocalMetricsSource(playground.root),
        documents: new FolderDocumentStore(join(folder, 'documents')),
      },
      steps: new StepRegistry(builtInSteps),
      clock: this.clock,
      stateVersion: 1,
      random: () => 0.5,
    };
  }

  static async open(options: CanaryPromotionOptions = {}): Promise<CanaryPromotion> {
    const playground = await Playground.open();
    const git = await scratchGit();
    const configuration = new GitConfigurationRepository({
      remote: { address: git.remote },
      cacheFolder: git.fresh('cache'),
    });
    const first = release('v1', await playground.publish({ version: '1' }));
    const second = release('v2', await playground.publish({ version: '2', ...options.second }));
    const commit = git.commit(environment, { 'staging/values.yaml': 'release: v1\nimages:\n  api: none\n' });
    const record = samplePromotion(definitionWith(options), { releaseId: second.id });
    const store = new StoreWithHistory(record, second, options.fault ?? (() => undefined));
    const promotion = new CanaryPromotion(playground, git, configuration, store);
    await promotion.startPlatform();
    if (options.isFirst !== true) {
      store.deployed.push({ release: first, promotionId: undefined, deployedAt: moment, verifiedAt: moment });
      const desired = await playground.desire('v1', { api: first.content.images[0]?.digest ?? '' });
      await playground.deploy({ ...desired, configurationCommit: commit });
    }
    return promotion;
  }

  get record(): PromotionRecord {
    return this.#store.record;
  }

  get transitions(): readonly Transition[] {
    return this.#store.transitions;
  }

  async startPlatform(): Promise<void> {
    this.#platform = await this.playground.start({}, this.#configuration);
  }

  async stopPlatform(): Promise<void> {
    await this.#platform?.stop();
  }

  status(): Promise<DeploymentStatus> {
    return this.playground.target.status(environment, signal);
  }

  async url(): Promise<string> {
    const [service] = (await this.status()).services;
    if (service === undefined) throw new Error('nothing is served');
    return service.url;
  }

  /** Which generations were acted on, in order. */
  async accepted(): Promise<readonly number[]> {
    const log = await readDeploymentLog(this.playground.environmentFolder);
    return log.filter(({ event }) => event === 'accepted').map(({ generation }) => generation);
  }

  /** Runs the promotion, as workers do, until it waits for its canary or has ended. */
  async runToCanary(): Promise<Parked | undefined> {
    for (;;) {
      const parked = await this.#runOnce();
      if (parked === undefined || parked.reason === 'canary') return parked;
      // The platform works in real time.
      await delay(30);
      this.clock.advance(0.03);
    }
  }

  /** Runs it to its end, with what happens while it waits for its canary. */
  async runToEnd(meanwhile: (look: number) => Promise<void> = async () => undefined): Promise<PromotionRecord> {
    for (let look = 1; ; look += 1) {
      const parked = await this.runToCanary();
      if (parked === undefined) return this.record;
      await meanwhile(look);
      this.passTime(parked);
    }
  }

  /** Time goes by until the promotion looks again. */
  passTime({ until }: Parked): void {
    if (until !== undefined) this.clock.advance((until.getTime() - this.clock.now().getTime()) / 1000);
  }

  /** A person asks to take it back. */
  async askForRollback(): Promise<void> {
    const draft = new Draft(this.record, this.clock.now(), 1);
    const request = {
      trigger: 'manual',
      reason: 'asked',
      requestedBy: ana.id,
      at: moment,
      acceptsDataLoss: false,
    } as const;
    draft.requestRollback(request, ana);
    await this.#store.commit(draft.toTransition(undefined));
  }

  async close(): Promise<void> {
    await this.playground.close();
    await this.#git.remove();
  }

  #isWaiting(): boolean {
    return this.record.steps.some(({ status, compensation }) => [status, compensation?.status].includes('parked'));
  }

  async #runOnce(): Promise<Parked | undefined> {
    try {
      await new PromotionRun(this.#engine, new LogBuffer(this.#engine.store), this.#store.claim()).run();
    } catch (error) {
      if (!(error instanceof ProcessDied)) throw error;
      await this.afterDeath();
      // What was recorded before the death is waited for; what was not is done again at once.
      if (!this.#isWaiting()) return this.#runOnce();
    }
    if (isEndState(this.record.state)) return undefined;
    const { parked } = this.record;
    if (parked === undefined) throw new Error(`${this.record.state} waits for nothing`);
    this.waits.push(parked);
    return parked;
  }
}

/** Copies that are made by the system have dates of another realm than the tests', which are no dates to zod. */
function withOwnDates(record: PromotionRecord): PromotionRecord {
  return {
    ...record,
    createdAt: new Date(record.createdAt.getTime()),
    updatedAt: new Date(record.updatedAt.getTime()),
  };
}

function definitionWith({
  canary = canaryRules,
  strategy,
  healthUrl = '/readyz',
}: CanaryPromotionOptions): PromotionRecord['definition'] {
  const targets = {
    deployment: { kind: 'local' },
    registry: 'registries/<env>',
    configuration: { repository: 'configuration', branch: '<env>', path: '<env>/values.yaml' },
  } as const;
  const api = {
    name: 'api',
    healthUrl,
    smokeUrls: ['/'],
    startupTimeoutSeconds: 60,
    healthCheckTimeoutSeconds: 5,
  };
  const how = strategy === undefined ? { canary } : { deploymentStrategy: strategy };
  const document: RulesInput = {
    version: 1,
    applications: [{ name: 'shop', services: [{ name: 'api' }] }],
    environments: ['dev', environment].map((name) => ({ name, targets, services: [api] })),
    paths: [{ from: 'dev', to: environment, bakeSeconds: 0, ...how }],
  };
  const text = JSON.stringify(document);
  const parsed = parseRules(text, 'rules');
  if (!parsed.ok) throw new Error(renderProblems(parsed.problems, text));
  const [path] = parsed.rules.paths;
  if (path === undefined) throw new Error('there is no path');
  const steps = builtInSteps.filter(({ name }) => usedSteps.includes(name));
  return compileDefinition(parsed.rules, path, 'shop', steps, false);
}

function release(name: string, digest: string): Release {
  return {
    id: `rel-shop-${name}`,
    application: 'shop',
    name,
    digest: `sha256:${name.at(-1)?.repeat(64) ?? ''}`,
    content: { images: [{ service: 'api', image: 'api', digest }], configuration: {}, flags: [] },
    createdAt: moment,
    createdBy: ana.id,
  };
}
