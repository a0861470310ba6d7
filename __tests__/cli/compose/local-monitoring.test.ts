import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { localMonitoring, type LocalMonitoring } from '../../../cli/compose/local-monitoring.ts';
import { OutboxSweeper } from '../../../engine/workflow/outbox-sweeper.ts';
import { ServiceDesk } from '../../engine/service/service-fixture.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';

jest.setTimeout(60_000);

let server: ScratchPostgres;
let desk: ServiceDesk;
let folder: string;
beforeAll(async () => {
  server = await startScratchPostgres();
  desk = await ServiceDesk.open(await server.createStoreDatabase());
  folder = await mkdtemp(join(tmpdir(), 'monitoring-'));
});
afterAll(async () => {
  await desk.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const work = async ({ subscribers, tasks }: LocalMonitoring) => {
  const sweeper = new OutboxSweeper(desk.store, () => Promise.resolve(subscribers));
  await sweeper.sweep(new AbortController().signal);
  for (const task of tasks) await task.run();
};

describe('the lines for metrics and alerts on one machine', () => {
  it('are in the file that PROMOTION_EVENTS names, those of promotions and those of ticks', async () => {
    const id = await desk.run();
    const file = join(folder, 'events.jsonl');
    const monitoring = localMonitoring(desk.context, { PROMOTION_EVENTS: file });
    await work(monitoring);
    monitoring.close();
    const lines = (await readFile(file, 'utf8')).trim().split('\n');
    const events = lines.map((line) => JSON.parse(line) as { readonly event: string; readonly promotion?: string });
    expect(events).toContainEqual(expect.objectContaining({ event: 'promotion-started', promotion: id }));
    expect(events.map(({ event }) => event)).toEqual(expect.arrayContaining(['queue-length', 'tick']));
  });

  it('are written nowhere unless it is set', async () => {
    await desk.run({ isDryRun: true });
    const before = await readdir(folder);
    const monitoring = localMonitoring(desk.context, { PROMOTION_EVENTS: '' });
    expect(monitoring).toMatchObject({ subscribers: [], tasks: [] });
    await work(monitoring);
    expect(await readdir(folder)).toEqual(before);
  });
});
