import { jest } from '@jest/globals';
import type { Identity } from '../../../cloudrun-ui/server/identity/identity.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import { admin, operator, promoter, rulesText, ServiceDesk } from '../../engine/service/service-fixture.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { ApiDesk } from './api-desk.ts';

jest.setTimeout(60_000);

const applications = ['blog', 'shop'] as const;
/** Vouches for whoever the header names, who brings no role. */
const byName: Identity = {
  kind: 'iap',
  identify: ({ headers }) =>
    Promise.resolve({
      kind: 'known',
      actor: { id: `${headers.get('X-Test-Name') ?? ''}@shop.example`, verified: true, roles: [], via: 'ui' },
    }),
};

let server: ScratchPostgres;
let desk: ServiceDesk;
let api: ApiDesk;
/** Ended promotions by application, newest first, every second one into staging. */
const ended: Record<(typeof applications)[number], string[]> = { blog: [], shop: [] };
beforeAll(async () => {
  server = await startScratchPostgres();
  const rules = rulesText().replace('environments:', '  - name: blog\n    services: [{ name: api }]\nenvironments:');
  desk = await ServiceDesk.open(await server.createStoreDatabase(), rules);
  api = ApiDesk.over(desk, { identity: byName });
  const images = (name: string) => [{ service: 'api', image: 'api', digest: `sha256:${name.repeat(64)}` }];
  await desk.service.createRelease(promoter, { application: 'blog', name: 'b1', content: { images: images('1') } }, []);
  await desk.service.createRelease(promoter, { application: 'blog', name: 'b2', content: { images: images('2') } }, []);
  for (const environment of ['dev', 'qa', 'staging']) await desk.service.adopt(operator, 'blog', environment, 'b1');
  for (const environment of ['dev', 'qa']) await desk.service.adopt(operator, 'blog', environment, 'b2');
  await desk.service.adopt(operator, 'shop', 'qa', 'v2');
  for (let index = 0; index < 6; index += 1) {
    for (const application of applications) {
      const [release, to] = [application === 'blog' ? 'b2' : 'v2', index % 2 === 0 ? 'qa' : 'staging'];
      const id = await desk.service.run(promoter, { application, release, to, isAgain: true });
      desk.clock.advance(60);
      await desk.change(id, (draft) => {
        draft.moveTo('CANCELLED', engineActor);
      });
      ended[application].unshift(id);
    }
  }
  await desk.service.hold(operator, { application: 'shop', environment: 'qa', reason: 'audit' });
  await desk.service.declareFreeze(operator, {
    name: 'sale',
    application: 'shop',
    reason: 'sale',
    from: new Date(desk.clock.now().getTime() + 3_600_000),
    to: new Date(desk.clock.now().getTime() + 7_200_000),
  });
  const bind = (name: string, application: string, environment: string) =>
    desk.service.bindRole(admin, { subject: `${name}@shop.example`, role: 'viewer', application, environment });
  await bind('bea', 'blog', '*');
  await bind('quinn', 'blog', 'qa');
  await bind('quinn', 'shop', 'staging');
  await bind('all', '*', '*');
  await bind('everywhere-in-qa', '*', 'qa');
});
afterAll(async () => {
  await desk.close();
  await server.stop();
});

const as = <Body>(name: string, path: string) => api.get<Body>(path, 'nobody', { 'X-Test-Name': name });

/** Every question about applications and environments, with each of these words in one place of it. */
function questionsWith(words: readonly string[]): readonly string[] {
  const names = ['application', 'environment', 'from', 'to'];
  return Object.entries(api.document.paths ?? {}).flatMap(([path, { get }]) => {
    const parameters = (get?.parameters ?? []).flatMap((each) => ('in' in each ? [each] : []));
    const places = parameters.filter(({ name }) => names.includes(name));
    return places.flatMap((place) =>
      words.map((word) => {
        const valueOf = (name: string): string =>
          name === place.name ? word : name === 'application' ? 'blog' : name === 'from' ? 'qa' : 'staging';
        const named = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => valueOf(name));
        const queried = parameters.filter((each) => each.in === 'query' && (each.required === true || each === place));
        return `${named}?${queried.map(({ name }) => `${name}=${valueOf(name)}`).join('&')}`;
      }),
    );
  });
}

interface Page {
  readonly items: readonly { readonly id: string; readonly application: string; readonly to: string }[];
  readonly next: string | null;
}

