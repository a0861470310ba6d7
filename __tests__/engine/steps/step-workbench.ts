import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderPublicKeys } from '../../../engine/artifacts/signatures/folder-public-keys.ts';
import { OciLayoutRegistry } from '../../../engine/artifacts/oci-layout-registry.ts';
import { writeImage } from '../../../engine/artifacts/write-image.ts';
import { GitConfigurationRepository } from '../../../engine/configuration/git-configuration-repository.ts';
import type { Evidence } from '../../../engine/evidence/evidence.ts';
import { FileFlagStore } from '../../../engine/flags/file-flag-store.ts';
import type { HealthProbe } from '../../../engine/metrics/health-probe.ts';
import type { Plan } from '../../../engine/plan/plan.ts';
import type { JsonObject } from '../../../engine/json.ts';
import type { Release } from '../../../engine/release.ts';
import type { DispensableStep } from '../../../engine/rules/step-names.ts';
import { nothingDeclared } from '../../../engine/schedule/schedule.ts';
import { builtInSteps } from '../../../engine/steps/built-in-steps.ts';
import { FolderDocumentStore } from '../../../engine/storage/folder-document-store.ts';
import { VirtualClock } from '../../../engine/workflow/clock.ts';
import type { Definition } from '../../../engine/workflow/definition.ts';
import type { Effect } from '../../../engine/workflow/fence.ts';
import type { Ports } from '../../../engine/workflow/ports.ts';
import type { PromotionRecord } from '../../../engine/workflow/promotion.ts';
import type { StepContext, StepDefinition, StepResult } from '../../../engine/workflow/step-definition.ts';
import type { DeployedRelease, StepQueries, Vote } from '../../../engine/workflow/step-queries.ts';
import { StepRegistry } from '../../../engine/workflow/step-registry.ts';
import { MemoryDatabase } from '../../support/memory-database.ts';
import { MemoryDeployment } from '../../support/memory-deployment.ts';
import { noActions } from '../../support/no-actions.ts';
import { noChannels } from '../../support/no-channels.ts';
import { MemoryMetrics } from '../../support/memory-metrics.ts';
import { scratchGit } from '../configuration/scratch-git.ts';
import { moment, sampleDefinition, samplePromotion } from '../workflow/sample-promotion.ts';
import { noSourceHistory } from '../../support/unreachable-ports.ts';

const registry = new StepRegistry(builtInSteps);
const settings: Readonly<Record<string, Definition['steps'][number]['config']>> = {
  'promote-artifacts': { tagTemplate: '<env>-<release>' },
  'validate-artifacts': {
    minimumSizeBytes: 0,
    maximumSizeBytes: 1_000_000,
    platforms: ['linux/amd64'],
    requiredLabels: [],
    requireEntrypoint: true,
  },
  'validate-conditions': { soakSeconds: 0 },
  verify: { timeoutSeconds: 300, smokeTests: true, maximumErrorRatePercent: 1 },
};
const valuesPath = 'shop/staging/values.yaml';
const values = '# of the team\nrelease: v1\nimages:\n  api: sha256:old # pinned\nfeature:\n  limit: 5\n';

/** An application in staging that runs v1, a release v2 that is to come, real adapters around them. */
export class StepWorkbench {
  readonly clock = new VirtualClock(moment);
  readonly deployment: MemoryDeployment;
  readonly database: MemoryDatabase;
  readonly metrics = new MemoryMetrics();
  /** In place of what the steps are set to otherwise. */
  stepSettings: Readonly<Record<string, JsonObject>> = {};
  readonly votes: Vote[] = [];
  evidence: Evidence[] = [];
  readonly plans = new Map<string, Plan>();
  deployed: DeployedRelease[] = [];
  readonly logs: string[] = [];
  /** What the probe says of every address. */
  health = { isHealthy: true, responseTimeMs: 12 };
  ports: Ports;
  promotion: PromotionRecord;
  readonly v1: Release;
  readonly v2: Release;
  /** Holds everything that is on a disk: `git`, `registries`, `flags`, `documents`. */
  readonly #folder: string;
  #fence = 10;

