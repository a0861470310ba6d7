import { jest } from '@jest/globals';
import { Client } from 'pg';
import { observeEnvironments } from '../../../engine/service/observe-environments.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { RunningDesk } from './running-desk.ts';
import { rulesText, viewer } from './service-fixture.ts';

jest.setTimeout(60_000);

let server: ScratchPostgres;
let url: string;
let running: RunningDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  url = await server.createStoreDatabase();
  running = await RunningDesk.open(url, rulesText());
  await running.release('v5');
  await running.promote({ release: 'v5' });
});
afterEach(async () => {
  await running.close();
});

const look = () => observeEnvironments(running.desk.context, new AbortController().signal);
async function seenIn(environment: string) {
  const standings = await running.desk.service.overview.environments(viewer, 'shop');
  return standings.find(({ name }) => name === environment)?.observation;
}

describe('looking at environments', () => {
  it('remembers that one is well and runs what is recorded, and nothing of one that nobody has looked at', async () => {
    expect(await seenIn('qa')).toBeUndefined();
    await look();
    expect(await seenIn('qa')).toEqual({
      at: running.desk.clock.now(),
      health: 'healthy',
      trouble: undefined,
      drift: undefined,
    });
  });

  it('says what is wrong where services that must be well are not, or their deployment failed', async () => {
    running.health.isHealthy = false;
    running.deployments.of.qa.phase = 'failed';
    await look();
    expect(await seenIn('qa')).toMatchObject({
      health: 'sick',
      trouble: 'the deployment: it ends with code 1; api: answered 503',
    });
  });

  it('says that something runs there that nobody promoted', async () => {
    const other = await running.image('by hand', ['qa']);
    const { generation, desired } = await running.deployments.of.qa.status();
    if (desired === undefined) throw new Error('nothing runs in qa');
    const services = desired.services.map((service) => ({ ...service, digest: other }));
    await running.deployments.apply(
      'qa',
      { ...desired, release: 'by-hand', services },
      generation,
      running.effect(1000),
    );
    await look();
    expect((await seenIn('qa'))?.drift).toMatch(
      /^api runs sha256:\w{12}, not sha256:\w{12} of v5; it was deployed as by-hand$/,
    );
  });

  it('does not know how one is where another application runs, and does not say which', async () => {
    const { generation, desired } = await running.deployments.of.qa.status();
    if (desired === undefined) throw new Error('nothing runs in qa');
    await running.deployments.apply('qa', { ...desired, application: 'blog' }, generation, running.effect(1000));
    await look();
    expect(await seenIn('qa')).toMatchObject({
      health: 'unknown',
      trouble: 'another application runs there',
      drift: undefined,
    });
  });

  it('says no drift of one that a promotion is changing', async () => {
    const client = new Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<{ id: string }>('select id from promotion limit 1');
    // Recorded in dev is v5, and v1 was deployed there.
    await look();
    expect((await seenIn('dev'))?.drift).toContain('of v5; it was deployed as v1');
    await client.query(
      "insert into resource_lock (resource, promotion_id, fence, since) values ('slot:shop/dev', $1, 1, now())",
      [rows[0]?.id],
    );
    await client.end();
    running.desk.clock.advance(60);
    await look();
    expect((await seenIn('dev'))?.drift).toBeUndefined();
  });

  it('says so where it cannot be found out, and keeps the newest look', async () => {
    running.deployments.of.qa.status = () => Promise.reject(new Error('the cluster is away'));
    await look();
    expect(await seenIn('qa')).toMatchObject({ health: 'unknown', trouble: 'the cluster is away' });
    const at = new Date(running.desk.clock.now().getTime() - 1000);
    await running.desk.store.overview.observe([
      { application: 'shop', environment: 'qa', at, health: 'healthy', trouble: undefined, drift: undefined },
    ]);
    expect((await seenIn('qa'))?.health).toBe('unknown');
  });

  it('tells whoever listens when something is other than before, and not each time', async () => {
    const listener = new Client({ connectionString: url });
    await listener.connect();
    const news: string[] = [];
    listener.on('notification', ({ payload }) => {
      // What promotions tell comes beside it.
      if (payload === 'settings') news.push(payload);
    });
    await listener.query('listen promotion_process_changes');
    const looksUntilNow = async (): Promise<number> => {
      await look();
      await listener.query('select 1');
      return news.length;
    };
    const first = await looksUntilNow();
    expect(first).toBe(1);
    running.desk.clock.advance(15);
    expect(await looksUntilNow()).toBe(first);
    running.health.isHealthy = false;
    running.desk.clock.advance(15);
    expect(await looksUntilNow()).toBe(first + 1);
    await listener.end();
  });
});
