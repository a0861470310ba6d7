import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { ServerParts } from '../../cloudrun-ui/server/start-server.ts';
import { Authorizer } from '../../engine/authorization.ts';
import { PromotionService } from '../../engine/promotion-service.ts';
import { ReportWriter } from '../../engine/reports/report-writer.ts';
import { loadRules } from '../../engine/rules/load-rules.ts';
import { observeEnvironments } from '../../engine/service/observe-environments.ts';
import { pruneByRules } from '../../engine/service/prune.ts';
import type { ServiceContext } from '../../engine/service/service-context.ts';
import { BackUpRetention } from '../../engine/retention/back-up-retention.ts';
import { builtInSteps } from '../../engine/steps/built-in-steps.ts';
import { ensureEmbeddedPostgres, type EmbeddedPostgres } from '../../engine/store/embedded/embedded-postgres.ts';
import { connectStore, type StoreConnection } from '../../engine/store/postgres/connect.ts';
import type { SessionStore } from '../../engine/store/session-store.ts';
import { environmentTarget } from '../../engine/workflow/compile-target.ts';
import type { Actor } from '../../engine/workflow/actor.ts';
import { Dispatcher } from '../../engine/workflow/dispatcher.ts';
import type { Executor } from '../../engine/workflow/executor.ts';
import { ProcessExecutor } from '../../engine/workflow/process-executor.ts';
import { RollbackEscalation } from '../../engine/workflow/rollback-escalation.ts';
import type { Engine } from '../../engine/workflow/run-promotion.ts';
import { engineStateVersion } from '../../engine/workflow/state-version.ts';
import { StepRegistry } from '../../engine/workflow/step-registry.ts';
import { Worker } from '../../engine/workflow/worker.ts';
import { extendsOptions } from '../rules-folders.ts';
import type { Session, SessionOptions, WorkOptions } from '../session.ts';
import { SetupError } from '../setup-error.ts';
import { examineAudit } from './examine-audit.ts';
import { clockNotice, examineClock } from './examine-clock.ts';
import { actingPerson } from './acting-person.ts';
import { copyBackup } from './copy-backup.ts';
import { examineLocal, isServedHere, platformNotice } from './examine-local.ts';
import { examineWorld } from './examine-world.ts';
import { RulesFile } from './current-rules.ts';
import { localAuditFiles } from './audit-files.ts';
import { LocalAutoPromotion } from './local-auto-promotion.ts';
import { LocalAudit } from './local-audit.ts';
import { LocalFolders } from './local-folders.ts';
import { LocalMergeBacks } from './local-merge-backs.ts';
import { localMonitoring } from './local-monitoring.ts';
import { LocalNews } from './local-news.ts';
import { installationClock, type InstallationClock } from './local-clock.ts';
import { LocalSecrets } from './local-secrets.ts';
import { localDatabaseFunction, promotersPatienceSeconds } from './local-database-function.ts';
import { localPorts } from './local-ports.ts';
import { localTesting } from './local-testing.ts';
import { LocalUpkeep } from './local-upkeep.ts';
import { LocalReports } from './local-reports.ts';
import { readLocalRecord } from './local-record.ts';
import { ownProgram } from './own-program.ts';
import { stopUnlessUsed } from './stop-unless-used.ts';
import { tailServiceLogs } from './tail-service-logs.ts';
import { watchFolder } from './watch-folder.ts';

const defaultRulesFile = 'promotion/promotion-rules.yaml';
/** How long a worker stays for a promotion that parks for a moment: a rollout, a look of a bake, a short retry. */
const workerLingerSeconds = 5;
/** How soon it is seen that a hotfix was merged back. */
const mergeBackSeconds = 15;
/** How soon the report of what has ended is written. */
const reportSeconds = 2;
/** How soon somebody is called when a rollback takes longer than it may. */
const escalationSeconds = 5;
/** How often what is older than it has to be kept is removed. */
const retentionSeconds = 3600;
/** How often it is looked whether environments are well and run what is recorded. */
const observationSeconds = 15;
/** What ended so long ago needs not be looked at for changes. */
const lookedBackMs = 60_000;

