import { jest } from '@jest/globals';
import { buildPlan } from '../../../engine/plan/build-plan.ts';
import type { Release } from '../../../engine/release.ts';
import { StepWorkbench } from '../steps/step-workbench.ts';
import { moment } from '../workflow/sample-promotion.ts';

jest.setTimeout(60_000);

let prepared: StepWorkbench;
let bench: StepWorkbench;
beforeAll(async () => {
  prepared = await StepWorkbench.open();
});
afterAll(async () => {
  await prepared.close();
});
beforeEach(async () => {
  bench = await prepared.fork();
});
afterEach(async () => {
  await bench.close();
});

const { signal } = new AbortController();
const planOf = (
  more: { readonly release?: Release; readonly definition?: Partial<StepWorkbench['promotion']['definition']> } = {},
) =>
  buildPlan({
    application: 'shop',
    release: more.release ?? bench.v2,
    definition: { ...bench.promotion.definition, ...more.definition },
    ports: bench.ports,
    running: bench.deployed[0],
    now: moment,
    signal,
  });
const hashOf = async (more: Parameters<typeof planOf>[0] = {}) => (await planOf(more)).plan.hash;

/** Everything of the target that may change while people think about a plan. */
const drifts: Readonly<Record<string, () => Promise<unknown>>> = {
  'its configuration was edited': async () => {
    const scratch = bench.git(
      'commit-tree',
      bench.git('rev-parse', 'env/staging^{tree}'),
      '-p',
      'env/staging',
      '-m',
      'by hand',
    );
    bench.git('update-ref', 'refs/heads/env/staging', scratch);
  },
  'something else was deployed': () =>
    bench.deployment.apply(
      'staging',
      { application: 'shop', release: 'v0', configurationCommit: 'c', services: [] },
      1,
      bench.effect('other'),
    ),
  'a migration ran': () =>
    bench.database.migrate(
      'shop-staging',
      [
        {
          version: 7,
          name: 'other',
          kind: 'expand',
          transactional: true,
          up: 'x',
          downLosesData: false,
          checksum: '7'.repeat(64),
        },
      ],
      bench.effect('other'),
    ),
  'a flag was switched': async () => {
    const { revision, flags } = await bench.ports.flags.read('staging', signal);
    await bench.ports.flags.write(
      'staging',
      flags.map((flag) => ({ ...flag, isEnabled: !flag.isEnabled })),
      revision,
      bench.effect('other'),
    );
  },
};

describe('a plan', () => {
  it('says what exactly will be done', async () => {
    const { body } = await planOf();
    expect(body).toMatchObject({
      application: 'shop',
      release: { name: 'v2' },
      from: 'dev',
      to: 'staging',
      images: [
        { service: 'api', repository: 'staging/api', change: 'changed', before: bench.v1.content.images[0]?.digest },
      ],
      database: {
        name: 'shop-staging',
        schemaVersion: 0,
        migrations: [{ version: 1, kind: 'expand', statements: ['alter table t add c int'] }],
      },
      flags: { added: ['new-flag'], changed: ['old-flag'] },
      target: { release: 'v1', generation: 1 },
    });
    expect(body.configuration.changes.map(({ path }) => path).toSorted()).toEqual([
      'feature.limit',
      'images.api',
      'release',
    ]);
  });

  it('has the same hash each time while nothing changes, and changes nothing itself', async () => {
    const before = await bench.outside();
    const [first, second] = [await hashOf(), await hashOf()];
    expect(second).toBe(first);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await bench.outside()).toEqual(before);
  });

  it('does not depend on traffic, or on how its release is marked', async () => {
    const before = await hashOf();
    bench.deployment.traffic = { requests: 1000, failed: 3 };
    expect(await hashOf({ release: { ...bench.v2, createdBy: 'ben' } })).toBe(before);
  });

  it.each(Object.entries(drifts))('is another one when %s', async (_, drift) => {
    const before = await hashOf();
    await drift();
    expect(await hashOf()).not.toBe(before);
  });

  it('is another one for another image, value, migration or flag', async () => {
    const { content } = bench.v2;
    const [image] = content.images;
    const changed: readonly Partial<Release['content']>[] = [
      { images: [{ service: 'api', image: 'api', digest: `sha256:${'e'.repeat(64)}` }] },
      { images: [...content.images, { service: 'web', image: 'web', digest: image?.digest ?? '' }] },
      { configuration: { 'feature.limit': 10 } },
      { database: { schemaRange: { min: 0, max: 0 }, migrations: [] } },
      { flags: [] },
    ];
    const hashes = [await hashOf()];
    for (const more of changed)
      hashes.push(await hashOf({ release: { ...bench.v2, content: { ...content, ...more } } }));
    expect(new Set(hashes).size).toBe(changed.length + 1);
  });

  it('says what runs by itself later, and until when everything can be taken back', async () => {
    const { content } = bench.v2;
    const expand = content.database?.migrations ?? [];
    const drop = {
      version: 2,
      name: 'drop_old',
      kind: 'contract',
      transactional: true,
      up: 'alter table t drop b',
      downLosesData: true,
      checksum: '2'.repeat(64),
    } as const;
    const database = { schemaRange: { min: 1, max: 2 }, migrations: [...expand, drop] };
    const release = { ...bench.v2, content: { ...content, database } };
    const { body } = await planOf({ release });
    expect(body.database).toMatchObject({
      migrations: [{ version: 1 }],
      waiting: [{ version: 2, name: 'drop_old', kind: 'contract' }],
      undoWindowSeconds: 86_400,
      obstacle: undefined,
    });
    expect(body.irreversible).toEqual([
      '24 h after the verification migration 2 (drop_old) removes what older releases need; until then everything is taken back without loss',
    ]);
    expect(await hashOf({ release })).not.toBe(await hashOf({ release, definition: { contractAfterSeconds: 60 } }));
    expect((await planOf()).body.irreversible).toEqual([]);
  });

  it('leaves out what the target does not have', async () => {
    const { target } = bench.promotion.definition;
    const { body } = await planOf({ definition: { target: { ...target, database: undefined, hasFlags: false } } });
    expect(body).toMatchObject({ database: undefined, flags: { revision: '', added: [], changed: [] } });
  });

  it('cannot be made without the values that it is to change', async () => {
    const { target } = bench.promotion.definition;
    const elsewhere = { ...target, configuration: { ...target.configuration, path: 'gone.yaml' } };
    await expect(planOf({ definition: { target: elsewhere } })).rejects.toThrow(
      'gone.yaml is missing on branch env/staging',
    );
  });
});

it('a plan names the steps of the team’s own, and says of those without a way back that they have none', async () => {
  const action = { kind: 'command', command: ['./warm'] };
  const own = (name: string, more: object) =>
    ({
      name,
      uses: 'custom',
      version: 1,
      phase: 'move',
      isOptional: false,
      isCompensable: false,
      config: { name, action, ...more },
    }) as const;
  const steps = [own('warm', {}), own('open', { compensation: { kind: 'http', url: 'https://hooks.example/close' } })];
  const { body } = await planOf({ definition: { steps } });
  expect(body.customSteps).toEqual([
    { name: 'warm', does: 'command ./warm', undo: undefined },
    { name: 'open', does: 'command ./warm', undo: 'POST https://hooks.example/close' },
  ]);
  expect(body.irreversible).toEqual(['step warm (command ./warm) has no compensation']);
  expect((await planOf()).body.customSteps).toBeUndefined();
});
