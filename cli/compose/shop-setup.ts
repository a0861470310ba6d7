import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { shopServices } from '../../examples/shop/build-release.ts';
import {
  readEnvironmentSettings,
  writeEnvironmentSettings,
} from '../../engine/deployment/local/environment-settings.ts';
import type { ReleaseContent } from '../../engine/release.ts';
import type { LocalFolders } from './local-folders.ts';
import { writeSecretOnce } from './local-secret.ts';
import { makeConfiguration } from './shop-configuration.ts';
import { makeDatabase } from './shop-database.ts';
import type { ShopEnvironment } from './shop-environments.ts';

/** The sample's own rules, which `npm start` uses. */
export const shopRulesFile = join(import.meta.dirname, '../../examples/shop/promotion-rules.yaml');

/**
 * Makes what environments need before anything runs in them: configuration, databases, ports, secrets. What is there
 * already stays, so that it can be done again at any time, with more environments too.
 */
export async function setUpShop(
  folders: LocalFolders,
  databaseUrl: string,
  environments: readonly ShopEnvironment[],
  first: ReleaseContent,
): Promise<void> {
  await writeSecretOnce(folders.callerToken, () => randomBytes(32).toString('base64url'));
  await makeConfiguration(folders, environments, first);
  for (const environment of environments) {
    const url = await makeDatabase(folders, databaseUrl, environment.database);
    await makeEnvironment(folders, environment, url);
  }
}

/** The address of a service as its users reach it. */
export async function serviceUrl(folders: LocalFolders, environment: string, service: string): Promise<string> {
  const { ports } = await readEnvironmentSettings(join(folders.deployments, environment));
  const port = ports[service];
  if (port === undefined) throw new Error(`${environment} has no port for ${service}`);
  return `http://127.0.0.1:${String(port)}`;
}

/** Signs the tokens that the environment's orders API accepts. */
export async function jwtSecret(folders: LocalFolders, environment: string): Promise<string> {
  return readFile(folders.jwtSecret(environment), 'utf8');
}

async function makeEnvironment(
  folders: LocalFolders,
  { name, configuration }: ShopEnvironment,
  databaseUrl: string,
): Promise<void> {
  const folder = join(folders.deployments, name);
  const taken = await portsTaken(folders);
  const known = taken.get(name) ?? {};
  const others = new Set([...taken.values()].flatMap((ports) => Object.values(ports)));
  const ports: Record<string, number> = {};
  for (const service of shopServices) {
    const port = known[service] ?? (await freePort(others));
    others.add(port);
    ports[service] = port;
  }
  const secret = await writeSecretOnce(folders.jwtSecret(name), () => randomBytes(32).toString('base64url'));
  await writeEnvironmentSettings(
    folder,
    {
      valuesPath: configuration.path,
      flagsFile: join(folders.flags, name, 'flags.json'),
      ports,
    },
    {
      DATABASE_URL: databaseUrl,
      JWT_SECRET: secret,
      CATALOGUE_URL: `http://127.0.0.1:${String(ports['catalogue'])}`,
      ORDERS_URL: `http://127.0.0.1:${String(ports['orders'])}`,
    },
  );
}

/** The ports of every environment that was set up here, by environment. */
async function portsTaken(folders: LocalFolders): Promise<ReadonlyMap<string, Readonly<Record<string, number>>>> {
  const names = existsSync(folders.deployments) ? await readdir(folders.deployments) : [];
  const found = new Map<string, Readonly<Record<string, number>>>();
  for (const name of names) {
    const folder = join(folders.deployments, name);
    if (!existsSync(join(folder, 'environment.json'))) continue;
    found.set(name, (await readEnvironmentSettings(folder)).ports);
  }
  return found;
}

/** A port that nobody listens on now and that no environment here was given: those that are stopped keep theirs. */
async function freePort(taken: ReadonlySet<number>): Promise<number> {
  for (;;) {
    const port = await anyFreePort();
    if (!taken.has(port)) return port;
  }
}

function anyFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('no free port'));
      });
    });
  });
}
