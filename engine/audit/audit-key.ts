import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { link, mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { isSystemError } from '../storage/system-error.ts';
import { syncFolder } from '../storage/write-durably.ts';
import { keyIdOf, type AuditKey } from './signed-heads.ts';

/** The file of the audit key is unsafe or holds no key. */
export class AuditKeyError extends Error {
  override readonly name = 'AuditKeyError';
}

/**
 * The Ed25519 key that signs heads, from a PEM file that only its owner may read; made on first use. Processes that come
 * at the same time get the same key.
 * @throws AuditKeyError when others may read the file, or when it holds something else.
 */
export async function loadOrCreateAuditKey(file: string): Promise<AuditKey> {
  return (await load(file)) ?? (await create(file));
}

/** The key as it is, or undefined when there is none; makes nothing. @throws AuditKeyError as above. */
export function loadAuditKey(file: string): Promise<AuditKey | undefined> {
  return load(file);
}

async function load(file: string): Promise<AuditKey | undefined> {
  let pem: string;
  try {
    await using handle = await open(file, 'r');
    const { mode } = await handle.stat();
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new AuditKeyError(`Others may read the audit key ${file}. Run chmod 600 on it, and think about a new key.`);
    }
    pem = await handle.readFile('utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) {
      return undefined;
    }
    throw error;
  }
  const privateKey = parsePem(pem);
  if (privateKey?.asymmetricKeyType !== 'ed25519') {
    throw new AuditKeyError(
      `${file} holds no Ed25519 key in PEM. Put the key back from a copy, or move the file away.`,
    );
  }
  return keyFrom(privateKey);
}

async function create(file: string): Promise<AuditKey> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ed25519');
  const draft = `${file}.${randomBytes(8).toString('hex')}.draft`;
  try {
    {
      await using handle = await open(draft, 'wx', 0o600);
      await handle.writeFile(privateKey.export({ type: 'pkcs8', format: 'pem' }));
      await handle.sync();
    }
    // A link fails where a rename would replace the key of whoever was quicker.
    await link(draft, file);
    await syncFolder(folder);
  } catch (error) {
    const theirs = isSystemError(error, 'EEXIST') ? await load(file) : undefined;
    if (theirs === undefined) {
      throw error;
    }
    return theirs;
  } finally {
    await rm(draft, { force: true });
  }
  return keyFrom(privateKey);
}

function keyFrom(privateKey: KeyObject): AuditKey {
  const publicKey = createPublicKey(privateKey);
  return { keyId: keyIdOf(publicKey), publicKey, privateKey };
}

function parsePem(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    // The parser's error is of no help, and must not repeat what the file holds.
    return undefined;
  }
}
