import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderPublicKeys } from '../../../../engine/artifacts/signatures/folder-public-keys.ts';
import { signingPair } from './signing-pairs.ts';

const { signal } = new AbortController();
const { publicPem } = signingPair('build');
let folder: string;
let keys: FolderPublicKeys;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-'));
  await mkdir(join(folder, 'rules/keys'), { recursive: true });
  await mkdir(join(folder, 'data/keys'), { recursive: true });
  keys = new FolderPublicKeys([join(folder, 'rules'), join(folder, 'data')]);
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('public keys as files', () => {
  it('are looked for beside the rules first, then in the data folder, or where an absolute path says', async () => {
    await writeFile(join(folder, 'data/keys/build.pub'), publicPem);
    await expect(keys.read('keys/build.pub', signal)).resolves.toBe(publicPem);
    await writeFile(join(folder, 'rules/keys/build.pub'), 'the team’s own');
    await expect(keys.read('keys/build.pub', signal)).resolves.toBe('the team’s own');
    await expect(keys.read(join(folder, 'data/keys/build.pub'), signal)).resolves.toBe(publicPem);
  });

  it('that are not there, no files, or too large say where they were looked for', async () => {
    await expect(keys.read('keys/none.pub', signal)).rejects.toThrow(
      `there is no public key at ${folder}/rules/keys/none.pub nor at ${folder}/data/keys/none.pub`,
    );
    await expect(keys.read('keys', signal)).rejects.toThrow(`${folder}/rules/keys is no file`);
    await writeFile(join(folder, 'rules/keys/big.pub'), 'x'.repeat(20_000));
    await expect(keys.read('keys/big.pub', signal)).rejects.toThrow('is too large for a public key');
  });
});
