import { jest } from '@jest/globals';
import { UnclearRequestError, UnknownNameError } from '../../../engine/service/service-errors.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { RunningDesk } from './running-desk.ts';
import { promoter, rulesOf, rulesText, viewer } from './service-fixture.ts';

jest.setTimeout(120_000);

let server: ScratchPostgres;
let running: RunningDesk;
const { signal } = new AbortController();
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
async function open(more = ''): Promise<void> {
  running = await RunningDesk.open(
    await server.createStoreDatabase(),
    `${rulesText(more)}comparison: { tables: [orders] }\n`,
  );
}
afterEach(async () => {
  await running.close();
});

const compare = (from?: string, to?: string) => running.desk.service.compare(viewer, { from, to }, signal);

describe('comparing two environments', () => {
  it('puts versions, schema, tables, configuration and flags of both beside each other', async () => {
    await open();
    await running.release('v3', { verifiedIn: ['qa'] });
    running.git.commit('env/qa', { 'shop/qa/values.yaml': 'release: v3\nfeature:\n  limit: 9\n  apiKey: hunter2\n' });
    const flag = { key: 'gift-notes', description: '', defaultEnabled: false, isEnabled: true, percentage: 10 };
    const { revision } = await running.ports.flags.read('qa', signal);
    await running.ports.flags.write('qa', [flag], revision, running.effect(2));
    const digest = await running.image('v3', ['qa']);
    const services = [{ name: 'api', repository: 'registries/qa/api', digest }];
    const desired = { application: 'shop', release: 'v3', configurationCommit: 'c', services };
    await running.deployments.apply('qa', desired, 1, running.effect(2));
    const compared = await compare('qa', 'staging');
    expect(compared).toMatchObject({
      from: { environment: 'qa', services: [{ service: 'api', health: 'healthy' }] },
      to: { environment: 'staging' },
      versions: [{ service: 'api', from: { release: 'v3', digest }, to: { release: undefined }, isSame: false }],
      schema: { kind: 'compared', value: [] },
      tables: { kind: 'compared', value: [{ table: 'orders', isSame: true, from: { kind: 'missing' } }] },
      flags: {
        kind: 'compared',
        value: { differing: [{ key: 'gift-notes', from: { percentage: 10 }, to: undefined }], same: [] },
      },
    });
    if (compared.configuration.kind !== 'compared') throw new Error('not compared');
    expect(
      compared.configuration.value.differing.map(({ subject, before, after }) => [subject, before, after]),
    ).toEqual(
      expect.arrayContaining([
        ['release', 'v3', 'v1'],
        ['feature.limit', '9', '5'],
      ]),
    );
    expect(JSON.stringify(compared)).not.toContain('hunter2');
  });

  it('tells what both have alike too, secrets masked', async () => {
    await open();
    const alike = 'feature:\n  limit: 9\n  apiKey: hunter2\n';
    running.git.commit('env/qa', { 'shop/qa/values.yaml': `release: v3\n${alike}` });
    running.git.commit('env/staging', { 'shop/staging/values.yaml': `release: v1\n${alike}` });
    const { configuration, flags } = await compare('qa', 'staging');
    expect(configuration).toEqual({
      kind: 'compared',
      value: {
        differing: [{ kind: 'configuration', subject: 'release', before: 'v3', after: 'v1' }],
        same: [
          { subject: 'feature.limit', value: '9' },
          { subject: 'feature.apiKey', value: '***' },
        ],
      },
    });
    expect(flags).toMatchObject({ value: { same: [] } });
  });

  it('foretells by the plan what promoting would change, and stores nothing for it', async () => {
    await open();
    await running.release('v5');
    await running.promote({ release: 'v5' });
    const { forecast } = await compare('qa', 'staging');
    expect(forecast).toMatchObject({
      kind: 'planned',
      release: 'v5',
      plan: { body: { images: [{ service: 'api', change: 'changed' }], to: 'staging' } },
    });
    expect(await running.desk.store.listPromotions({ limit: 10 })).toHaveLength(1);
    const { id } = await running.promote({ release: 'v5', to: 'staging' });
    const asked = await running.desk.service.view(viewer, id);
    expect(forecast?.kind === 'planned' && forecast.plan.hash).toBe(asked.plan?.hash);
  });

  it('says why nobody can foretell it, and foretells nothing where no path leads', async () => {
    await open();
    Object.assign(running.deployments, { status: () => Promise.reject(new Error('nobody answers')) });
    const { forecast } = await compare('qa', 'staging');
    expect(forecast).toEqual({ kind: 'unknown', release: 'v1', why: 'nobody answers' });
    expect((await compare('staging', 'qa')).forecast).toBeUndefined();
  });

  it('says why a part is not known, and compares the rest', async () => {
    await open();
    Object.assign(running.database, { schema: () => Promise.reject(new Error('the database is gone')) });
    const compared = await compare('qa', 'staging');
    expect(compared.schema).toEqual({ kind: 'unknown', why: 'the database is gone' });
    expect(compared.configuration.kind).toBe('compared');
  });

  it('judges by the same score as the gate, within the bounds of the path', async () => {
    await open('gates: { readiness: { minimumPercent: 60 } }');
    const { readiness } = await compare('qa', 'staging');
    expect(readiness).toMatchObject({ score: 100, verdict: 'ready', cautionPercent: 60, isDemanded: true });
    // 3 of 8: the service is sick.
    running.health.isHealthy = false;
    expect((await compare('qa', 'staging')).readiness).toMatchObject({ score: 62.5, verdict: 'caution' });
    Object.assign(running.database, { state: () => Promise.reject(new Error('gone')) });
    expect((await compare('qa', 'staging')).readiness).toMatchObject({ score: 37.5, verdict: 'not-ready' });
    expect((await compare('dev', 'qa')).readiness).toMatchObject({ isDemanded: false, cautionPercent: 75 });
  });

  it('judges no readiness where no path leads', async () => {
    await open();
    expect((await compare('staging', 'qa')).readiness).toBeUndefined();
  });

  it('knows nothing of a deployment that this version does not drive, which is not ready', async () => {
    await open();
    const { rules } = running.desk;
    const environments = rules.environments.map((each) =>
      each.name === 'qa'
        ? {
            ...each,
            targets: {
              ...each.targets,
              deployment: {
                kind: 'kubernetes',
                namespace: 'shop',
                workload: '<service>',
                container: '<service>',
              } as const,
            },
          }
        : each,
    );
    running.desk.rules = { ...rules, environments };
    const { from, readiness } = await compare('qa', 'staging');
    expect(from.deployment).toMatchObject({
      isKnown: false,
      why: 'deployment kind kubernetes is not driven by this version',
    });
    expect(readiness?.checks.filter(({ isPassed }) => isPassed === undefined).length).toBeGreaterThan(1);
  });

  it('takes the ends of the only path that can be meant, by alias too, and lists the choices where there are several', async () => {
    await open();
    expect(await compare(undefined, 'qa')).toMatchObject({ from: { environment: 'dev' }, to: { environment: 'qa' } });
    expect(await compare('staging', 'prod')).toMatchObject({ to: { environment: 'production' } });
    await expect(compare()).rejects.toThrow(UnclearRequestError);
    await expect(compare()).rejects.toThrow('dev → qa, qa → staging, staging → production');
    await expect(compare('dev', 'stagging')).rejects.toThrow(UnknownNameError);
    await expect(compare('dev', 'stagging')).rejects.toThrow('Did you mean staging?');
  });

  it('is not for whoever may not look', async () => {
    await open();
    const nobody = { ...promoter, id: 'nobody@shop.example', roles: [] };
    await expect(running.desk.service.compare(nobody, { from: 'dev', to: 'qa' }, signal)).rejects.toThrow(
      'has no role',
    );
    expect(rulesOf(rulesText()).comparison.tables).toEqual([]);
  });
});
