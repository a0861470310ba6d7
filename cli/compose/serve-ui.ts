import { once } from 'node:events';
import { userInfo } from 'node:os';
import pino from 'pino';
import { defaultLimits } from '../../cloudrun-ui/server/server-ports.ts';
import { startServer } from '../../cloudrun-ui/server/start-server.ts';
import { PostgresChanges } from '../../engine/store/postgres/change-listener.ts';
import type { UiOptions } from '../command-context.ts';
import { SetupError } from '../setup-error.ts';
import { packageVersion } from '../version.ts';
import { actingPerson } from './acting-person.ts';
import { builtWeb } from './built-web.ts';
import { identityOf, publicOriginOf } from './identity-of.ts';
import { openSession } from './open-session.ts';

/** Serves the UI of an installation in this process until it is told to end; any number may on one database. */
export async function serveUi({ context, address, port }: UiOptions): Promise<number> {
  const { environment, terminal } = context;
  const stopped = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  const publicOrigin = publicOriginOf(environment);
  const session = await openSession();
  const changes = new PostgresChanges(session.databaseUrl);
  try {
    const user = actingPerson(userInfo().username, undefined, undefined);
    const identity = identityOf(environment, { user, sessions: session.served.sessions, publicOrigin });
    await changes.start();
    const parts = {
      ...session.served,
      version: packageVersion(),
      identity,
      log: pino({ base: null }),
      webFolder: await builtWeb().catch(() => undefined),
      publicOrigin,
      limits: defaultLimits,
      changes,
    };
    const server = await startServer(parts, { address, port }).catch((error: unknown) => {
      throw new SetupError(
        error instanceof Error ? error.message : String(error),
        'choose another --port or --address',
      );
    });
    terminal.write(`UI  ${server.url}\n`);
    await stopped;
    await server.stop();
    return 0;
  } finally {
    await changes.close();
    await session.close();
  }
}
