import { jest } from '@jest/globals';
import { NotAuthorizedError } from '../../../engine/authorization.ts';
import type { DesiredDeployment } from '../../../engine/deployment/deployment-target.ts';
import type { Flag } from '../../../engine/flags/flag-store.ts';
import type { Ports } from '../../../engine/workflow/ports.ts';
import { RefusedError } from '../../../engine/service/service-errors.ts';
import { MemoryDatabase } from '../../support/memory-database.ts';
import { MemoryDeployment } from '../../support/memory-deployment.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { operator, promoter, rulesOf, rulesText, ServiceDesk } from './service-fixture.ts';

jest.setTimeout(60_000);

const commit = 'c'.repeat(40);
const digestOf = (letter: string): string => `sha256:${letter.repeat(64)}`;
const flag: Flag = { key: 'gift', description: 'Gifts', defaultEnabled: false, isEnabled: true, percentage: 50 };

let server: ScratchPostgres;
let desk: ServiceDesk;
let deployment: MemoryDeployment;
let database: MemoryDatabase;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  deployment = new MemoryDeployment();
  database = new MemoryDatabase();
  const ports: Pick<Ports, 'deployment' | 'database' | 'flags'> = {
    deployment,
    database,
    flags: {
      read: () => Promise.resolve({ revision: '1', flags: [flag] }),
      write: () => Promise.reject(new Error('nothing is written')),
      fence: () => Promise.reject(new Error('nothing is written')),
      reach: () => Promise.resolve(),
    },
  };
  desk = await ServiceDesk.open(await server.createStoreDatabase(), rulesText(), ports as Ports);
});
afterEach(async () => {
  await desk.close();
});

/** What a team's own pipeline deployed, without any promotion. */
async function deploy(letter: string, more: Partial<DesiredDeployment> = {}): Promise<void> {
  const { generation } = await deployment.status();
  await deployment.apply(
    'qa',
    {
      application: 'shop',
      release: '2026.11.1',
      configurationCommit: commit,
      services: [{ name: 'api', repository: 'registries/qa/api', digest: digestOf(letter) }],
      ...more,
    },
    generation,
    { key: 'pipeline', fence: generation, signal: new AbortController().signal },
  );
}

const adopt = (release?: string) =>
  desk.service.adoptRunning(operator, { application: 'shop', environment: 'qa', release });
const running = async () => {
  const states = await desk.store.environments('shop');
  return states.find(({ name }) => name === 'qa');
};

describe('adopting what runs', () => {
  it('makes a release of it, under the name that the environment has for it, and records it as verified', async () => {
    await deploy('e');
    const adoption = await adopt();
    expect(adoption).toMatchObject({
      environment: 'qa',
      isNew: true,
      configurationCommit: commit,
      schemaVersion: 0,
      release: {
        name: '2026.11.1',
        content: {
          images: [{ service: 'api', image: 'api', digest: digestOf('e') }],
          database: { schemaRange: { min: 0, max: 0 }, migrations: [] },
          flags: [{ key: 'gift', description: 'Gifts', defaultEnabled: false }],
        },
      },
    });
    expect(await running()).toMatchObject({ release: { name: '2026.11.1' }, verifiedAt: desk.clock.now() });
  });

  it('twice is once', async () => {
    await deploy('e');
    const first = await adopt();
    const events = (await desk.store.administrationEvents()).length;
    const second = await adopt();
    expect(second).toMatchObject({ isNew: false, release: { id: first.release.id } });
    expect(await desk.store.administrationEvents()).toHaveLength(events);
  });

  it('finds the release that these images are', async () => {
    const v2 = `sha256:${Buffer.from('v2').toString('hex').padEnd(64, '0')}`;
    await deploy('e', { release: 'v2', services: [{ name: 'api', repository: 'registries/qa/api', digest: v2 }] });
    expect(await adopt()).toMatchObject({ isNew: false, release: { name: 'v2' } });
  });

  it('gives it another name when its own belongs to other images, always the same one', async () => {
    await deploy('e', { release: 'v2' });
    const first = await adopt();
    expect(first.isNew).toBe(true);
    expect(first.release.name).toMatch(/^adopted-[0-9a-f]{12}$/);
    expect(await adopt()).toMatchObject({ isNew: false, release: { name: first.release.name } });
  });

  it('refuses a name that belongs to other images', async () => {
    await deploy('e');
    await expect(adopt('v2')).rejects.toThrow('v2 is a release of other images than those that run');
    expect(await adopt('baseline')).toMatchObject({ isNew: true, release: { name: 'baseline' } });
  });

  it('says in the audit trail what was found', async () => {
    await deploy('e');
    await adopt();
    const events = await desk.store.administrationEvents();
    expect(events.at(-1)).toMatchObject({
      type: 'adopted',
      actor: { id: operator.id },
      data: { environment: 'qa', configurationCommit: commit, schemaVersion: 0, flags: ['gift'], isNew: true },
    });
  });

  it.each([
    ['nothing runs', () => Promise.resolve(), 'nothing runs in qa'],
    ['another application runs', () => deploy('e', { application: 'blog' }), 'qa runs blog, not shop'],
    ['a canary runs beside it', () => deploy('e', { canaryPercentage: 10 }), 'a canary runs beside it'],
    [
      'it runs from elsewhere',
      () => deploy('e', { services: [{ name: 'api', repository: 'elsewhere/api', digest: digestOf('e') }] }),
      'which is not below its registry registries/qa',
    ],
    [
      'it does not come up',
      async () => {
        await deploy('e');
        deployment.phase = 'failed';
      },
      'it ends with code 1',
    ],
  ])('refuses and records nothing when %s', async (_what, prepare, message) => {
    const before = await running();
    await prepare();
    await expect(adopt()).rejects.toThrow(RefusedError);
    await expect(adopt()).rejects.toThrow(message);
    expect(await running()).toEqual(before);
  });

  it('refuses what it cannot read', async () => {
    desk.rules = rulesOf(rulesText().replaceAll('kind: local', 'kind: kubernetes, namespace: shop'));
    await expect(adopt()).rejects.toThrow('deployment kind kubernetes is not driven');
  });

  it('is for operators', async () => {
    await deploy('e');
    await expect(desk.service.adoptRunning(promoter, { environment: 'qa' })).rejects.toThrow(NotAuthorizedError);
    await expect(desk.service.adoptRunning(promoter, { environment: 'nowhere' })).rejects.toThrow(NotAuthorizedError);
  });
});
