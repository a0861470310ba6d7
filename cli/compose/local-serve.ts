import { appendFile } from 'node:fs/promises';
import { unpackImage } from '../../engine/artifacts/unpack-image.ts';
import { LocalPlatform } from '../../engine/deployment/local/local-platform.ts';
import { AlertRulesFile } from './alert-rules-file.ts';
import { ensureEmbeddedPostgres } from '../../engine/store/embedded/embedded-postgres.ts';
import { builtWeb } from './built-web.ts';
import { KeptDatabase } from './kept-database.ts';
import { KeptFunction } from './kept-function.ts';
import { installationClock, LocalClock } from './local-clock.ts';
import { LocalClockMover } from './local-clock-mover.ts';
import { LocalFolders } from './local-folders.ts';
import { everyConfiguration } from './local-configuration.ts';
import { writeLocalRecord } from './local-record.ts';
import { startLocalUi } from './local-ui.ts';
import { openSession } from './open-session.ts';

/** How often due promotions are handed out, like the scheduler's tick in the cloud. */
const tickMs = 500;

/**
 * The process behind local mode: the platform on which released images run, the database-migration function, and the
 * tick. Promotions themselves run in worker processes of their own. Ends on SIGTERM or SIGINT.
 */
export async function serveLocal(): Promise<number> {
  const folders = new LocalFolders();
  const log = (text: string): void => {
    appendFile(folders.log, `${new Date().toISOString()} local platform: ${text}\n`, { mode: 0o600 }).catch(
      () => undefined,
    );
  };
  const logError = (error: unknown): void => {
    log(error instanceof Error ? (error.stack ?? error.message) : String(error));
  };
  const stopped = Promise.withResolvers<undefined>();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      stopped.resolve(undefined);
    });
  }

  const web = builtWeb().catch((error: unknown) => {
    // Promotions go on without pages, and the API as well.
    logError(error);
    return undefined;
  });
  const databaseFunction = await KeptFunction.start(folders, log);
  const rulesFile = process.env['PROMOTE_RULES'] ?? 'promotion/promotion-rules.yaml';
  const clock = installationClock(folders, process.env['DATABASE_URL']);
  const platform = new LocalPlatform({
    clock,
    rootDirectory: folders.deployments,
    unpackImage: (request) => unpackImage({ ...request, registryRoot: folders.root }),
    configuration: everyConfiguration(folders),
    alertRules: new AlertRulesFile(rulesFile).of,
    onError: logError,
  });
  await platform.start();
  const record = {
    application: process.env['PROMOTE_APPLICATION'],
    rulesFile,
    functionUrl: databaseFunction.url,
    pid: process.pid,
  };
  await writeLocalRecord(folders, record);
  const session = await openSession();
  const ui = await startLocalUi(folders, session, await web).catch((error: unknown) => {
    // Promotions go on without pages.
    logError(error);
    return undefined;
  });
  await writeLocalRecord(folders, { ...record, uiUrl: ui?.url ?? '' });
  const mover = clock instanceof LocalClock ? new LocalClockMover(clock, platform) : undefined;
  mover?.start(logError);

  // A database that this engine did not start is somebody else's to mend.
  const database =
    process.env['DATABASE_URL'] === undefined
      ? new KeptDatabase({
          ensure: () => ensureEmbeddedPostgres({ directory: folders.postgres }),
          url: session.databaseUrl,
          log,
        })
      : undefined;
  let toldTrouble: string | undefined;
  const onTickError = async (error: unknown): Promise<void> => {
    // The same trouble twice a second says no more than once.
    const trouble = error instanceof Error ? error.message : String(error);
    if (trouble !== toldTrouble) logError(error);
    toldTrouble = trouble;
    await database?.mend(error);
  };

  let isTicking = false;
  const tick = setInterval(() => {
    if (isTicking) return;
    isTicking = true;
    session
      .tick()
      .then(() => {
        toldTrouble = undefined;
      })
      .catch(onTickError)
      .finally(() => {
        isTicking = false;
      });
  }, tickMs);

  await stopped.promise;
  clearInterval(tick);
  await ui?.stop();
  await mover?.stop();
  await platform.stop();
  await databaseFunction.stop();
  await session.close();
  return 0;
}