/** Everything of one machine wired together: what the CLI and the local platform work with. */
export interface LocalInstallation extends Session {
  readonly folders: LocalFolders;
  readonly databaseUrl: string;
  /** What the server of the UI works with. */
  readonly served: Pick<ServerParts, 'service' | 'answers' | 'clock' | 'checkReady' | 'versions' | 'keeping'> & {
    readonly sessions: SessionStore;
  };
}

/** Opens the engine of this machine, starting its database when it is not running. */
export async function openSession(options: SessionOptions = {}): Promise<LocalInstallation> {
  const folders = new LocalFolders();
  const actor = actingPerson(userInfo().username, options.as, process.env['DATABASE_URL']);
  // Before anything is started or written: bad rules refuse a promotion, never a look or a rollback.
  if (options.needsRules === true) await new RulesFile(await rulesFileOf(folders)).current();
  if (options.needsInstallation === true) await refuseWithoutInstallation(folders);
  await folders.make();
  const own =
    process.env['DATABASE_URL'] === undefined
      ? await ensureEmbeddedPostgres({ directory: folders.postgres })
      : { url: process.env['DATABASE_URL'], wasStarted: false };
  const databaseUrl = own.url;
  const clock = installationClock(folders, process.env['DATABASE_URL']);
  const connection = await connect(databaseUrl, () => clock.aheadSeconds);
  try {
    return await wire(folders, own, connection, actor, clock);
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/**
 * What is about something that is there already starts no database where nothing ever was.
 * @throws SetupError
 */
async function refuseWithoutInstallation(folders: LocalFolders): Promise<void> {
  if (process.env['DATABASE_URL'] !== undefined || existsSync(folders.postgres)) return;
  throw new SetupError(
    `There is no installation in ${folders.root} yet`,
    'npm start makes one, or promote local start; PROMOTION_HOME names the folder of another one, DATABASE_URL its database',
  );
}

async function rulesFileOf(folders: LocalFolders): Promise<string> {
  return process.env['PROMOTE_RULES'] ?? (await readLocalRecord(folders))?.rulesFile ?? defaultRulesFile;
}

/** Whatever the driver says, the person at the terminal needs to know which database and what to look at. */
async function connect(url: string, aheadSeconds: () => number): Promise<StoreConnection> {
  try {
    return await connectStore({ url, aheadSeconds });
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    const { hostname, port } = new URL(url);
    throw new SetupError(
      `the engine's database at ${hostname}:${port === '' ? '5432' : port} does not answer (${error.code})`,
      'check DATABASE_URL, and that the server runs',
    );
  }
}

const unreachableCodes = ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EAI_AGAIN'];

function isUnreachable(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && unreachableCodes.includes(String(error.code));
}

async function wire(
  folders: LocalFolders,
  { url: databaseUrl, wasStarted }: Pick<EmbeddedPostgres, 'url' | 'wasStarted'>,
  connection: StoreConnection,
  actor: Actor,
  clock: InstallationClock,
): Promise<LocalInstallation> {
  const { store } = connection;
  const whatIsGone = await watchFolder(folders);
  const rulesFile = await rulesFileOf(folders);
  const executor = new ProcessExecutor({
    command: process.execPath,
    arguments: [ownProgram, 'work', '--linger', String(workerLingerSeconds)],
    workingDirectory: process.cwd(),
    environment: { ...process.env, PROMOTION_HOME: folders.root },
    logFile: folders.log,
  });
  let hasHandedOut = false;
  const noted: Executor = {
    start(run) {
      hasHandedOut = true;
      return executor.start(run);
    },
  };
  const dispatcher = new Dispatcher(store, noted, engineStateVersion);
  const rules = new RulesFile(rulesFile);
  const audit = new LocalAudit(folders, store, clock);
  const ports = localPorts(folders, localDatabaseFunction(folders, clock), rulesFile);
  const context: ServiceContext = {
    store,
    authorizer: new Authorizer(store, true),
    rules,
    steps: builtInSteps,
    ports,
    testing: localTesting(folders),
    clock,
    stateVersion: engineStateVersion,
    async dispatch() {
      await dispatcher.dispatchDue();
    },
  };
  const service = new PromotionService(context);
  const autoPromotion = new LocalAutoPromotion(folders, context);
  const monitoring = localMonitoring(context, process.env);
  const news = new LocalNews(folders, store, rules, monitoring.subscribers);
  const engine: Engine = {
    store,
    ports: { ...ports, database: localDatabaseFunction(folders, clock, promotersPatienceSeconds) },
    steps: new StepRegistry(builtInSteps),
    clock,
    stateVersion: engineStateVersion,
    random: Math.random,
  };
  const verify = () => audit.verify(service.chains(actor));
  const escalation = new RollbackEscalation(store, clock, engineStateVersion);
  const mergeBacks = new LocalMergeBacks(folders, context);
  const retention = new BackUpRetention(store, ports, rules, clock);
  const reports = new LocalReports(folders, new ReportWriter(store, ports.documents, engineStateVersion));
  const closing = new AbortController();
  const upkeep = new LocalUpkeep(clock, [
    { everySeconds: escalationSeconds, run: () => escalation.sweep() },
    { everySeconds: mergeBackSeconds, run: () => mergeBacks.look() },
    { everySeconds: reportSeconds, run: () => reports.write() },
    { everySeconds: retentionSeconds, run: () => retention.sweep() },
    { everySeconds: observationSeconds, run: () => observeEnvironments(context, closing.signal) },
    ...monitoring.tasks,
    { everySeconds: retentionSeconds, afterSeconds: retentionSeconds, run: () => pruneByRules(context, audit) },
  ]);

  return {
    folders,
    databaseUrl,
    served: {
      service,
      answers: store.answers,
      sessions: store.sessions,
      clock,
      keeping: {
        verify: (asking) => audit.verify(service.chains(asking)),
        async *export(asking, request) {
          yield* audit.export(await service.extractAudit(asking, request));
        },
        publicKey: () => localAuditFiles(folders).publicKey(),
        prune: (asking, request) => service.prune(asking, request, audit),
      },
      versions: () => store.versions(new Date(clock.now().getTime() - lookedBackMs)),
      async checkReady() {
        await store.applicationNames();
      },
    },
    service,
    actor,
    verifyAudit: verify,
    async *exportAudit(request) {
      yield* audit.export(await service.extractAudit(actor, request));
    },
    prune: (request) => service.prune(actor, request, audit),
    async copyBackup(promotionId, folder) {
      const { promotion } = await service.view(actor, promotionId);
      return copyBackup(folders, promotion, folder);
    },
    keepSecret: (name, value) => new LocalSecrets(folders, process.env).keep(name, value),
    configurationRepository: async (application, environment) =>
      environmentTarget(await rules.current(), application, environment).configuration.repository,
    serviceLogs: (environment) => tailServiceLogs(join(folders.deployments, environment)),
    async runWorker(options: WorkOptions) {
      const { promotionId, lingerSeconds, concurrency } = options;
      const worker = new Worker(engine, {
        owner: `${actor.id}:${String(process.pid)}`,
        ...(promotionId === undefined ? {} : { promotionId }),
        ...(lingerSeconds === undefined ? {} : { lingerSeconds }),
        ...(concurrency === undefined ? {} : { concurrency }),
      });
      process.once('SIGTERM', () => {
        worker.stop().catch(() => undefined);
      });
      await worker.run();
      await reports.write();
      await autoPromotion.look();
      await news.sweep();
      await audit.sign();
    },
    gone: () => whatIsGone(),
    async notice() {
      const notices = [await platformNotice(folders), clockNotice(clock.aheadSeconds)];
      return notices.filter((each) => each !== undefined).join('; ') || undefined;
    },
    async *examine() {
      yield* examineLocal(folders, rulesFile);
      const loaded = await loadRules(rulesFile, extendsOptions(process.env));
      if (loaded.ok) {
        const world = { store, rules: loaded.rules, ports, folders, service, actor, now: clock.now() };
        yield* examineWorld(world, await isServedHere(folders));
      }
      yield await examineAudit(verify);
      yield examineClock(clock.aheadSeconds);
    },
    async tick() {
      await dispatcher.dispatchDue();
      await autoPromotion.lookNowAndThen();
      news.sweepInBackground();
      upkeep.inBackground();
      await audit.sign();
    },
    async close() {
      closing.abort();
      mergeBacks.stop();
      await news.close();
      monitoring.close();
      await upkeep.close();
      await connection.close();
      // Runs that were handed out need it still.
      if (wasStarted && !hasHandedOut) await stopUnlessUsed(folders, databaseUrl);
    },
  };
}
