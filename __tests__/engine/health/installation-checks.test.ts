import { jest } from '@jest/globals';
import { installationChecks } from '../../../engine/health/installation-checks.ts';
import type { Subscriber } from '../../../engine/notifications/notifier.ts';
import { OutboxSweeper } from '../../../engine/workflow/outbox-sweeper.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { RunningDesk } from '../service/running-desk.ts';
import { rulesText } from '../service/service-fixture.ts';

jest.setTimeout(120_000);

let server: ScratchPostgres;
let running: RunningDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  running = await RunningDesk.open(await server.createStoreDatabase(), rulesText());
});
afterEach(async () => {
  await running.close();
});

const { signal } = new AbortController();
async function look(name: string): Promise<string> {
  const check = (await installationChecks(running.desk.context)).find((each) => each.name === name);
  if (check === undefined) throw new Error(`nothing looks at ${name}`);
  return check.look(signal);
}

describe("an installation's health", () => {
  it('is well when nothing is wrong, and says in a few words what was seen', async () => {
    const checks = await installationChecks(running.desk.context);
    expect(checks.map(({ name }) => name)).toEqual([
      'rules',
      'notifications',
      'promotions',
      'shop in dev',
      'shop in production',
      'shop in qa',
      'shop in staging',
    ]);
    expect(await Promise.all(checks.map((check) => check.look(signal)))).toEqual([
      '3 paths',
      'every channel took what it was sent',
      '0 on their way',
      'well',
      'well',
      'well',
      'well',
    ]);
  });

  it('is asked for two environments alone by their names or aliases, and refuses one that there is not', async () => {
    const checks = await installationChecks(running.desk.context, ['staging', 'prod']);
    expect(checks.map(({ name }) => name).slice(3)).toEqual(['shop in production', 'shop in staging']);
    await expect(installationChecks(running.desk.context, ['moon'])).rejects.toThrow('moon');
  });

  it('leaves an environment to the promotion that is under way there', async () => {
    await running.release('v3');
    running.deployments.of.qa.phase = 'failed';
    await running.promote({ release: 'v3', to: 'qa' });
    const names = (await installationChecks(running.desk.context)).map(({ name }) => name);
    expect(names).not.toContain('shop in qa');
    expect(names).toContain('shop in dev');
  });

  it('says why a service, or a deployment, is not well', async () => {
    running.health.isHealthy = false;
    await expect(look('shop in dev')).rejects.toThrow('api: answered 503');
    running.health.isHealthy = true;
    running.deployments.of.dev.phase = 'failed';
    await expect(look('shop in dev')).rejects.toThrow('the deployment: it ends with code 1');
  });

  it('names the channels that take nothing, with what they say', async () => {
    await running.release('v3');
    await running.desk.run({ release: 'v3', to: 'qa' });
    const deaf: Subscriber = {
      name: 'chat',
      hears: () => true,
      deliver: () => Promise.reject(new Error('410 gone')),
    };
    await new OutboxSweeper(running.desk.store, () => Promise.resolve([deaf])).sweep(signal);
    await expect(look('notifications')).rejects.toThrow('channels that take nothing: chat (1): 410 gone');
  });

  it('names the promotions that nobody runs, once a new run would have taken them over', async () => {
    await running.release('v3');
    const record = await running.desk.load(await running.desk.run({ release: 'v3', to: 'qa' }));
    const left = (takeOverInSeconds: number): void => {
      const silentSeconds = 30 - takeOverInSeconds;
      const goneRun = { hasBegun: true, silentSeconds, takeOverAt: new Date(), takeOverInSeconds };
      jest.spyOn(running.desk.store, 'listPromotions').mockResolvedValue([{ ...record, goneRun }]);
    };
    left(-20);
    expect(await look('promotions')).toBe('1 on their way');
    left(-301);
    await expect(look('promotions')).rejects.toThrow(`nobody runs ${record.id}`);
    jest.restoreAllMocks();
  });
});
