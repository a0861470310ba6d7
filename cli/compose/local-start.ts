import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { countMissing } from '../../examples/shop/missing-orders.ts';
import { startTraffic, type Traffic } from '../../examples/shop/traffic.ts';
import { ensureEmbeddedPostgres } from '../../engine/store/embedded/embedded-postgres.ts';
import type { LocalOptions } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { followPromotion } from '../follow-promotion.ts';
import { LocalFolders } from './local-folders.ts';
import { localPorts } from './local-ports.ts';
import { runningLocal, startLocalProcess } from './local-process.ts';
import { openSession, type LocalInstallation } from './open-session.ts';
import {
  bringShopRelease,
  buildShopRelease,
  registerShopRelease,
  untilReady,
  type ShopReleaseName,
} from './shop-releases.ts';
import { jwtSecret, serviceUrl, setUpShop, shopApplication, shopEnvironments, shopRulesFile } from './shop-setup.ts';
import { StartLines } from './start-lines.ts';

const trafficPerSecond = 25;
const application = shopApplication;

/**
 * `npm start`: brings up a database and two environments, promotes a good release, then a bad one that takes itself
 * back, with a client writing throughout, and leaves everything running.
 */
export async function startLocal(options: LocalOptions): Promise<number> {
  const folders = new LocalFolders();
  const lines = new StartLines(options);
  lines.title('Promotion Process · local');
  await folders.make();
  const wasRunning = (await runningLocal(folders)) !== undefined;
  const { url } = await lines.step('Postgres', async () => {
    const postgres = await ensureEmbeddedPostgres({ directory: folders.postgres });
    for (const note of postgres.notes) lines.note(note);
    return [postgres, `${postgres.version.padEnd(6)} ready on 127.0.0.1:${String(postgres.port)}`];
  });
  const session = await bringUp(folders, url, lines, wasRunning);
  try {
    await bringFirstReleases(folders, session, lines);
    const exitCode = await promoteBoth(folders, session, options, lines);
    lines.next(folders);
    return exitCode;
  } finally {
    await session.close();
  }
}

async function bringUp(
  folders: LocalFolders,
  url: string,
  lines: StartLines,
  wasRunning: boolean,
): Promise<LocalInstallation> {
  const first = await lines.step('shop v1', async () => {
    const built = await buildShopRelease(folders, 'v1');
    return [built, `3 images built, ${lines.facts(built.facts)}`];
  });
  await setUpShop(folders, url, first.content);
  if (!wasRunning) {
    await lines.step('platform', async () => {
      const record = await startLocalProcess(folders, shopRulesFile);
      return [record, `environments and database function run in process ${String(record.pid)}`];
    });
  }
  const session = await openSession();
  await registerShopRelease(session, 'v1', first);
  return session;
}

async function bringFirstReleases(folders: LocalFolders, session: LocalInstallation, lines: StartLines): Promise<void> {
  const ports = await portsOf(folders);
  const known = await session.service.environments(session.actor, application);
  const v1 = (await session.service.releases(session.actor, application)).find(({ name }) => name === 'v1');
  if (v1 === undefined) throw new Error('release v1 was not stored');
  await Promise.all(
    shopEnvironments.map((environment) =>
      lines.step(`shop · ${environment}`, async () => {
        const running = known.find(({ name }) => name === environment)?.release;
        if (running === undefined) await bringShopRelease(ports, session, environment, v1);
        const ready = await untilReady(ports, environment);
        const web = await serviceUrl(folders, environment, 'web');
        return [undefined, `${running?.name ?? 'v1'}     ${String(ready)} services ready   ${web}`];
      }),
    ),
  );
}

/** Promotes what was not promoted yet; a second start of the same folder has nothing to do here. */
async function promoteBoth(
  folders: LocalFolders,
  session: LocalInstallation,
  options: LocalOptions,
  lines: StartLines,
): Promise<number> {
  const staging = 'staging';
  const earlier = await session.service.list(session.actor, { application, environment: staging, limit: 1 });
  if (earlier.length > 0) {
    lines.say(`Goes on where it was: ${application} has promotions into ${staging} already.`);
    return exitCodes.ok;
  }
  const traffic = startTraffic({
    ordersUrl: await serviceUrl(folders, staging, 'orders'),
    webUrl: await serviceUrl(folders, staging, 'web'),
    jwtSecret: await jwtSecret(folders, staging),
    ratePerSecond: trafficPerSecond,
  });
  try {
    lines.say(
      `A client orders in ${staging} throughout, ${String(trafficPerSecond)} requests a second, and never tries again.`,
    );
    const good = await promote('v2', 'v2 keeps what it changes behind a flag');
    if (good !== exitCodes.ok) return good;
    const bad = await promote('v3', 'v3 is broken: it passes its tests and then leaks connections');
    if (bad !== exitCodes.rolledBack) return exitCodes.failed;
    return (await settleTraffic(folders, traffic, lines)) ? exitCodes.ok : exitCodes.failed;
  } finally {
    await traffic.stop();
  }

  async function promote(name: ShopReleaseName, comment: string): Promise<number> {
    await lines.step(`shop ${name} in dev`, async () => {
      const built = await buildShopRelease(folders, name);
      const release = await registerShopRelease(session, name, built);
      await bringShopRelease(await portsOf(folders), session, 'dev', release);
      return [release, `${lines.facts(built.facts)} — ${comment}`];
    });
    lines.blank();
    const promotionId = await session.service.run(session.actor, { application, release: name, to: staging });
    return followPromotion(options.context, session, { promotionId, wish: 'promote', isJson: options.isJson });
  }
}

async function settleTraffic(folders: LocalFolders, traffic: Traffic, lines: StartLines): Promise<boolean> {
  const stats = await traffic.stop();
  const database = await readFile(join(folders.databaseSecrets, `${application}-staging`), 'utf8');
  const missing = await countMissing(stats.acknowledged, database);
  lines.traffic({ ...stats, missing });
  return missing === 0;
}

async function portsOf(folders: LocalFolders) {
  const record = await runningLocal(folders);
  if (record === undefined) throw new Error(`the local platform has stopped; ${folders.log} says why`);
  return localPorts(folders, record.functionUrl, record.rulesFile);
}