  private constructor(
    folder: string,
    v1: Release,
    v2: Release,
    leftOut: readonly DispensableStep[],
    deployment = new MemoryDeployment(),
    database = new MemoryDatabase(),
  ) {
    this.#folder = folder;
    this.deployment = deployment;
    this.database = database;
    this.v1 = v1;
    this.v2 = v2;
    const configuration = new GitConfigurationRepository({
      remote: { address: join(folder, 'git/remote.git') },
      cacheFolder: join(folder, 'cache.git'),
    });
    const probe: HealthProbe = {
      probe: async (url) => ({
        url,
        status: this.health.isHealthy ? 200 : 503,
        message: this.health.isHealthy ? undefined : 'answered 503',
        ...this.health,
      }),
    };
    this.ports = {
      artifacts: new OciLayoutRegistry(join(folder, 'registries')),
      configuration: () => configuration,
      database: this.database,
      deployment: this.deployment,
      flags: new FileFlagStore(join(folder, 'flags')),
      secrets: { names: async () => ['DATABASE_URL'], whereToAdd: () => 'the vault' },
      publicKeys: new FolderPublicKeys([join(folder, 'keys')]),
      probe,
      actions: noActions,
      channels: noChannels,
      source: noSourceHistory,
      metrics: this.metrics,
      documents: new FolderDocumentStore(join(folder, 'documents')),
    };
    this.promotion = samplePromotion(definition(leftOut), {
      releaseId: v2.id,
      state: 'PROMOTION_RUNNING',
      holdsSlot: true,
    });
  }

  /** @param leftOut what the rules leave out. */
  static async open(leftOut: readonly DispensableStep[] = []): Promise<StepWorkbench> {
    const folder = await mkdtemp(join(tmpdir(), 'steps-'));
    const git = await scratchGit();
    const commit = git.commit('env/staging', { [valuesPath]: values, 'other.txt': 'left alone\n' });
    await cp(git.folder, join(folder, 'git'), { recursive: true });
    await git.remove();
    const image = async (content: string, repository: string) =>
      writeImage({
        registryRoot: join(folder, 'registries'),
        repository,
        files: [{ path: 'app/server.js', content }],
        entrypoint: ['node', 'app/server.js'],
      });
    const [old, next] = [await image('v1', 'staging/api'), await image('v2', 'dev/api')];
    const bench = new StepWorkbench(folder, release('v1', old.digest), release('v2', next.digest), leftOut);
    const services = [{ name: 'api', repository: 'staging/api', digest: old.digest }];
    const running = { application: 'shop', release: 'v1', configurationCommit: commit, services };
    await bench.deployment.apply('staging', running, 0, bench.effect('setup', 1));
    bench.deployment.effects.length = 0;
    const known = { key: 'old-flag', description: 'as it was', defaultEnabled: false, isEnabled: true, percentage: 30 };
    await bench.ports.flags.write('staging', [known], 'none', bench.effect('setup', 1));
    bench.deployed = [{ release: bench.v1, promotionId: undefined, deployedAt: moment, verifiedAt: moment }];
    return bench;
  }

