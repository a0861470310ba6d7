import { readFile } from 'node:fs/promises';
import { AuditKeyError, loadAuditKey } from '../../engine/audit/audit-key.ts';
import { publicKeyPem, readPublicKey } from '../../engine/audit/public-key.ts';
import type { AuditVerificationKey } from '../../engine/audit/signed-heads.ts';
import { verifyExport } from '../../engine/audit/verify-export.ts';
import type { AuditFiles } from '../session.ts';
import { SetupError } from '../setup-error.ts';
import { UsageError } from '../usage-error.ts';
import { LocalFolders } from './local-folders.ts';
import { readLines } from './read-lines.ts';
import { causeText } from '../../engine/wording/cause-text.ts';

/** The audit key of this machine and exports, by their files alone. */
export function localAuditFiles(folders = new LocalFolders()): AuditFiles {
  return {
    async publicKey() {
      const key = await loadAuditKey(folders.auditKey);
      return key === undefined ? undefined : { keyId: key.keyId, pem: publicKeyPem(key) };
    },
    async verifyExport(file, keyFile) {
      const key = keyFile === undefined ? await ownKey(folders) : await keyIn(keyFile);
      return verifyExport(() => readLines(file), [key]);
    },
  };
}

async function ownKey(folders: LocalFolders): Promise<AuditVerificationKey> {
  const key = await loadAuditKey(folders.auditKey);
  if (key !== undefined) return key;
  throw new SetupError(
    'there is no audit key here that signatures could be checked with',
    'give the public key of the installation that made the export with --key; promote audit key shows it there',
  );
}

async function keyIn(file: string): Promise<AuditVerificationKey> {
  const pem = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${file} cannot be read: ${causeText(error)}`);
  });
  try {
    return readPublicKey(pem, file);
  } catch (error) {
    if (error instanceof AuditKeyError) throw new UsageError(error.message);
    throw error;
  }
}
