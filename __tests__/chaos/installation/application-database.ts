import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';

/** Makes a database with an owner of its own, and puts its address where only the database-migration function looks. */
export async function makeApplicationDatabase(
  superuserUrl: string,
  secretsFolder: string,
  name: string,
): Promise<{ readonly url: string; readonly superuserUrl: string }> {
  const password = randomBytes(16).toString('hex');
  const role = escapeIdentifier(name);
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query(`create role ${role} login password ${escapeLiteral(password)}`);
    await client.query(`create database ${role} owner ${role}`);
  } finally {
    await client.end();
  }
  const asSuperuser = new URL(superuserUrl);
  asSuperuser.pathname = `/${name}`;
  const asOwner = new URL(asSuperuser);
  asOwner.username = name;
  asOwner.password = password;
  await mkdir(secretsFolder, { recursive: true, mode: 0o700 });
  await writeFile(join(secretsFolder, name), asOwner.href, { mode: 0o600 });
  return { url: asOwner.href, superuserUrl: asSuperuser.href };
}
