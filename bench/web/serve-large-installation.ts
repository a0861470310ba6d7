import type { Client } from 'pg';
import type { Identity } from '../../cloudrun-ui/server/identity/identity.ts';
import type { Actor } from '../../engine/promotion-service.ts';
import { newestRelease } from '../scale/fill-database.ts';
import { applicationName } from '../scale/installation-size.ts';
import { openLargeInstallation } from '../scale/large-installation.ts';
import { serveLarge } from '../scale/serve-large.ts';

const ana: Actor = { id: 'ana@shop.example', verified: true, roles: ['operator', 'viewer'], via: 'ui' };
const everybody: Identity = { kind: 'iap', identify: () => Promise.resolve({ kind: 'known', actor: ana }) };
/** Some are on their way, as on any day. */
const underWay = 50;

export interface ServedInstallation {
  readonly url: string;
  readonly client: Client;
  stop(): Promise<void>;
}

/**
 * Serves an installation of 1,000 applications in 7 environments with 100,000 promotions behind them, in this process.
 * @param webFolder of the built web, where pages are asked for.
 */
export async function serveLargeInstallation(webFolder: string | undefined): Promise<ServedInstallation> {
  const installation = await openLargeInstallation();
  const { service, client } = installation;
  for (let index = 0; index < underWay; index += 1) {
    await service.run(ana, { application: applicationName(index * 7), release: newestRelease, to: 'qa' });
  }
  const server = await serveLarge(installation, everybody, webFolder);
  return {
    url: server.url,
    client,
    async stop() {
      await server.stop();
      await installation.close();
    },
  };
}
