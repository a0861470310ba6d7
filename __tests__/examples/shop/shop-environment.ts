import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import type { ShopService } from '../../../examples/shop/build-release.ts';
import { bundleService } from '../../../examples/shop/bundle-service.ts';
import { signCustomerToken } from '../../../examples/shop/customer-token.ts';
import { layOutSources } from '../../../examples/shop/release-sources.ts';
import type { ShopRelease } from '../../../examples/shop/release-sources.ts';
import { readMigrations } from '../../../engine/database/read-migrations.ts';
import { startScratchPostgres } from '../../support/scratch-postgres.ts';

export const jwtSecret = 'a secret for tests, 32 characters or more';

export interface RunningService {
  readonly url: string;
  readonly process: ChildProcess;
  /** The service's log lines so far. */
  readonly lines: () => readonly Record<string, unknown>[];
  /** Sends SIGTERM and waits for the end. @returns the exit code. */
  readonly stop: () => Promise<number | null>;
}

export interface ShopEnvironment {
  readonly databaseUrl: string;
  readonly database: pg.Client;
  readonly flagsFile: string;
  /** Applies the release's migrations that were not applied yet. */
  readonly migrateTo: (release: ShopRelease) => Promise<void>;
  readonly start: (
    release: ShopRelease,
    service: ShopService,
    urls?: { readonly catalogue?: string; readonly orders?: string; readonly database?: string },
  ) => Promise<RunningService>;
  readonly order: (url: string, body?: unknown, token?: string) => Promise<Response>;
  readonly get: (url: string, token?: string) => Promise<Response>;
  readonly stop: () => Promise<void>;
}

export const oneCup = { lines: [{ sku: 'espresso-cup', quantity: 1 }] };

const settings = {
  shopName: 'Shop',
  notice: '',
  currency: 'EUR',
  shippingMinor: 500,
  freeShippingFromMinor: 10_000,
  maximumQuantity: 20,
  giftNoteMaximumLength: 140,
};

/** A place where built services run as processes of their own, on a real Postgres. */
export async function startShopEnvironment(): Promise<ShopEnvironment> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shop-environment-'));
  const postgres = await startScratchPostgres();
  const databaseUrl = await postgres.createDatabase('shop');
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  const configFile = path.join(folder, 'values.json');
  const flagsFile = path.join(folder, 'flags.json');
  await writeFile(configFile, JSON.stringify({ release: 'any', settings }));
  await writeFile(flagsFile, JSON.stringify({ flags: [] }));
  const bundles = new Map<string, Promise<string>>();
  const running = new Set<RunningService>();
  let schemaVersion = 0;

  const bundle = async (release: ShopRelease, service: ShopService): Promise<string> => {
    const sources = await layOutSources(release);
    const { content } = await bundleService(sources.directory, service);
    await sources.remove();
    const file = path.join(folder, `${release}-${service}.mjs`);
    await writeFile(file, content);
    return file;
  };

  const start: ShopEnvironment['start'] = async (release, service, urls = {}) => {
    const key = `${release} ${service}`;
    const built = bundles.get(key) ?? bundle(release, service);
    bundles.set(key, built);
    const child = spawn(process.execPath, [await built], {
      // Nothing of this process's surroundings: what a service needs it is given.
      env: {
        PORT: '0',
        RELEASE: release,
        CONFIG_FILE: configFile,
        FLAGS_FILE: flagsFile,
        DATABASE_URL: urls.database ?? databaseUrl,
        CATALOGUE_URL: urls.catalogue ?? 'http://127.0.0.1:9',
        ORDERS_URL: urls.orders ?? 'http://127.0.0.1:9',
        JWT_SECRET: jwtSecret,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines: Record<string, unknown>[] = [];
    const port = Promise.withResolvers<number>();
    createInterface({ input: child.stdout }).on('line', (line) => {
      const entry = JSON.parse(line) as Record<string, unknown>;
      lines.push(entry);
      if (entry['event'] === 'listening') port.resolve(Number(entry['port']));
    });
    const ended = once(child, 'close');
    ended.then(
      () => {
        port.reject(new Error(`${release} ${service} ended before it listened: ${JSON.stringify(lines)}`));
      },
      () => undefined,
    );
    const runningService: RunningService = {
      url: `http://127.0.0.1:${String(await port.promise)}`,
      process: child,
      lines: () => lines,
      stop: async () => {
        child.kill('SIGTERM');
        await ended;
        running.delete(runningService);
        return child.exitCode;
      },
    };
    running.add(runningService);
    return runningService;
  };

  const bearer = async (token: string | undefined): Promise<string> =>
    `Bearer ${token ?? (await signCustomerToken(jwtSecret, 'ana'))}`;

  return {
    databaseUrl,
    database,
    flagsFile,
    migrateTo: async (release) => {
      const sources = await layOutSources(release);
      const migrations = await readMigrations(path.join(sources.directory, 'migrations'));
      await sources.remove();
      for (const { version, up } of migrations.filter((migration) => migration.version > schemaVersion)) {
        await database.query(up);
        schemaVersion = version;
      }
    },
    start,
    order: async (url, body = oneCup, token?: string) =>
      fetch(`${url}/orders`, {
        method: 'POST',
        headers: { authorization: await bearer(token), 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    get: async (url, token) => fetch(url, { headers: { authorization: await bearer(token) } }),
    stop: async () => {
      await Promise.all([...running].map((service) => service.stop()));
      await database.end();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Asks again until the answer is as wanted; the test's own time limit ends a wait in vain. */
export async function until<T>(ask: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
