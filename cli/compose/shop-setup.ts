import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { renderConfiguration } from '../../engine/configuration/render-configuration.ts';
import {
  readEnvironmentSettings,
  writeEnvironmentSettings,
} from '../../engine/deployment/local/environment-settings.ts';
import type { ReleaseContent } from '../../engine/release.ts';
import type { LocalFolders } from './local-folders.ts';

const run = promisify(execFile);
const sampleFolder = `${import.meta.dirname}/../../examples/shop`;

export const shopApplication = 'shop';
export const shopEnvironments = ['dev', 'staging'] as const;
export type ShopEnvironment = (typeof shopEnvironments)[number];
export const shopRulesFile = join(sampleFolder, 'promotion-rules.yaml');

/** Makes what the sample's environments need before anything runs; what is there already stays. */
export async function setUpShop(folders: LocalFolders, databaseUrl: string, first: ReleaseContent): Promise<void> {
  await writeSecretOnce(folders.callerToken, () => randomBytes(32).toString('base64url'));
  await makeConfiguration(folders, first);
  for (const environment of shopEnvironments) {
    const url = await makeDatabase(folders, databaseUrl, environment);
    await makeEnvironment(folders, environment, url);
  }
}

/** The address of a service as its users reach it. */
export async function serviceUrl(
  folders: LocalFolders,
  environment: ShopEnvironment,
  service: string,
): Promise<string> {
  const { ports } = await readEnvironmentSettings(join(folders.deployments, environment));
  const port = ports[service];
  if (port === undefined) throw new Error(`${environment} has no port for ${service}`);
  return `http://127.0.0.1:${String(port)}`;
}

export async function jwtSecret(folders: LocalFolders, environment: ShopEnvironment): Promise<string> {
  return readFile(folders.in('secrets', `jwt-${environment}`), 'utf8');
}

/** Reads a secret, making it first when it does not exist; only its owner may read the file. */
async function writeSecretOnce(file: string, make: () => string): Promise<string> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  if (!existsSync(file)) {
    await writeFile(file, make(), { mode: 0o600, flag: 'wx' });
    await chmod(file, 0o600);
  }
  return readFile(file, 'utf8');
}

/** A bare repository with a branch for each environment, holding its values with the first release in them. */
async function makeConfiguration(folders: LocalFolders, first: ReleaseContent): Promise<void> {
  if (existsSync(folders.configuration)) return;
  const work = await mkdtemp(join(tmpdir(), 'promotion-configuration-'));
  const bare = join(work, 'bare.git');
  const tree = join(work, 'tree');
  const identity = ['-c', 'user.name=Promotion Process', '-c', 'user.email=promotion-process@localhost'];
  try {
    await run('git', ['init', '--quiet', '--bare', bare]);
    await run('git', ['-C', bare, 'config', 'core.logAllRefUpdates', 'always']);
    for (const environment of shopEnvironments) {
      await rm(tree, { recursive: true, force: true });
      await run('git', ['init', '--quiet', `--initial-branch=${environment}`, tree]);
      const before = await readFile(join(sampleFolder, 'configuration', environment, 'values.yaml'), 'utf8');
      const { text } = renderConfiguration(before, { name: 'v1', ...first });
      await mkdir(join(tree, environment));
      await writeFile(join(tree, environment, 'values.yaml'), text);
      await run('git', ['-C', tree, 'add', '.']);
      await run('git', ['-C', tree, ...identity, 'commit', '--quiet', '-m', `Configuration of ${environment}`]);
      await run('git', ['-C', tree, 'push', '--quiet', bare, environment]);
    }
    await run('git', ['clone', '--quiet', '--mirror', bare, folders.configuration]);
    await run('git', ['-C', folders.configuration, 'remote', 'remove', 'origin']);
    await run('git', ['-C', folders.configuration, 'config', 'core.logAllRefUpdates', 'always']);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** A database and its owner for one environment; the connection is kept where only the services and the function look. */
async function makeDatabase(folders: LocalFolders, databaseUrl: string, environment: ShopEnvironment): Promise<string> {
  const name = `${shopApplication}-${environment}`;
  const secret = join(folders.databaseSecrets, name);
  const password = randomBytes(24).toString('base64url');
  const owned = new URL(databaseUrl);
  owned.username = name;
  owned.password = password;
  owned.pathname = `/${name}`;
  const url = new URL(await writeSecretOnce(secret, () => owned.href));
  // The server may listen on another port than when the secret was written.
  if (url.host !== owned.host) {
    url.host = owned.host;
    await writeFile(secret, url.href, { mode: 0o600 });
  }
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const role = escapeIdentifier(name);
    const { rowCount: roles } = await client.query('select from pg_roles where rolname = $1', [name]);
    if (roles === 0) await client.query(`create role ${role} login`);
    await client.query(`alter role ${role} password ${escapeLiteral(url.password)}`);
    const { rowCount: databases } = await client.query('select from pg_database where datname = $1', [name]);
    if (databases === 0) await client.query(`create database ${role} owner ${role}`);
  } finally {
    await client.end();
  }
  return url.href;
}

async function makeEnvironment(
  folders: LocalFolders,
  environment: ShopEnvironment,
  databaseUrl: string,
): Promise<void> {
  const folder = join(folders.deployments, environment);
  const known = existsSync(join(folder, 'environment.json')) ? (await readEnvironmentSettings(folder)).ports : {};
  const ports: Record<string, number> = {};
  for (const service of ['catalogue', 'orders', 'web']) ports[service] = known[service] ?? (await freePort());
  const secret = await writeSecretOnce(folders.in('secrets', `jwt-${environment}`), () =>
    randomBytes(32).toString('base64url'),
  );
  await writeEnvironmentSettings(
    folder,
    {
      valuesPath: `${environment}/values.yaml`,
      flagsFile: join(folders.flags, environment, 'flags.json'),
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

function freePort(): Promise<number> {
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
