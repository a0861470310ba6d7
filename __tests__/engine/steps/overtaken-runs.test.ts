import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OciLayoutRegistry } from '../../../engine/artifacts/oci-layout-registry.ts';
import { FolderPublicKeys } from '../../../engine/artifacts/signatures/folder-public-keys.ts';
import { writeImage } from '../../../engine/artifacts/write-image.ts';
import { GitConfigurationRepository } from '../../../engine/configuration/git-configuration-repository.ts';
import { HttpDatabaseFunction } from '../../../engine/database/http-database-function.ts';
import { LocalDeploymentTarget } from '../../../engine/deployment/local/local-deployment-target.ts';
import { FileFlagStore } from '../../../engine/flags/file-flag-store.ts';
import type { Flag } from '../../../engine/flags/flag-store.ts';
import type { JsonObject } from '../../../engine/json.ts';
import { HttpHealthProbe } from '../../../engine/metrics/http-health-probe.ts';
import { localOutboundPolicy } from '../../../engine/outbound/address-policy.ts';
import { HttpCaller } from '../../../engine/outbound/http-call.ts';
import type { Plan } from '../../../engine/plan/plan.ts';
import type { Release } from '../../../engine/release.ts';
import { nothingDeclared } from '../../../engine/schedule/schedule.ts';
import { backUpFolder } from '../../../engine/steps/back-up-folder.ts';
import { deploy } from '../../../engine/steps/deploy.ts';
import { promoteArtifacts } from '../../../engine/steps/promote-artifacts.ts';
import { promoteFlags } from '../../../engine/steps/promote-flags.ts';
import { LocalSecretNames } from '../../../engine/secrets/local-secret-names.ts';
import { FolderDocumentStore } from '../../../engine/storage/folder-document-store.ts';
import { VirtualClock } from '../../../engine/workflow/clock.ts';
import { StaleFenceError, type Effect } from '../../../engine/workflow/fence.ts';
import type { Ports } from '../../../engine/workflow/ports.ts';
import type { StepContext } from '../../../engine/workflow/step-definition.ts';
import { noActions } from '../../support/no-actions.ts';
import { noChannels } from '../../support/no-channels.ts';
import { MemoryMetrics } from '../../support/memory-metrics.ts';
import { scratchGit, type ScratchGit } from '../configuration/scratch-git.ts';
import { moment, sampleDefinition, samplePromotion, sampleRelease } from '../workflow/sample-promotion.ts';
import { noSourceHistory } from '../../support/unreachable-ports.ts';

const { signal } = new AbortController();
const overtaken: Effect = { key: 'pr-0000000001:step', fence: 1, signal };
const present: Effect = { key: 'pr-0000000001:step:undo', fence: 2, signal };
const environment = 'staging';
const checkout: Flag = {
  key: 'checkout',
  description: '',
  defaultEnabled: true,
  isEnabled: true,
  percentage: 100,
};

let folder: string;
let git: ScratchGit;
let ports: Ports;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'overtaken-'));
  git = await scratchGit();
  const configuration = new GitConfigurationRepository({
    remote: { address: git.remote },
    cacheFolder: git.fresh('cache'),
  });
  ports = {
    artifacts: new OciLayoutRegistry(folder),
    configuration: () => configuration,
    database: new HttpDatabaseFunction({ url: 'http://127.0.0.1:9', callerToken: async () => 'none' }),
    deployment: new LocalDeploymentTarget(join(folder, 'deployments')),
    flags: new FileFlagStore(join(folder, 'flags')),
    secrets: new LocalSecretNames(join(folder, 'deployments')),
    publicKeys: new FolderPublicKeys([]),
    probe: new HttpHealthProbe(new HttpCaller(localOutboundPolicy)),
    actions: noActions,
    channels: noChannels,
    source: noSourceHistory,
    metrics: new MemoryMetrics(),
    documents: new FolderDocumentStore(join(folder, 'documents')),
  };
});

afterEach(async () => {
  await git.remove();
  await rm(folder, { recursive: true, force: true });
});

