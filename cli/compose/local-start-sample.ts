import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { countMissing } from '../../examples/shop/missing-orders.ts';
import { startTraffic, type Traffic } from '../../examples/shop/traffic.ts';
import type { LocalOptions } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { followPromotion } from '../follow-promotion.ts';
import { RulesFile } from './current-rules.ts';
import type { LocalFolders } from './local-folders.ts';
import { shopPlaces } from './shop-environments.ts';
import { ShopInstallation } from './shop-installation.ts';
import type { ShopReleaseName } from './shop-releases.ts';
import { jwtSecret, serviceUrl, shopRulesFile } from './shop-setup.ts';
import type { StartLines } from './start-lines.ts';

const trafficPerSecond = 25;
const application = 'shop';
const staging = 'staging';

/**
 * `npm start`: brings up a database and two environments, promotes a good release, then a bad one that takes itself
 * back, with a client writing throughout, and leaves everything running.
 */
export async function startSample(folders: LocalFolders, options: LocalOptions, lines: StartLines): Promise<number> {
  const places = shopPlaces(await new RulesFile(shopRulesFile).current(), application);
  const installation = await ShopInstallation.open(folders, places, shopRulesFile, lines);
  try {
    await installation.bringFirstRelease(places.environments);
    const exitCode = await promoteBoth(folders, installation, options, lines);
    lines.next(folders);
    return exitCode;
  } finally {
    await installation.session.close();
  }
}

/** Promotes what was not promoted yet; a second start of the same folder has nothing to do here. */
async function promoteBoth(
  folders: LocalFolders,
  installation: ShopInstallation,
  options: LocalOptions,
  lines: StartLines,
): Promise<number> {
  const { session } = installation;
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
    await installation.bringRelease(name, comment);
    lines.blank();
    const promotionId = await session.service.run(session.actor, { application, release: name, to: staging });
    return followPromotion(options.context, session, { promotionId, wish: 'promote', isJson: options.isJson });
  }
}

async function settleTraffic(folders: LocalFolders, traffic: Traffic, lines: StartLines): Promise<boolean> {
  const stats = await traffic.stop();
  const database = await readFile(join(folders.databaseSecrets, `${application}-${staging}`), 'utf8');
  const missing = await countMissing(stats.acknowledged, database);
  lines.traffic({ ...stats, missing });
  return missing === 0;
}