/** Page after page; a page that is not the last one is full. */
async function everyPage(name: string, path: string, limit = 2): Promise<Page['items']> {
  const items: Page['items'][number][] = [];
  for (let cursor = ''; ;) {
    const { body } = await as<Page>(name, `${path}${path.includes('?') ? '&' : '?'}limit=${String(limit)}${cursor}`);
    items.push(...body.items);
    if (body.next === null) return items;
    expect(body.items).toHaveLength(limit);
    cursor = `&cursor=${body.next}`;
  }
}

const idsOf = (items: Page['items']): readonly string[] => items.map(({ id }) => id);

describe('lists over everything, for somebody who may see a part of it', () => {
  it.each(['/api/history', '/api/promotions'])('%s: just that part, every page but the last one full', async (path) => {
    expect(idsOf(await everyPage('bea', path))).toEqual(ended.blog);
    const mixed = await everyPage('quinn', path);
    const expected = [
      ...ended.blog.filter((_, index) => index % 2 === 1),
      ...ended.shop.filter((_, index) => index % 2 === 0),
    ];
    expect(new Set(idsOf(mixed))).toEqual(new Set(expected));
    expect(mixed.every(({ application, to }) => to === (application === 'blog' ? 'qa' : 'staging'))).toBe(true);
    expect(idsOf(await everyPage('all', path))).toHaveLength(12);
    expect((await everyPage('everywhere-in-qa', path)).map(({ to }) => to)).toEqual(Array<string>(6).fill('qa'));
  });

  it('no page tells how much else there is: the last one has no cursor', async () => {
    const { body } = await as<Page>('bea', '/api/history?limit=6');
    expect([body.items.length, body.next]).toEqual([6, null]);
  });

  it('home: rows, environments, closures and freezes of that part, found by name as well', async () => {
    interface Matrix {
      readonly environments: readonly string[];
      readonly items: readonly {
        readonly application: string;
        readonly environments: readonly { environment: string }[];
      }[];
      readonly closures: readonly unknown[];
      readonly freezesAhead: readonly unknown[];
      readonly next: string | null;
    }
    const bea = (await as<Matrix>('bea', '/api/matrix?limit=1')).body;
    expect(bea.items.map(({ application }) => application)).toEqual(['blog']);
    expect([bea.closures, bea.freezesAhead, bea.next]).toEqual([[], [], null]);
    expect((await as<Matrix>('bea', '/api/matrix?search=sho')).body.items).toEqual([]);
    const quinn = (await as<Matrix>('quinn', '/api/matrix')).body;
    expect(quinn.items.map(({ environments }) => environments.map(({ environment }) => environment))).toEqual([
      ['qa'],
      ['staging'],
    ]);
    expect(quinn.environments).toEqual(['qa', 'staging']);
    expect(quinn.closures).toEqual([]);
    expect(quinn.freezesAhead).toMatchObject([{ application: 'shop', name: 'sale' }]);
    expect((await as<Matrix>('all', '/api/matrix')).body.closures).toMatchObject([{ application: 'shop' }]);
  });

  it('environments, statistics, changes and what was so at a time', async () => {
    const since = '2026-11-20T00:00:00Z';
    const environments = await as<{ environments: readonly { application: string }[] }>('bea', '/api/environments');
    expect(environments.body.environments.map(({ application }) => application)).toEqual(['blog', 'blog', 'blog']);
    const places = await as<{ applications: readonly unknown[] }>('quinn', '/api/places');
    expect(places.body.applications).toEqual([
      { application: 'blog', environments: ['qa'] },
      { application: 'shop', environments: ['staging'] },
    ]);
    const statistics = await as<{ total: { attempts: number }; places: readonly unknown[] }>(
      'quinn',
      '/api/statistics',
    );
    expect([statistics.body.total.attempts, statistics.body.places.length]).toEqual([6, 2]);
    const changes = await as<{ groups: readonly { application: string }[] }>('bea', `/api/changes?since=${since}`);
    expect(new Set(changes.body.groups.map(({ application }) => application))).toEqual(new Set(['blog']));
    const then = await as<{ differences: readonly { application: string; environment: string }[] }>(
      'quinn',
      `/api/state-at?at=${since}`,
    );
    expect(then.body.differences.length).toBeGreaterThan(0);
    expect(
      new Set(then.body.differences.map(({ application, environment }) => `${application} ${environment}`)),
    ).toEqual(new Set(['blog qa', 'shop staging']));
  });

  it('freezes, holds, roles and what waits', async () => {
    expect((await as('bea', '/api/freezes')).body).toEqual({ freezes: [] });
    expect((await as('quinn', '/api/freezes')).body).toMatchObject({ freezes: [{ name: 'sale' }] });
    expect((await as('bea', '/api/closures')).body).toMatchObject({ closures: [] });
    const { body } = await as<{ bindings: readonly { subject: string }[] }>('bea', '/api/roles');
    expect(new Set(body.bindings.map(({ subject }) => subject.split('@')[0]))).toEqual(
      new Set(['all', 'bea', 'everywhere-in-qa', 'quinn']),
    );
    expect(body.bindings).not.toContainEqual(expect.objectContaining({ application: 'shop' }));
    expect((await as('bea', '/api/inbox')).body).toMatchObject({ items: [], openItems: [], isCut: false });
  });

  it('entries of the audit trail, trends and bad releases', async () => {
    interface Entry {
      readonly promotion: string | null;
      readonly application: string | null;
    }
    const entries = await everyPage('bea', '/api/audit/entries', 3);
    const told = entries as unknown as readonly Entry[];
    expect(new Set(told.map(({ application }) => application))).toEqual(new Set(['blog', '*']));
    expect(new Set(told.flatMap(({ promotion }) => promotion ?? []))).toEqual(new Set(ended.blog));
    expect((await everyPage('all', '/api/audit/entries', 50)).length).toBeGreaterThan(entries.length);
    const { body } = await as<{ points: readonly { attempts: number }[] }>('quinn', '/api/statistics/trend');
    expect(body.points.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(6);
    await desk.service.judgeRelease(operator, { application: 'shop', name: 'v1', judgement: 'bad', reason: 'leaks' });
    expect((await as('bea', '/api/bad-releases')).body).toEqual({ releases: [] });
    expect((await as('quinn', '/api/bad-releases')).body).toMatchObject({ releases: [{ name: 'v1' }] });
  });

  it('the way of an application, as far as its environments may be seen', async () => {
    interface Pipeline {
      readonly environments: readonly { readonly name: string }[];
      readonly paths: readonly unknown[];
    }
    const { body } = await as<Pipeline>('quinn', '/api/applications/blog/pipeline');
    expect([body.environments.map(({ name }) => name), body.paths]).toEqual([['qa'], []]);
    expect((await as<Pipeline>('bea', '/api/applications/blog/pipeline')).body.paths).toHaveLength(3);
    expect((await as('bea', '/api/applications/shop/pipeline')).status).toBe(403);
  });

  it('an application that may not be seen is refused like one that there is not, and no name is told', async () => {
    for (const application of ['shop', 'nothing']) {
      for (const path of [`/api/history?application=${application}`, `/api/applications/${application}/releases`]) {
        const { status, body } = await as<{ readonly detail: string }>('bea', path);
        expect([status, body.detail]).toEqual([
          403,
          `bea@shop.example has no role for ${application} in *; looking at it needs viewer or promoter or approver or operator or admin. Ask an admin for it.`,
        ]);
      }
    }
  });

  it('words that mean nothing in particular are refused, and no name is told of what may not be seen', async () => {
    const asked = questionsWith(['*', '..', '%2e%2e', '%2F', 'nowhere', '']);
    expect(asked.length).toBeGreaterThan(100);
    for (const path of asked) {
      const { status, body } = await as('quinn', path);
      const told = JSON.stringify(body).replaceAll('@shop.example', '');
      expect([path, status < 500, /\bdev\b|production/.exec(told)?.[0]]).toEqual([path, true, undefined]);
      const ofBea = JSON.stringify((await as('bea', path)).body).replaceAll('@shop.example', '');
      expect([path, /\bshop\b/.exec(ofBea)?.[0]]).toEqual([path, undefined]);
    }
  });

  it('understands the aliases of an environment', async () => {
    await desk.service.bindRole(admin, {
      subject: 'pia@shop.example',
      role: 'viewer',
      application: '*',
      environment: 'production',
    });
    expect((await as('pia', '/api/history?environment=prod')).status).toBe(200);
    expect((await as('pia', '/api/applications/shop/environments/prod/revisions')).status).toBe(200);
    expect((await as('pia', '/api/history?environment=qa')).status).toBe(403);
  });

  it('nobody without any role sees any of them', async () => {
    for (const path of [
      '/api/matrix',
      '/api/history',
      '/api/promotions',
      '/api/environments',
      '/api/places',
      '/api/statistics',
      '/api/freezes',
    ]) {
      expect((await as('stranger', path)).status).toBe(403);
    }
  });
});
