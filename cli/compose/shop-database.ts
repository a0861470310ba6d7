import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import type { LocalFolders } from './local-folders.ts';
import { writeSecretOnce } from './local-secret.ts';

/**
 * A database and its owner, both called `name`; the connection is kept where only the services and the function look.
 * @param serverUrl of somebody who may make databases.
 * @returns the connection.
 */
export async function makeDatabase(folders: LocalFolders, serverUrl: string, name: string): Promise<string> {
  const secret = join(folders.databaseSecrets, name);
  const owned = new URL(serverUrl);
  owned.username = name;
  owned.password = randomBytes(24).toString('base64url');
  owned.pathname = `/${name}`;
  const url = new URL(await writeSecretOnce(secret, () => owned.href));
  // The server may listen on another port than when the secret was written.
  if (url.host !== owned.host) {
    url.host = owned.host;
    await writeFile(secret, url.href, { mode: 0o600 });
  }
  const client = new Client({ connectionString: serverUrl });
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
