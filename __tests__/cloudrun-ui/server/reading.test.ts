import { jest } from '@jest/globals';
import { engineActor } from '../../../engine/workflow/actor.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { promoter, viewer } from '../../engine/service/service-fixture.ts';
import { ApiDesk } from './api-desk.ts';

jest.setTimeout(60_000);

let server: ScratchPostgres;
let api: ApiDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
  api = await ApiDesk.open(await server.createStoreDatabase());
});
afterAll(async () => {
  await api.close();
  await server.stop();
});

interface Page {
  readonly items: readonly { readonly id: string }[];
  readonly next: string | null;
}

async function everyPage(path: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let cursor = ''; ;) {
    const { body } = await api.get<Page>(`${path}${path.includes('?') ? '&' : '?'}limit=2${cursor}`);
    ids.push(...body.items.map(({ id }) => id));
    if (body.next === null) return ids;
    cursor = `&cursor=${body.next}`;
  }
}

describe('looking by the API', () => {
  it('says who somebody is', async () => {
    const { body } = await api.get('/api/me', promoter);
    expect(body).toEqual({
      person: promoter.id,
      isVerified: true,
      roles: ['promoter'],
      saidBy: null,
      signIn: 'iap',
    });
  });

  it('says what runs in each environment', async () => {
    const { body } = await api.get<{ environments: readonly unknown[] }>('/api/environments?application=shop');
    expect(body.environments).toMatchObject([
      { environment: 'dev', release: 'v2' },
      { environment: 'qa', release: 'v1' },
      { environment: 'staging', release: 'v1' },
      { environment: 'production', release: 'v1' },
    ]);
  });

  it('names the places that there are, along their paths', async () => {
    const { body } = await api.get<{ applications: readonly unknown[] }>('/api/places');
    expect(body.applications).toContainEqual({
      application: 'shop',
      environments: ['dev', 'qa', 'staging', 'production'],
    });
  });

  it('lists promotions a page at a time, each once, also those of one moment', async () => {
    const made: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      made.push(await api.desk.run({ isDryRun: true }));
      if (index === 2) api.desk.clock.advance(60);
    }
    const listed = await everyPage('/api/promotions');
    expect(listed).toHaveLength(5);
    expect(new Set(listed)).toEqual(new Set(made));
    expect(listed.slice(0, 2).toSorted()).toEqual(made.slice(3).toSorted());
    expect(await everyPage('/api/promotions?state=INITIALIZING&kind=promote&active=true')).toEqual(listed);
    expect(await everyPage('/api/promotions?active=false&kind=rollback')).toEqual([]);
  });

  it('lists what is over a page at a time, by its end', async () => {
    const ended: string[] = [];
    for (let index = 0; index < 3; index += 1) {
      const id = await api.desk.run({ isAgain: true });
      api.desk.clock.advance(60);
      await api.desk.change(id, (draft) => {
        draft.moveTo('CANCELLED', engineActor);
      });
      ended.unshift(id);
    }
    expect(await everyPage('/api/history')).toEqual(ended);
    expect(await everyPage('/api/history?outcome=cancelled&outcome=failed&application=shop')).toEqual(ended);
    expect(await everyPage('/api/history?outcome=failed')).toEqual([]);
    expect(
      await everyPage(
        `/api/history?since=${encodeURIComponent(new Date(api.desk.clock.now().getTime() - 90_000).toISOString())}`,
      ),
    ).toEqual(ended.slice(0, 2));
  });

  it('shows a promotion with its people, its trail and its log', async () => {
    const id = await api.desk.run({ reason: 'new checkout' });
    await api.desk.store.appendLogs([
      { promotionId: id, step: 'initialize', attempt: 1, at: api.desk.clock.now(), line: 'hello' },
    ]);
    const { body } = await api.get(`/api/promotions/${id}`);
    expect(body).toMatchObject({
      promotion: { id, release: 'v2', reason: 'new checkout' },
      approvals: [],
      checklist: [],
    });
    const events = await api.get<{ events: readonly { readonly type: string }[] }>(`/api/promotions/${id}/events`);
    expect(events.body.events.map(({ type }) => type)).toContain('requested');
    const logs = await api.get(`/api/promotions/${id}/logs`);
    expect(logs.body).toMatchObject({ hasMore: false, lines: [{ step: 'initialize', line: 'hello' }] });
  });

  it('lists releases without what is in them', async () => {
    const { body } = await api.get<{ releases: readonly unknown[] }>('/api/applications/shop/releases');
    expect(body.releases).toHaveLength(2);
    expect(JSON.stringify(body)).not.toContain('content');
  });

  it('answers with nothing but 304 to whoever has the same already', async () => {
    const first = await api.get('/api/applications/shop/releases');
    const tag = first.headers.get('ETag') ?? '';
    const again = await api.get('/api/applications/shop/releases', viewer, { 'If-None-Match': `"other", W/${tag}` });
    expect(again).toMatchObject({ status: 304, body: '' });
    await api.desk.release('v3');
    expect((await api.get('/api/applications/shop/releases', viewer, { 'If-None-Match': tag })).status).toBe(200);
  });

  it.each([
    ['/api/promotions?limit=0', 400, 'query /limit: '],
    ['/api/promotions?colour=red', 400, 'colour'],
    ['/api/promotions?cursor=abc', 400, 'the cursor is none of this list'],
    ['/api/promotions/nonsense', 400, 'must be the id of a promotion'],
    ['/api/promotions/pr-0', 404, 'there is no promotion pr-0'],
    ['/api/applications/shp/releases', 404, 'there is no application shp'],
    ['/api/nothing', 404, 'there is no operation GET /api/nothing'],
  ])('refuses %s with %d and says why', async (path, status, detail) => {
    const { body, headers, status: answered } = await api.get(path);
    expect(answered).toBe(status);
    expect(headers.get('Content-Type')).toBe('application/problem+json');
    expect(body['status']).toBe(status);
    expect(body['detail']).toContain(detail);
  });

  it('splits what to do from what is wrong', async () => {
    const { body } = await api.get('/api/applications/shp/releases');
    expect(body['code']).toBe('not-found');
    expect(body['remedy']).toContain('Did you mean shop?');
  });
});
