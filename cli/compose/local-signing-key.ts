import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeDurably } from '../../engine/storage/write-durably.ts';
import type { LocalFolders } from './local-folders.ts';
import { writeSecretOnce } from './local-secret.ts';

/**
 * The key that the sample's build signs its images with, as a team's own pipeline would: made on first use, with its
 * public half where the sample's rules look for it.
 */
export async function localSigningKey(folders: LocalFolders): Promise<KeyObject> {
  const pem = await writeSecretOnce(folders.signingKey, () =>
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  const key = createPrivateKey(pem);
  await mkdir(dirname(folders.buildPublicKey), { recursive: true });
  await writeDurably(folders.buildPublicKey, createPublicKey(key).export({ type: 'spki', format: 'pem' }));
  return key;
}
