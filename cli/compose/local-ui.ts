import { userInfo } from 'node:os';
import pino from 'pino';
import { DevelopmentIdentity } from '../../cloudrun-ui/server/identity/development-identity.ts';
import { defaultLimits } from '../../cloudrun-ui/server/server-ports.ts';
import { startServer, type RunningServer } from '../../cloudrun-ui/server/start-server.ts';
import { PostgresChanges } from '../../engine/store/postgres/change-listener.ts';
import { isSystemError } from '../../engine/storage/system-error.ts';
import { packageVersion } from '../version.ts';
import { actingPerson } from './acting-person.ts';
import type { LocalFolders } from './local-folders.ts';
import type { LocalInstallation } from './open-session.ts';
import { serverLog } from './server-log.ts';

const address = '127.0.0.1';
const firstPort = 8080;
/** After so many that are taken, any that is free will do. */
const portsTried = 20;

/**
 * Serves the UI of this machine's installation to this machine alone, at port 8080 or the next one that is free.
 * @param webFolder of the built web; undefined: the server says how it is built.
 */
export async function startLocalUi(
  folders: LocalFolders,
  session: LocalInstallation,
  webFolder: string | undefined,
): Promise<RunningServer> {
  const log = serverLog(pino.destination({ dest: folders.serverLog, mode: 0o600, mkdir: true }));
  const changes = new PostgresChanges(session.databaseUrl);
  await changes.start();
  const parts = {
    ...session.served,
    changes,
    version: packageVersion(),
    identity: new DevelopmentIdentity(actingPerson(userInfo().username, undefined, undefined)),
    log,
    webFolder,
    publicOrigin: undefined,
    limits: defaultLimits,
  };
  for (let port = firstPort; port < firstPort + portsTried; port += 1) {
    try {
      return withEnd(await startServer(parts, { address, port }), changes);
    } catch (error) {
      if (!isSystemError(error, 'EADDRINUSE') && !isSystemError(error, 'EACCES')) throw error;
    }
  }
  return withEnd(await startServer(parts, { address, port: 0 }), changes);
}

function withEnd(server: RunningServer, changes: PostgresChanges): RunningServer {
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await changes.close();
    },
  };
}
