import { performance } from 'node:perf_hooks';
import { startTraffic } from '../../examples/shop/traffic.ts';
import { ensureEmbeddedPostgres } from '../../engine/store/embedded/embedded-postgres.ts';
import { followPromotion } from '../follow-promotion.ts';
import { formatDuration } from '../format-duration.ts';
import { LocalFolders } from './local-folders.ts';
import { localPorts } from './local-ports.ts';
import { runningLocal, startLocalProcess } from './local-process.ts';
import { openSession, type LocalInstallation } from './open-session.ts';
import { bringShopRelease, buildShopRelease, registerShopRelease, type ShopReleaseName } from './shop-releases.ts';
import { jwtSecret, serviceUrl, setUpShop, shopApplication, shopEnvironments, shopRulesFile } from './shop-setup.ts';

/**
 * `npm start`: brings up a database and two environments, promotes a good release, promotes a bad one that takes itself
 * back, with a client writing throughout, and leaves everything running.
 */
export async function startLocal(): Promise<number> {
  return 0;
}
