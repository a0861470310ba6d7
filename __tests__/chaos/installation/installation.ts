import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { LocalAudit } from '../../../cli/compose/local-audit.ts';
import { LocalFolders } from '../../../cli/compose/local-folders.ts';
import { startLocalFunction, type LocalFunction } from '../../../cli/compose/local-function.ts';
import { everyConfiguration } from '../../../cli/compose/local-configuration.ts';
import { databaseFunctionAt } from '../../../cli/compose/local-database-function.ts';
import { localPorts } from '../../../cli/compose/local-ports.ts';
import { localTesting } from '../../../cli/compose/local-testing.ts';
import { unpackImage } from '../../../engine/artifacts/unpack-image.ts';
import type { AuditReport } from '../../../engine/audit/verify-audit.ts';
import { Authorizer } from '../../../engine/authorization.ts';
import { writeEnvironmentSettings } from '../../../engine/deployment/local/environment-settings.ts';
import { LocalPlatform } from '../../../engine/deployment/local/local-platform.ts';
import { PromotionService } from '../../../engine/promotion-service.ts';
import { builtInSteps } from '../../../engine/steps/built-in-steps.ts';
import {
  ensureEmbeddedPostgres,
  stopEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../../engine/store/embedded/embedded-postgres.ts';
import { connectStore, type StoreConnection } from '../../../engine/store/postgres/connect.ts';
import type { Actor } from '../../../engine/workflow/actor.ts';
import { SystemClock } from '../../../engine/workflow/clock.ts';
import type { Ports } from '../../../engine/workflow/ports.ts';
import { engineStateVersion } from '../../../engine/workflow/state-version.ts';
import { chaosRules, targetOf, type ChaosApplication } from './chaos-rules.ts';
import { makeConfigurationRepository } from './configuration-branches.ts';

export const person: Actor = { id: 'ana', verified: false, roles: ['admin', 'promoter', 'operator'], via: 'cli' };

interface Parts {
  readonly folders: LocalFolders;
  readonly postgres: EmbeddedPostgres;
  readonly connection: StoreConnection;
  readonly databaseFunction: LocalFunction;
  readonly platform: LocalPlatform;
  readonly platformErrors: readonly unknown[];
  readonly service: PromotionService;
}

/** The world that workers act upon: everything real, in a folder of its own, and outside the processes that are killed. */
export class Installation {
  readonly #parts: Parts;
  readonly ports: Ports;

  private constructor(parts: Parts) {
    this.#parts = parts;
    this.ports = localPorts(
      parts.folders,
      databaseFunctionAt(parts.folders, parts.databaseFunction.url),
      parts.folders.in('rules.yaml'),
    );
  }

  static async open(applications: readonly ChaosApplication[]): Promise<Installation> {
    const folders = new LocalFolders(await mkdtemp(join(tmpdir(), 'chaos-')));
    const postgres = await ensureEmbeddedPostgres({ directory: folders.postgres });
    const connection = await connectStore({ url: postgres.url });
    await mkdir(dirname(folders.callerToken), { recursive: true, mode: 0o700 });
    await writeFile(folders.callerToken, randomBytes(32).toString('base64url'), { mode: 0o600 });
    await mkdir(folders.databaseSecrets, { recursive: true, mode: 0o700 });
    await mkdir(folders.in('traces'));
    await mkdir(stampsIn(folders));
    await makeConfigurationRepository(
      folders.configuration,
      applications.map(({ name }) => targetOf(name)),
    );
    const databaseFunction = await startLocalFunction(folders);
    const platformErrors: unknown[] = [];
    const platform = new LocalPlatform({
      rootDirectory: folders.deployments,
      unpackImage: (request) => unpackImage({ ...request, registryRoot: folders.root }),
      configuration: everyConfiguration(folders),
      timing: { startupProbeIntervalSeconds: 0.03, pollIntervalSeconds: 1 },
      onError: (error) => platformErrors.push(error),
    });
    await platform.start();
    const service = new PromotionService({
      store: connection.store,
      authorizer: new Authorizer(connection.store, true),
      // Only when it is asked for: the slot test has no applications of this kind.
      rules: { current: async () => chaosRules(applications, stampsIn(folders)) },
      steps: builtInSteps,
      ports: localPorts(folders, databaseFunctionAt(folders, databaseFunction.url), 'promotion-rules.yaml'),
      testing: localTesting(folders),
      clock: new SystemClock(),
      stateVersion: engineStateVersion,
      dispatch: async () => undefined,
    });
    return new Installation({ folders, postgres, connection, databaseFunction, platform, platformErrors, service });
  }

  get folders(): LocalFolders {
    return this.#parts.folders;
  }

  /** Of the superuser. */
  get databaseUrl(): string {
    return this.#parts.postgres.url;
  }

  get functionUrl(): string {
    return this.#parts.databaseFunction.url;
  }

  get service(): PromotionService {
    return this.#parts.service;
  }

  get store(): StoreConnection['store'] {
    return this.#parts.connection.store;
  }

  /** What went wrong on the platform without stopping it. */
  get platformErrors(): readonly unknown[] {
    return this.#parts.platformErrors;
  }

  /** Tells the platform of an environment, which is then found empty. */
  async setUpEnvironment(environment: string): Promise<void> {
    const flagsFile = join(this.folders.flags, environment, 'flags.json');
    const settings = { valuesPath: `${environment}/values.yaml`, flagsFile };
    await writeEnvironmentSettings(join(this.folders.deployments, environment), settings, {});
  }

  async verifyAudit(): Promise<AuditReport> {
    const audit = new LocalAudit(this.folders, this.store, new SystemClock());
    await audit.sign();
    return audit.verify(this.service.chains(person));
  }

  async close(): Promise<void> {
    const { folders, platform, databaseFunction, connection, postgres } = this.#parts;
    await platform.stop();
    await databaseFunction.stop();
    await connection.close();
    await stopEmbeddedPostgres({ directory: folders.postgres });
    await rm(folders.root, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    // The data lie elsewhere where the server may not run as this user.
    if (!postgres.dataDirectory.startsWith(folders.root)) {
      await rm(dirname(postgres.dataDirectory), { recursive: true, force: true });
    }
  }
}

/** Where the team's own step leaves a file for every promotion. */
export function stampsIn(folders: LocalFolders): string {
  return folders.in('stamps');
}