  /** Another world that is as this one is now. */
  async fork(): Promise<StepWorkbench> {
    const folder = await mkdtemp(join(tmpdir(), 'steps-'));
    await cp(this.#folder, folder, { recursive: true });
    const copy = new StepWorkbench(folder, this.v1, this.v2, [], this.deployment.clone(), this.database.clone());
    copy.promotion = this.promotion;
    copy.deployed = [...this.deployed];
    copy.#fence = this.#fence;
    for (const [hash, plan] of this.plans) copy.plans.set(hash, plan);
    return copy;
  }

  /** Asks the remote itself, as another clone would. */
  git(...words: readonly string[]): string {
    return execFileSync('git', [`--git-dir=${join(this.#folder, 'git/remote.git')}`, ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  }

  /** Commits a file on staging's branch, as a person does. */
  commit(path: string, content: string): void {
    const index = { GIT_INDEX_FILE: join(this.#folder, `index-${randomUUID()}`) };
    const run = (words: readonly string[], input = ''): string =>
      execFileSync('git', [`--git-dir=${join(this.#folder, 'git/remote.git')}`, ...words], {
        encoding: 'utf8',
        input,
        env: { ...process.env, ...index },
      }).trim();
    const blob = run(['hash-object', '-w', '--stdin'], content);
    run(['read-tree', 'env/staging']);
    run(['update-index', '--add', '--cacheinfo', `100644,${blob},${path}`]);
    const person = ['-c', 'user.name=Ana', '-c', 'user.email=ana@shop.example'];
    const commit = run([...person, 'commit-tree', run(['write-tree']), '-p', 'env/staging', '-m', 'By hand']);
    run(['update-ref', 'refs/heads/env/staging', commit]);
  }

  effect(step: string, fence = this.#fence): Effect {
    return { key: `${this.promotion.id}:${step}`, fence, signal: new AbortController().signal };
  }

  /** A later run has taken the promotion over. */
  takeOver(): void {
    this.#fence += 1;
  }

  get fence(): number {
    return this.#fence;
  }

  /** One attempt of a step, under the present run's fence unless another is given. */
  attempt(
    name: string,
    mode: 'run' | 'compensate' = 'run',
    ports = this.ports,
    fence = this.#fence,
    of = this.v2,
  ): Promise<StepResult> {
    const definitionOfStep = registry.find(name, 1);
    const stored = this.promotion.steps.find((each) => each.name === name);
    const context: StepContext<unknown> = {
      promotion: this.promotion,
      release: of,
      config: definitionOfStep.configSchema.parse(this.stepSettings[name] ?? settings[name] ?? {}),
      effect: this.effect(mode === 'run' ? name : `${name}:undo`, fence),
      attempt: 1,
      checkpoint: mode === 'run' ? stored?.checkpoint : stored?.compensation?.checkpoint,
      ports,
      queries: this.#queries(),
      clock: this.clock,
      log: (line) => {
        this.logs.push(line);
      },
      output: (of) => {
        const output = this.promotion.steps.find((each) => each.name === of)?.output;
        if (output === undefined) throw new Error(`${name} needs the output of ${of}, which has none`);
        return output;
      },
    };
    return mode === 'run' ? definitionOfStep.run(context) : compensation(definitionOfStep)(context);
  }

  /** Runs a step and keeps what it says, as the workflow does. @throws when it does not finish */
  async finish(name: string): Promise<Extract<StepResult, { kind: 'done' }>> {
    const result = await this.attempt(name);
    if (result.kind !== 'done') throw new Error(`${name} answered ${result.kind}`);
    const { output, records } = result;
    if (records?.plan !== undefined) this.plans.set(records.plan.hash, records.plan);
    this.promotion = {
      ...this.promotion,
      planHash: records?.plan?.hash ?? this.promotion.planHash,
      steps: this.promotion.steps.map((each) => (each.name === name ? { ...each, status: 'done', output } : each)),
    };
    return result;
  }

  /** Runs every step before the named one. */
  async before(name: string): Promise<void> {
    const order = [
      'note-target',
      'back-up',
      'promote-configuration',
      'migrate-database',
      'promote-artifacts',
      'promote-flags',
      'deploy',
      'verify',
    ];
    await this.plan();
    const steps = order.slice(0, order.indexOf(name)).filter((step) => this.#has(step));
    for (const step of steps) await this.finish(step);
  }

  async plan(): Promise<void> {
    await this.finish('validate-conditions');
  }

  /** Everything that people and services can see of staging, without what only guards it. */
  async outside(): Promise<object> {
    const { signal } = this.effect('look');
    const tip = this.git('rev-parse', 'env/staging');
    const { desired } = await this.deployment.status();
    const { applied } = await this.database.state();
    return {
      values: this.git('show', `${tip}:${valuesPath}`),
      files: this.git('ls-tree', '-r', '--name-only', tip),
      tag: await this.ports.artifacts.resolve('staging/api', 'staging-v2', signal),
      flags: (await this.ports.flags.read('staging', signal)).flags,
      migrations: applied.map(({ version }) => version),
      release: desired?.release,
      services: desired?.services,
    };
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  #has(step: string): boolean {
    return this.promotion.steps.some(({ name }) => name === step);
  }

  #queries(): StepQueries {
    return {
      waivers: async () => [],
      findingsFirstSeen: async () => new Map(),
      evidence: async () => this.evidence,
      ticks: async () => [],
      notes: async () => [],
      spokenFor: async () => new Map(),
      movedSincePlan: async () => [],
      hotfixes: async () => [],
      events: async () => [],
      changesOf: async () => [],
      openItems: async () => [],
      votes: async () => this.votes,
      deployedReleases: async (_, environment) =>
        environment === 'staging'
          ? this.deployed
          : [{ release: this.v2, promotionId: undefined, deployedAt: moment, verifiedAt: moment }],
      plan: async (hash) => this.plans.get(hash),
      declarations: async () => nothingDeclared,
      holdersOf: async () => [],
    };
  }
}

function compensation(step: StepDefinition): NonNullable<StepDefinition['compensate']> {
  if (step.compensate === undefined) throw new Error(`${step.name} cannot be undone`);
  return (context) => step.compensate?.(context) ?? Promise.reject(new Error('gone'));
}

function definition(leftOut: readonly DispensableStep[]): Definition {
  const without: readonly string[] = leftOut.includes('back-up') ? leftOut : [...leftOut, 'note-target'];
  const compiled = sampleDefinition(builtInSteps.filter(({ name }) => !without.includes(name)));
  const place = (environment: Definition['target'], name: string): Definition['target'] => ({
    ...environment,
    registry: name,
    configuration: { repository: 'configuration', branch: `env/${name}`, path: valuesPath },
    database: `shop-${name}`,
    hasFlags: true,
    services: [
      {
        name: 'api',
        kind: 'api',
        isCritical: true,
        healthUrl: '/health',
        smokeUrls: ['/smoke'],
        startupTimeoutSeconds: 60,
        healthCheckTimeoutSeconds: 5,
      },
    ],
  });
  const ends = { source: place(compiled.source, 'dev'), target: place(compiled.target, 'staging') };
  const steps = compiled.steps.map((step) => ({ ...step, config: settings[step.name] ?? step.config }));
  return { ...compiled, ...ends, steps, ...(leftOut.length === 0 ? {} : { leftOut }) };
}

function release(name: string, digest: string): Release {
  const isNew = name === 'v2';
  const expand = {
    version: 1,
    name: 'add column',
    kind: 'expand',
    transactional: true,
    up: 'alter table t add c int',
    down: 'alter table t drop c',
    downLosesData: false,
    checksum: '1'.repeat(64),
  } as const;
  return {
    id: `rel-${name}`,
    application: 'shop',
    name,
    digest: `sha256:${Buffer.from(name).toString('hex').padEnd(64, '0')}`,
    content: {
      images: [{ service: 'api', image: 'api', digest }],
      configuration: { 'feature.limit': isNew ? 9 : 5 },
      database: { schemaRange: { min: isNew ? 1 : 0, max: isNew ? 1 : 0 }, migrations: isNew ? [expand] : [] },
      flags: isNew
        ? [
            { key: 'new-flag', description: 'comes with v2', defaultEnabled: true },
            { key: 'old-flag', description: 'said better', defaultEnabled: false },
          ]
        : [],
    },
    createdAt: moment,
    createdBy: 'ana@shop.example',
  };
}
