import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { PromotionService } from '../../engine/promotion-service.ts';
import { builtInSteps } from '../../engine/steps/built-in-steps.ts';
import { ensureEmbeddedPostgres, stopEmbeddedPostgres } from '../../engine/store/embedded/embedded-postgres.ts';
import { connectStore } from '../../engine/store/postgres/connect.ts';
import type { PostgresStore } from '../../engine/store/postgres/postgres-store.ts';
import { VirtualClock } from '../../engine/workflow/clock.ts';
import { compileDefinition } from '../../engine/workflow/compile-definition.ts';
import { fillDatabase } from './fill-database.ts';
import { applicationName, installationSize as size, now } from './installation-size.ts';
import { readLargeRules } from './large-rules.ts';
import { largeService } from './large-service.ts';

/** An installation of 1,000 applications in 7 environments with 100,000 promotions behind them. */
export interface LargeInstallation {
  /** Of its database. */
  readonly databaseUrl: string;
  readonly client: Client;
  readonly store: PostgresStore;
  readonly service: PromotionService;
  readonly clock: VirtualClock;
  /** Removes it. */
  close(): Promise<void>;
}

/**
 * Makes one, with a database of its own in a temporary folder.
 * @param intoProduction what the path into production demands beside.
 */
export async function openLargeInstallation(intoProduction = ''): Promise<LargeInstallation> {
  const folder = await mkdtemp(join(tmpdir(), 'large-installation-'));
  const directory = join(folder, 'postgres');
  const ends: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const end of ends.toReversed()) await end();
  };
  try {
    const { url } = await ensureEmbeddedPostgres({ directory });
    ends.push(() => stopEmbeddedPostgres({ directory }));
    const { store, close: disconnect } = await connectStore({ url });
    ends.push(disconnect);
    const client = new Client({ connectionString: url });
    await client.connect();
    ends.push(() => client.end());
    const rules = readLargeRules(intoProduction);
    const [path] = rules.paths;
    if (path === undefined) throw new Error('there is no path');
    console.log(`${String(size.promotions)} promotions of ${String(size.applications)} applications are written …`);
    await fillDatabase(client, compileDefinition(rules, path, applicationName(0), builtInSteps, false));
    const clock = new VirtualClock(now);
    return { databaseUrl: url, client, store, service: largeService(store, rules, clock), clock, close };
  } catch (error) {
    await close();
    throw error;
  }
}
