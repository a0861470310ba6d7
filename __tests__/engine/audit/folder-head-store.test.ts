import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StoredHead } from '../../../engine/audit/head-store.ts';
import { FolderHeadStore } from '../../../engine/audit/folder-head-store.ts';
import { keyIdOf, signHead, type SignedHead } from '../../../engine/audit/signed-heads.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const key = { keyId: keyIdOf(publicKey), publicKey, privateKey };
const headAt = (time: string): SignedHead => signHead({ at: new Date(time), entries: [] }, key);

async function all(heads: AsyncIterable<StoredHead>): Promise<readonly StoredHead[]> {
  const list: StoredHead[] = [];
  for await (const head of heads) {
    list.push(head);
  }
  return list;
}

let folder: string;
beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'heads-')), 'heads');
});
afterEach(() => rm(path.dirname(folder), { recursive: true, force: true }));

describe('heads in a folder', () => {
  it('are none before the first', async () => {
    expect(await all(new FolderHeadStore(folder).readAll())).toEqual([]);
  });

  it('come back the oldest first, each from a file that only its owner may read', async () => {
    const store = new FolderHeadStore(folder);
    const [second, first] = [headAt('2026-11-02T10:00:01Z'), headAt('2026-11-02T10:00:00Z')];
    await store.append(second);
    await store.append(first);
    const stored = await all(new FolderHeadStore(folder).readAll());
    expect(stored.map(({ content }) => content)).toEqual([first, second]);
    for (const { name } of stored) {
      expect(name).toMatch(/^2026-11-02T10-00-0\d\.000Z-[0-9a-f]{16}\.json$/);
      expect((await stat(path.join(folder, name))).mode & 0o777).toBe(0o600);
    }
  });

  it('never take each other’s place, even of the same moment and content', async () => {
    const head = headAt('2026-11-02T10:00:00Z');
    await Promise.all(Array.from({ length: 20 }, () => new FolderHeadStore(folder).append(head)));
    expect(await all(new FolderHeadStore(folder).readAll())).toHaveLength(20);
  });

  it('are not confused with what a writer that died has left, while damage is shown', async () => {
    const store = new FolderHeadStore(folder);
    await store.append(headAt('2026-11-02T10:00:00Z'));
    await writeFile(path.join(folder, '.2026-11-02T10-00-01.000Z-00.draft'), '{"at":');
    await writeFile(path.join(folder, 'damaged.json'), '{"at":');
    const stored = await all(store.readAll());
    expect(stored.map(({ name, content }) => [name, typeof content])).toEqual([
      [expect.stringMatching(/^2026/), 'object'],
      ['damaged.json', 'undefined'],
    ]);
    expect(await readFile(path.join(folder, 'damaged.json'), 'utf8')).toBe('{"at":');
  });
});
