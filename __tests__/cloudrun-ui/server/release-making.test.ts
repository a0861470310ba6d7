import { jest } from '@jest/globals';
import { RunningDesk } from '../../engine/service/running-desk.ts';
import { admin, operator, promoter, rulesText, viewer } from '../../engine/service/service-fixture.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { ApiDesk } from './api-desk.ts';

jest.setTimeout(120_000);

let server: ScratchPostgres;
let running: RunningDesk;
let api: ApiDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
  running = await RunningDesk.open(await server.createStoreDatabase(), rulesText());
  api = ApiDesk.over(running.desk, { limits: { bodyBytes: 10_000, burst: 1000, requestsPerSecond: 1000 } });
});
afterAll(async () => {
  await running.close();
  await server.stop();
});

const releases = '/api/applications/shop/releases';
const images = [{ service: 'api', image: 'api', digest: `sha256:${'7'.repeat(64)}` }];

describe('making a release by the API', () => {
  it('stores it once, and refuses other content under the same name', async () => {
    const made = await api.post(releases, { name: 'v7', content: { images, configuration: { 'page.size': 5 } } });
    expect(made).toMatchObject({ status: 201, body: { release: { name: 'v7', createdBy: promoter.id, images: 1 } } });
    const again = await api.post(releases, { name: 'v7', content: { images, configuration: { 'page.size': 5 } } });
    expect(again.body).toEqual(made.body);
    const other = await api.post(releases, { name: 'v7', content: { images } });
    expect(other).toMatchObject({ status: 409, body: { code: 'refused' } });
    expect((await api.get(`${releases}/v7`)).body).toMatchObject({ content: { configuration: { 'page.size': 5 } } });
  });

  it.each([
    ['a tag for a digest', { images: [{ ...images[0], digest: 'v7' }] }, '/content/images/0/digest'],
    [
      'a name that leads out of the registry',
      { images: [{ ...images[0], image: '../../etc/api' }] },
      '/content/images/0/image',
    ],
    ['no image', { images: [] }, '/content/images'],
    ['a field that there is not', { images, colour: 'red' }, '/content'],
  ])('refuses content with %s, and says where', async (_with, content, at) => {
    const { status, body } = await api.post<{ errors: readonly { at: string }[] }>(releases, { name: 'v8', content });
    expect([status, body.errors[0]?.at]).toEqual([400, at]);
  });

  it('takes a body that is longer than other commands may have', async () => {
    const configuration = Object.fromEntries(
      Array.from({ length: 2000 }, (_, index) => [`key.${String(index)}`, 'value']),
    );
    expect((await api.post(releases, { name: 'v9', content: { images, configuration } })).status).toBe(201);
    const tooLong = { name: 'v10', content: { images, configuration: { key: 'x'.repeat(5 * 1024 * 1024) } } };
    expect((await api.post(releases, tooLong)).status).toBe(413);
    expect((await api.post('/api/promotions', { application: 'x'.repeat(20_000) })).status).toBe(413);
  });

  it('assembles one of what a registry holds, with migrations that are sent along', async () => {
    const digest = await running.image('tagged');
    await running.ports.artifacts.tag('registries/dev/api', 'v11', digest, undefined, running.effect(1));
    const migrations = [
      { name: '001_orders.up.sql', sql: '-- kind: expand\ncreate table orders (id int);\n' },
      { name: '001_orders.down.sql', sql: 'drop table orders;\n' },
    ];
    const request = { name: 'v11', from: 'dev', tag: 'v11', images: { api: 'api' }, like: 'v9', migrations };
    const made = await api.post(`${releases}/assembly`, request);
    expect(made).toMatchObject({
      status: 201,
      body: { release: { name: 'v11', migrations: 1 }, images: [{ service: 'api', image: 'api', tag: 'v11', digest }] },
    });
    const missing = await api.post(`${releases}/assembly`, { ...request, name: 'v12', tag: 'v12' });
    expect(missing).toMatchObject({ status: 409, body: { code: 'requirements-not-met' } });
    const wrong = { ...request, name: 'v13', migrations: [{ name: '../1_x.up.sql', sql: 'select 1' }] };
    expect((await api.post(`${releases}/assembly`, wrong)).body['detail']).toContain(
      'a migration is called NNN_name.up.sql',
    );
  });
});

describe('adding evidence by the API', () => {
  const path = `${releases}/v2/evidence`;
  const report =
    '<testsuite name="unit" tests="2" failures="1"><testcase name="a"/><testcase name="b"><failure/></testcase></testsuite>';

  it('takes the facts out of a report, once', async () => {
    const added = await api.post(path, { report, source: 'npm test', commit: 'a'.repeat(40) });
    expect(added).toMatchObject({
      status: 201,
      body: {
        release: 'v2',
        format: 'junit',
        isKnown: false,
        evidence: [{ source: 'npm test', fact: { kind: 'tests' } }],
      },
    });
    expect((await api.post(path, { report, source: 'npm test' })).body).toMatchObject({ isKnown: true });
    expect((await api.get(`${releases}/v2`)).body).toMatchObject({ evidence: [{ source: 'npm test' }] });
  });

  it('says what is wrong with a report', async () => {
    const { status, body } = await api.post(path, { report: 'nothing', source: 'x', format: 'junit' });
    expect([status, body['detail']]).toEqual([409, expect.stringContaining('the report cannot be used')]);
    expect((await api.post(path, { report, source: 'x' }, viewer)).status).toBe(403);
  });
});

describe('what else people do by the command line', () => {
  it('adopts what runs, by looking there', async () => {
    const adopted = await api.post('/api/applications/shop/environments/qa/adoption', {}, operator);
    expect(adopted).toMatchObject({
      status: 201,
      body: { application: 'shop', environment: 'qa', configurationCommit: 'c', images: [{ service: 'api' }] },
    });
    expect((await api.post('/api/applications/shop/environments/nowhere/adoption', {}, operator)).status).toBe(404);
  });

  it('finds where a change runs, and says why it does not know', async () => {
    const { body } = await api.get('/api/source-locations?change=abcdef0&application=shop');
    expect(body).toMatchObject({ word: 'abcdef0', commits: [], locations: [] });
    expect(body['unknown']).not.toEqual([]);
  });

  it('gives the report of a promotion as a file', async () => {
    const id = await running.desk.run({ isDryRun: true });
    const file = await api.get<string>(`/api/promotions/${id}/report-file?format=html`);
    expect(file.headers.get('Content-Disposition')).toBe(`attachment; filename="${id}.html"`);
    expect(file.body).toContain('<!doctype html>');
    expect((await api.get<string>(`/api/promotions/${id}/report-file`)).body).toContain(id);
    expect((await api.get(`/api/promotions/${id}/report-file?format=json`)).body).toMatchObject({ promotion: { id } });
  });

  it('lists what is to be done, gives the key of signatures, and removes what is old only when told so twice', async () => {
    expect((await api.get('/api/open-items?application=shop')).body).toEqual({ openItems: [] });
    expect((await api.get('/api/audit/key')).body).toMatchObject({ keyId: 'key-1' });
    const dry = await api.post('/api/audit/prune', { chainsOlderThanDays: 36_500 }, admin);
    expect(dry.body).toEqual({ isRemoved: false, chains: [], kept: 0, logs: null });
    expect((await api.post('/api/audit/prune', {}, admin)).status).toBe(400);
    expect((await api.post('/api/audit/prune', { chainsOlderThanDays: 36_500 }, operator)).status).toBe(403);
  });
});
