import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { countMissing } from '../../examples/shop/missing-orders.ts';
import { startTraffic, type Traffic } from '../../examples/shop/traffic.ts';
import type { Rules } from '../../engine/rules/schema.ts';
import type { LocalOptions } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { followPromotion } from '../follow-promotion.ts';
import { RulesFile } from './current-rules.ts';
import type { LocalFolders } from './local-folders.ts';
import { runningLocal } from './local-process.ts';
import { shopPlaces } from './shop-environments.ts';
import { ShopInstallation } from './shop-installation.ts';
import type { ShopReleaseName } from './shop-releases.ts';
import { jwtSecret, serviceUrl, shopRulesFile } from './shop-setup.ts';
import type { StartLines } from './start-lines.ts';
import { describeSeconds } from '../../engine/contract/describe-seconds.ts';

const trafficPerSecond = 25;
/** A team that tries its release, not its customers. */
const trialsPerSecond = 10;
const application = 'shop';
const dev = 'dev';
const staging = 'staging';

/**
 * `npm start`: brings up a database and two environments, promotes a good release, then a bad one that takes itself
 * back, with a client writing throughout, and leaves everything running.
 */
export async function startSample(folders: LocalFolders, options: LocalOptions, lines: StartLines): Promise<number> {
  const rules = await new RulesFile(shopRulesFile).current();
  const places = shopPlaces(rules, application);
  const installation = await ShopInstallation.open(folders, places, shopRulesFile, lines);
  try {
    await installation.bringFirstRelease(places.environments);
    const exitCode = await promoteBoth(folders, installation, watchedSeconds(rules), options, lines);
    const { service, actor } = installation.session;
    const states = await service.environments(actor, application);
    const v2 = (await service.releases(actor, application)).find(({ name }) => name === 'v2');
    const { uiUrl } = (await runningLocal(folders)) ?? {};
    lines.next(folders, { states, isGood: v2 !== undefined && v2.bad === undefined, uiUrl });
    return exitCode;
  } finally {
    await installation.session.close();
  }
}

/** Promotes what was not promoted yet; a second start of the same folder has nothing to do here. */
async function promoteBoth(
  folders: LocalFolders,
  installation: ShopInstallation,
  seconds: number,
  options: LocalOptions,
  lines: StartLines,
): Promise<number> {
  const { session } = installation;
  const earlier = await session.service.list(session.actor, { application, environment: staging, limit: 1 });
  if (earlier.length > 0) {
    lines.say(`Goes on where it was: ${application} has promotions into ${staging} already.`);
    return exitCodes.ok;
  }
  const traffic = await customersIn(folders, staging, trafficPerSecond);
  // Its team tries what it releases, or nothing could be said of how it does.
  const trials = await customersIn(folders, dev, trialsPerSecond);
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
    await Promise.all([traffic.stop(), trials.stop()]);
  }

  async function promote(name: ShopReleaseName, comment: string): Promise<number> {
    await installation.bringRelease(name, comment);
    await lines.step(`${application} · ${dev}`, async () => {
      await pause(seconds * 1000);
      return [undefined, `${name} watched for ${describeSeconds(seconds)}, as its gate on stability asks`];
    });
    lines.blank();
    const promotionId = await session.service.run(session.actor, { application, release: name, to: staging });
    return followPromotion(options.context, session, { promotionId, wish: 'promote', isJson: options.isJson });
  }
}

async function customersIn(folders: LocalFolders, environment: string, ratePerSecond: number): Promise<Traffic> {
  return startTraffic({
    ordersUrl: await serviceUrl(folders, environment, 'orders'),
    webUrl: await serviceUrl(folders, environment, 'web'),
    jwtSecret: await jwtSecret(folders, environment),
    ratePerSecond,
  });
}

/** How long a release must have run where releases come in, for the gate on stability to look at it. */
function watchedSeconds({ paths }: Rules): number {
  const gate = paths.find(({ to }) => to === staging)?.gates.stability;
  return gate === undefined || gate === false ? 0 : gate.forSeconds;
}

async function settleTraffic(folders: LocalFolders, traffic: Traffic, lines: StartLines): Promise<boolean> {
  const stats = await traffic.stop();
  const database = await readFile(join(folders.databaseSecrets, `${application}-${staging}`), 'utf8');
  const missing = await countMissing(stats.acknowledged, database);
  lines.traffic({ ...stats, missing });
  return missing === 0;
}
