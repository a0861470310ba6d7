import { jest } from '@jest/globals';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { admin, alan, anna, operator, promoter, rulesText, viewer } from '../../engine/service/service-fixture.ts';
import { RunningDesk } from '../../engine/service/running-desk.ts';
import { ApiDesk } from './api-desk.ts';

jest.setTimeout(120_000);

const rules = `soakSeconds: 600
checklist: [{ item: tell support, phase: after }]
approvals: { stages: [{ name: checkers, people: [quinn@shop.example], roles: [approver], minimumApprovals: 1 }] }`;

let server: ScratchPostgres;
let running: RunningDesk;
let api: ApiDesk;
/** Promotions of v2: into qa, which succeeded, and into staging, which waits for an approval. */
let done: string;
let waiting: string;
beforeAll(async () => {
  server = await startScratchPostgres();
  running = await RunningDesk.open(await server.createStoreDatabase(), rulesText(rules));
  api = ApiDesk.over(running.desk);
  await running.release('v5');
  done = (await running.promote({ release: 'v5', reason: 'new checkout' })).id;
  running.desk.clock.advance(3600);
  waiting = (await running.promote({ release: 'v5', to: 'staging' })).id;
});
afterAll(async () => {
  await running.close();
  await server.stop();
});

describe('what pages show', () => {
  it('home: what runs where and what is on its way, a row for each application', async () => {
    const { body } = await api.get('/api/matrix?search=SHO');
    expect(body).toMatchObject({
      environments: ['dev', 'qa', 'staging', 'production'],
      items: [
        {
          application: 'shop',
          environments: [{ release: 'v5' }, { release: 'v5', promotionId: done }, { release: 'v1' }, { release: 'v1' }],
          running: [{ id: waiting, release: 'v5', to: 'staging', waiting: { reason: 'approval' } }],
        },
      ],
      next: null,
    });
    expect((await api.get('/api/matrix?search=nothing')).body).toMatchObject({ items: [] });
  });

  it('home: just the rows that are asked for by name, as far as there are such', async () => {
    const { body } = await api.get('/api/matrix?application=shop&application=nothing');
    expect(body).toMatchObject({ items: [{ application: 'shop' }], next: null });
    expect((await api.get('/api/matrix?application=sho')).body).toMatchObject({ items: [] });
  });

  it('pipeline: what may move along each path, and what keeps it', async () => {
    const { body } = await api.get<{ paths: readonly unknown[] }>('/api/applications/shop/pipeline');
    expect(body.paths).toMatchObject([
      { from: 'dev', to: 'qa', candidate: null, isOpen: true },
      {
        from: 'qa',
        to: 'staging',
        candidate: { release: 'v5', isBad: false },
        approvals: [{ stage: 'checkers', minimum: 1 }],
      },
      { from: 'staging', to: 'production', candidate: null },
    ]);
  });

  it('inbox: what waits for whoever asks, and nothing of others', async () => {
    const mine = await api.get('/api/inbox', anna);
    expect(mine.body).toMatchObject({ items: [{ asks: 'approval', stage: 'checkers', promotion: { id: waiting } }] });
    expect((await api.get('/api/inbox', promoter)).body).toMatchObject({ items: [] });
    expect((await api.get('/api/inbox', viewer)).body).toMatchObject({ items: [] });
  });

  it('the plan with its hash, and the report with checks, stages and times', async () => {
    const { body } = await api.get<{ plan: Record<string, unknown> }>(`/api/promotions/${waiting}/plan`);
    expect(body.plan).toMatchObject({
      images: [{ service: 'api', change: 'changed' }],
      configuration: { changes: [{ path: 'release', before: 'v1', after: 'v5' }, { path: 'images.api' }] },
      target: { release: 'v1' },
    });
    const report = await api.get(`/api/promotions/${done}/report`);
    expect(report.body).toMatchObject({
      outcomeText: 'promoted',
      timing: { requestedAt: expect.any(String) as string },
    });
    expect((await api.get(`/api/promotions/${waiting}/report`)).body).toMatchObject({
      approvals: { stages: [{ name: 'checkers', minimumApprovals: 1 }] },
    });
  });

  it('no canary and no migration of a promotion that brings none', async () => {
    expect((await api.get(`/api/promotions/${done}/canary`)).body).toEqual({ canary: null });
    expect((await api.get(`/api/promotions/${done}/migrations`)).body).toMatchObject({ migrations: [], trouble: null });
  });

  it('the plan that somebody was shown beside the one that there is, and nothing where it is the same', async () => {
    const { body } = await api.get<{ plan: { hash: string } }>(`/api/promotions/${waiting}/plan`);
    const { hash } = body.plan;
    const since = await api.get(`/api/promotions/${waiting}/plan-since?hash=${hash}`);
    expect(since.body).toMatchObject({ before: { hash }, now: { hash }, changes: [] });
    expect((await api.get(`/api/promotions/${done}/plan-since?hash=${hash}`)).status).toBe(404);
    expect((await api.get(`/api/promotions/${done}/plan-since?hash=plan`)).status).toBe(400);
  });

  it('two promotions beside each other, history, changes, what was so at a time, statistics', async () => {
    const compared = await api.get(`/api/promotion-comparison?one=${done}&other=${waiting}`);
    expect(compared.body).toMatchObject({ one: { promotion: { to: 'qa' } }, other: { promotion: { to: 'staging' } } });
    expect((await api.get('/api/history?environment=qa')).body).toMatchObject({
      items: [{ id: done, outcome: 'succeeded', reason: 'new checkout' }],
    });
    expect((await api.get('/api/changes?since=2026-11-20T09:59:00Z&environment=qa')).body).toMatchObject({
      groups: [{ promotion: { id: done } }, {}],
    });
    const until = '2026-11-20T09:59:30Z';
    expect((await api.get(`/api/changes?since=2026-11-20T09:59:00Z&until=${until}`)).body).toMatchObject({
      until: '2026-11-20T09:59:30.000Z',
      groups: [],
    });
    expect((await api.get('/api/state-at?at=2026-11-20T10:00:00Z')).status).toBe(200);
    expect((await api.get('/api/statistics')).body).toMatchObject({
      total: { attempts: 2, outcomes: { succeeded: 1 } },
      restorations: { total: { needed: 0, seconds: null } },
    });
    expect((await api.get('/api/statistics?places=1')).body).toMatchObject({ places: [{}], morePlaces: 1 });
    const trend = await api.get<{ points: readonly { attempts: number }[] }>('/api/statistics/trend?environment=qa');
    expect(trend.body).toMatchObject({ bucket: 'day' });
    expect(trend.body.points.at(-1)).toMatchObject({ attempts: 1 });
  });

  it('revisions with whether they can be returned to, and what a rollback would do', async () => {
    const { body } = await api.get('/api/applications/shop/environments/qa/revisions');
    expect(body).toMatchObject({
      newestPromotion: done,
      revisions: [{ release: 'v5', isRunning: true }, { release: 'v1' }],
    });
    const preview = await api.get(`/api/promotions/${done}/rollback-preview`);
    expect(preview.body).toMatchObject({ kind: 'preview', release: 'v5', returnsTo: 'v1', marksBad: true });
    expect((await api.get(`/api/promotions/${waiting}/rollback-preview?release=v9`)).status).toBe(404);
  });

  it('an environment as it is now, and two beside each other', async () => {
    const { body } = await api.get('/api/applications/shop/environments/prod');
    expect(body).toMatchObject({ environment: 'production', services: [{ service: 'api', health: 'healthy' }] });
    const compared = await api.get('/api/environment-comparison?from=qa&to=staging');
    expect(compared.body).toMatchObject({
      from: { environment: 'qa' },
      configuration: { kind: 'compared', same: [{ setting: 'feature.limit', value: '5' }] },
      readiness: { isDemanded: false },
      forecast: { kind: 'planned', release: 'v5', plan: { images: [{ service: 'api', change: 'changed' }] } },
    });
  });

  it('the history of configuration, and what differs', async () => {
    const history = await api.get('/api/applications/shop/environments/qa/configuration');
    expect(history.body).toMatchObject({ revisions: [{ promotion: done }, {}] });
    const diff = await api.get('/api/applications/shop/environments/qa/configuration-diff?against=staging');
    expect(diff.body['changes']).not.toEqual([]);
  });

  it('the rules, what a path demands, and what other rules would have decided', async () => {
    expect((await api.get('/api/rules')).body).toMatchObject({ paths: [{ from: 'dev' }, { soakSeconds: 600 }, {}] });
    const explained = await api.get('/api/rules/explanation?to=staging');
    expect(explained.body).toMatchObject({ from: 'qa', application: 'shop', isOpen: true });
    const wrong = await api.post('/api/rules/proposals', { text: 'version: 1\ncolour: red\n' }, viewer);
    expect(wrong.body).toMatchObject({ isUsable: false, replay: null });
    const proposal = await api.post('/api/rules/proposals', { text: rulesText('soakSeconds: 36000') }, viewer);
    expect(proposal.body).toMatchObject({ isUsable: true, replay: { otherwise: [{ id: waiting }] } });
  });

  it('releases, in full and marked bad', async () => {
    const { body } = await api.get('/api/applications/shop/releases/v5');
    expect(body).toMatchObject({ release: { name: 'v5' }, content: { images: [{ service: 'api' }] } });
    const bad = await api.post(
      '/api/applications/shop/releases/v2/judgement',
      { judgement: 'bad', reason: 'it leaks' },
      operator,
    );
    expect(bad.body).toMatchObject({ release: { bad: { reason: 'it leaks', by: operator.id } } });
    expect((await api.get('/api/bad-releases')).body).toMatchObject({
      releases: [{ application: 'shop', name: 'v2', bad: { by: operator.id } }],
    });
  });

  it('settings: holds, freezes, roles and what somebody may', async () => {
    const hold = {
      application: 'shop',
      environment: 'production',
      reason: 'audit',
      until: '2026-12-24T00:00:00+01:00',
    };
    expect((await api.post('/api/holds', hold, operator)).status).toBe(201);
    const freeze = { name: 'year end', reason: 'closing', from: '2026-12-20T00:00:00Z', to: '2027-01-02T00:00:00Z' };
    expect((await api.post('/api/freezes', freeze, operator)).status).toBe(201);
    const { freezes } = (await api.get('/api/freezes')).body as {
      readonly freezes: readonly { readonly id: string }[];
    };
    expect(freezes).toMatchObject([{ name: 'year end', application: '*' }]);
    expect((await api.get('/api/closures?application=shop')).body).toMatchObject({ closures: [{ kind: 'hold' }] });
    expect((await api.post('/api/freezes/lift', { name: freezes[0]?.id }, operator)).status).toBe(200);
    expect((await api.get('/api/freezes')).body).toEqual({ freezes: [] });
    await api.post('/api/holds/release', { application: 'shop', environment: 'prod' }, operator);
    expect((await api.get('/api/closures')).body).toMatchObject({ closures: [] });
    const binding = { subject: 'ben@shop.example', role: 'promoter', application: 'shop', environment: 'qa' };
    await api.post('/api/roles/bind', binding, admin);
    expect((await api.get('/api/roles')).body).toMatchObject({ bindings: [binding] });
    await api.post('/api/roles/unbind', binding, admin);
    expect((await api.get('/api/permissions', viewer)).body).toEqual({
      commands: ['read', 'verify-audit', 'export-audit'],
    });
  });

  it('whether the audit trail holds, how promotions were decided, and a table of all entries', async () => {
    const { body } = await api.get('/api/audit');
    expect(body).toMatchObject({ verified: { holds: true, findings: [] } });
    const compliance = await api.get('/api/audit/compliance?environment=qa');
    expect(compliance.body).toMatchObject({
      summary: { promotions: 1, succeededWithoutApproval: 1 },
      promotions: [{ id: done, outcome: 'COMPLETED_SUCCESSFULLY', requestedBy: promoter.id }],
    });
    const table = await api.get<string>('/api/audit/export?format=csv&environment=qa');
    expect(table.headers.get('Content-Disposition')).toContain('attachment; filename="audit-2026-11-20.csv"');
    expect(table.body.split('\r\n')[1]).toMatch(new RegExp(`^${done},1,2026-11-20T`));
    expect((await api.get('/api/audit/export?environment=nowhere')).status).toBe(404);
  });

  it('the entries of the trail, a part at a time, of whom and of what is asked for', async () => {
    interface Entries {
      readonly items: readonly { readonly text: string; readonly promotion: string | null }[];
      readonly next: string | null;
    }
    const { body } = await api.get<Entries>('/api/audit/entries?limit=2&people=true');
    expect(body.items).toHaveLength(2);
    const rest = await api.get<Entries>(`/api/audit/entries?people=true&cursor=${body.next ?? ''}`);
    expect(rest.body.items.length).toBeGreaterThan(2);
    const mine = await api.get<Entries>(`/api/audit/entries?by=${promoter.id}&type=requested&environment=qa`);
    expect(mine.body).toMatchObject({
      items: [{ promotion: done, text: 'asked for it: new checkout', by: promoter.id, release: 'v5' }],
      next: null,
    });
    const roles = await api.get<Entries>('/api/audit/entries?type=role-bound&type=role-unbound');
    expect(roles.body.items.map(({ text }) => text)).toEqual([
      'took the role promoter for shop in qa from ben@shop.example',
      'gave ben@shop.example the role promoter for shop in qa',
    ]);
    expect((await api.get('/api/audit/entries?cursor=nonsense')).status).toBe(400);
  });

  it('decides about what is shown, after which it waits for nobody', async () => {
    const { body } = await api.get<{ plan: { hash: string } }>(`/api/promotions/${waiting}/plan`);
    const decision = { decision: 'approved', planHash: body.plan.hash, comment: 'looked at it' };
    expect((await api.post(`/api/promotions/${waiting}/decisions`, decision, promoter)).status).toBe(403);
    const approved = await api.post(`/api/promotions/${waiting}/decisions`, decision, alan);
    expect(approved.body).toMatchObject({ promotion: { id: waiting } });
    expect((await api.get('/api/inbox', anna)).body).toMatchObject({ items: [] });
    await running.work();
    expect((await running.desk.load(waiting)).state).toBe('COMPLETED_SUCCESSFULLY');
    const items = (await api.get<{ openItems: readonly { detail: string }[] }>('/api/inbox', operator)).body.openItems;
    expect(items).toMatchObject([{ detail: 'tell support' }]);
    const ticked = await api.post(`/api/promotions/${waiting}/ticks`, { item: '1', note: 'done' }, operator);
    expect(ticked.body).toMatchObject({ item: { state: 'ticked-by-person' } });
    const back = await api.post(`/api/promotions/${waiting}/rollback`, { reason: 'errors' }, operator);
    expect(back.status).toBe(201);
  });
});