function context<Config>(
  config: Config,
  more: Partial<Pick<Ports, 'artifacts' | 'deployment' | 'flags'>>,
  outputs: Readonly<Record<string, JsonObject>> = {},
  release: Release = sampleRelease,
): StepContext<Config> {
  const plan: Plan = { hash: 'planned', body: { flags: { added: ['checkout'], changed: [] } } };
  return {
    promotion: samplePromotion(sampleDefinition([]), { planHash: plan.hash }),
    release,
    config,
    effect: present,
    attempt: 1,
    checkpoint: undefined,
    ports: { ...ports, ...more },
    queries: {
      evidence: async () => [],
      waivers: async () => [],
      findingsFirstSeen: async () => new Map(),
      ticks: async () => [],
      notes: async () => [],
      movedSincePlan: async () => [],
      spokenFor: async () => new Map(),
      hotfixes: async () => [],
      events: async () => [],
      changesOf: async () => [],
      openItems: async () => [],
      votes: async () => [],
      deployedReleases: async () => [],
      plan: async () => plan,
      declarations: async () => nothingDeclared,
      holdersOf: async () => [],
    },
    clock: new VirtualClock(moment),
    log: () => undefined,
    output: (step) => outputs[step] ?? {},
  };
}

/** The port, except that an overtaken run writes behind the first answer of one of its questions, and before the next call. */
function withLateWriter<Port extends object>(port: Port, question: keyof Port, write: () => Promise<unknown>) {
  const late = Promise.withResolvers<unknown>();
  let hasWritten = false;
  const decorated = new Proxy(port, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property, target);
      if (typeof member !== 'function') return member;
      return async (...parameters: unknown[]): Promise<unknown> => {
        const answer: unknown = await Reflect.apply(member, target, parameters);
        if (property === question && !hasWritten) {
          hasWritten = true;
          await write().then(late.resolve, late.reject);
        }
        return answer;
      };
    },
  });
  // Whoever is refused is looked at later.
  late.promise.catch(() => undefined);
  return { port: decorated, late: late.promise };
}

describe('what an overtaken run still writes while the next one takes its step back', () => {
  it('is refused once the flags were looked at', async () => {
    await ports.documents.write(backUpFolder('pr-0000000001', {}), 'backup.json', '{"flags":{"flags":[]}}', overtaken);
    const { port, late } = withLateWriter(ports.flags, 'read', async () => {
      const { revision } = await ports.flags.read(environment, signal);
      await ports.flags.write(environment, [checkout], revision, overtaken);
    });
    await expect(promoteFlags.compensate?.(context({ set: [] }, { flags: port }))).resolves.toMatchObject({
      kind: 'done',
    });
    await expect(late).rejects.toThrow(StaleFenceError);
    expect((await ports.flags.read(environment, signal)).flags).toEqual([]);
  });

  it('is refused once the tag was looked for', async () => {
    const { digest } = await writeImage({
      registryRoot: folder,
      repository: 'staging/api',
      files: [{ path: 'app/server.mjs', content: '' }],
      entrypoint: ['node', '/app/server.mjs'],
    });
    const images = [{ service: 'api', image: 'api', digest }];
    const release = { ...sampleRelease, content: { ...sampleRelease.content, images } };
    const { port, late } = withLateWriter(ports.artifacts, 'resolve', () =>
      ports.artifacts.tag('staging/api', 'staging-v2', digest, undefined, overtaken),
    );
    await promoteArtifacts.compensate?.(context({ tagTemplate: '<env>-<release>' }, { artifacts: port }, {}, release));
    await expect(late).rejects.toThrow(StaleFenceError);
    expect(await ports.artifacts.resolve('staging/api', 'staging-v2', signal)).toBeUndefined();
  });

  it('is refused once the deployment was looked at, even where nothing was ever deployed', async () => {
    const commit = git.commit(environment, { 'values.yaml': 'release: v1\n' });
    const { port, late } = withLateWriter(ports.deployment, 'status', () =>
      ports.deployment.apply(
        environment,
        { application: 'shop', release: 'v2', configurationCommit: commit, services: [] },
        0,
        overtaken,
      ),
    );
    const outputs = {
      'back-up': { commit, generation: 0, desired: null },
      'promote-configuration': { commit, base: commit },
    };
    const outcome = deploy.compensate?.(context({ strategy: 'rolling' }, { deployment: port }, outputs));
    await expect(outcome).resolves.toMatchObject({ kind: 'done' });
    await expect(late).rejects.toThrow(StaleFenceError);
    expect((await ports.deployment.status(environment, signal)).desired).toBeUndefined();
  });
});
