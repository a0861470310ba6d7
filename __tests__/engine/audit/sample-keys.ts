import { generateKeyPairSync } from 'node:crypto';
import type { HeadStore } from '../../../engine/audit/head-store.ts';
import { keyIdOf, type AuditKey } from '../../../engine/audit/signed-heads.ts';

export function newKey(): AuditKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { keyId: keyIdOf(publicKey), publicKey, privateKey };
}

/** What lies where heads are kept. */
export function stored(documents: readonly unknown[]): Pick<HeadStore, 'readAll'> {
  return {
    async *readAll() {
      for (const [index, content] of documents.entries()) {
        yield { name: `${String(index)}.json`, content };
      }
    },
  };
}
