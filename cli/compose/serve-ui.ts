import { once } from 'node:events';
import { userInfo } from 'node:os';
import pino, { type Logger } from 'pino';
import { isLoopback } from '../../cloudrun-ui/server/protection/loopback.ts';
import { defaultLimits } from '../../cloudrun-ui/server/server-ports.ts';
import { startServer } from '../../cloudrun-ui/server/start-server.ts';
import { imageCommands, runtimeVariables } from '../../engine/contract/runtime-variables.ts';
import { PostgresChanges } from '../../engine/store/postgres/change-listener.ts';
import type { UiOptions } from '../command-context.ts';
import { refuseWithoutAdapter, type VariableWithoutAdapter } from '../refuse-without-adapter.ts';
import { SetupError } from '../setup-error.ts';
import { packageVersion } from '../version.ts';
import { actingPerson } from './acting-person.ts';
import { builtWeb } from './built-web.ts';
import { identityOf, publicOriginOf } from './identity-of.ts';
import { openSession } from './open-session.ts';
import { serverLog } from './server-log.ts';

type Variables = UiOptions['context']['environment'];

/**
 * Serves the UI of an installation in this process until it is told to end; any number may on one database. Somebody at a
 * terminal is told where it answers; elsewhere everything on standard output is a line of the log.
 */
export async function serveUi(options: UiOptions): Promise<number> {
  const log = serverLog(pino.destination({ dest: 1, sync: true }));
  try {
    return await serve(options, log);
  } catch (error) {
    // Who reads logs by their severity finds it there; whoever started this reads it on standard error.
    if (!options.context.terminal.isInteractive) log.fatal({ err: error }, 'the UI cannot be served');
    throw error;
  }
}

async function serve({ context, address, port }: UiOptions, log: Logger): Promise<number> {
  const { environment, terminal } = context;
  const stopped = Promise.race(
    (['SIGTERM', 'SIGINT'] as const).map(async (signal) => {
      await once(process, signal);
      return signal;
    }),
  );
  refuseUnreachable(environment);
  refuseStrangers(environment, address);
  const publicOrigin = publicOriginOf(environment);
  const webFolder = await builtWeb().catch((error: unknown) => {
    // The API answers without pages, and in their place the server says how they are built.
    log.error({ err: error }, 'the pages cannot be built');
    return undefined;
  });
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
      log,
      webFolder,
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
    const told = {
      url: server.url,
      identity: identity.kind,
      version: parts.version,
      hasPages: webFolder !== undefined,
    };
    if (terminal.isInteractive) terminal.write(`UI  ${server.url}\n`);
    else log.info(told, 'the UI answers');
    const signal = await stopped;
    await server.stop();
    if (!terminal.isInteractive) log.info({ signal }, 'the UI has answered what it was asked, and ends');
    return 0;
  } finally {
    await changes.close();
    await session.close();
  }
}

/**
 * A UI that went on without what the installation tells it to use would show other promotions and other rules, or start
 * them where nobody looks for them.
 */
function refuseUnreachable(environment: Variables): void {
  const isSet = (name: string): boolean => (environment[name] ?? '') !== '';
  const unreachable: readonly VariableWithoutAdapter[] = [
    // By a proxy beside it, the same database is reached at an address of its own; a mounted bucket is a folder.
    ...(isSet('DATABASE_URL') ? [] : [runtimeVariables.stateInstance]),
    ...(isSet('PROMOTE_RULES') ? [] : [runtimeVariables.rules]),
    runtimeVariables.runTopic,
    runtimeVariables.auditBucket,
    runtimeVariables.artifactBuckets,
  ];
  refuseWithoutAdapter(environment, unreachable, {
    program: imageCommands.ui,
    remedy:
      'give it an image of a version that has them; where DATABASE_URL names the Postgres and PROMOTE_RULES a file, this one serves without the rest (docs/api.md)',
  });
}

/** Said before anything is opened: where nobody proves who he is, only this machine may ask. */
function refuseStrangers(environment: Variables, address: string): void {
  if ((environment[runtimeVariables.identity] ?? '') !== '' || isLoopback(address)) return;
  throw new SetupError(
    `nobody proves who he is here, so ${address} is no address to answer at`,
    `set ${runtimeVariables.identity} to iap or oidc with what belongs to it (docs/api.md), or answer to this machine alone: --address 127.0.0.1`,
  );
}
