import { jest } from '@jest/globals';
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { AuditKeyError, loadOrCreateAuditKey } from '../../../engine/audit/audit-key.ts';
import { signHead, verifyHead } from '../../../engine/audit/signed-heads.ts';

// Real processes and many runs; on a busy machine they take their time.
jest.setTimeout(120_000);

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'audit-key-'));
  file = path.join(folder, 'keys', 'audit.pem');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the audit key', () => {
  it('is made on first use, for its owner alone, and is the same ever after', async () => {
    const made = await loadOrCreateAuditKey(file);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(path.dirname(file))).toEqual(['audit.pem']);
    const loaded = await loadOrCreateAuditKey(file);
    expect(loaded.keyId).toBe(made.keyId);
    expect(verifyHead(signHead({ at: new Date(0), entries: [] }, made), [loaded])).toBe('genuine');
  });

  it('is one key for many who come at the same time, in one process and in several', async () => {
    const within = await Promise.all(Array.from({ length: 8 }, () => loadOrCreateAuditKey(file)));
    expect(new Set(within.map(({ keyId }) => keyId)).size).toBe(1);
    const other = path.join(folder, 'other.pem');
    const script = `import { loadOrCreateAuditKey } from ${JSON.stringify(path.resolve(import.meta.dirname, '../../../engine/audit/audit-key.ts'))};
process.stdout.write((await loadOrCreateAuditKey(${JSON.stringify(other)})).keyId);`;
    const across = await Promise.all(
      Array.from({ length: 3 }, () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])),
    );
    expect(new Set(across.map(({ stdout }) => stdout)).size).toBe(1);
    expect(across[0]?.stdout).toMatch(/^[0-9a-f]{16}$/);
  });

  it('is refused when others may read it', async () => {
    await loadOrCreateAuditKey(file);
    await chmod(file, 0o640);
    await expect(loadOrCreateAuditKey(file)).rejects.toThrow('Run chmod 600');
  });

  it('is refused, and not replaced, when the file holds something else', async () => {
    await loadOrCreateAuditKey(file);
    await writeFile(file, 'canary');
    await expect(loadOrCreateAuditKey(file)).rejects.toThrow(AuditKeyError);
    await expect(loadOrCreateAuditKey(file)).rejects.not.toThrow('canary');
  });
});
