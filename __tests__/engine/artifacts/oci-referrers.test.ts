import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OciLayoutRegistry } from '../../../engine/artifacts/oci-layout-registry.ts';
import { writeImage } from '../../../engine/artifacts/write-image.ts';
import { StaleFenceError } from '../../../engine/workflow/fence.ts';

const [source, target] = ['dev/shop/api', 'staging/shop/api'];
const { signal } = new AbortController();
const record = { artifactType: 'application/vnd.example.record', annotations: { 'org.example.by': 'ana', of: 'pr-1' } };
const under = (fence: number) => ({ key: 'pr-1:promote-artifacts', fence, signal });
let root: string;
let registry: OciLayoutRegistry;
let digest: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'referrers-'));
  registry = new OciLayoutRegistry(root);
  const files = [{ path: 'app/server.js', content: 'v1' }];
  ({ digest } = await writeImage({ registryRoot: root, repository: source, files, entrypoint: ['node'], tag: 'v1' }));
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

const records = (repository = source, type = record.artifactType) =>
  registry.referrers(repository, digest, type, signal);

describe('what is put beside an image', () => {
  it('leaves the image as it is, is found by its kind, and comes with the image to other places', async () => {
    const before = await registry.inspect(source, digest, signal);
    const own = await registry.attach(source, digest, record, under(1));
    expect(await registry.inspect(source, digest, signal)).toEqual(before);
    expect(await registry.resolve(source, 'v1', signal)).toBe(digest);
    expect(await records()).toEqual([{ digest: own, ...record }]);
    expect(await records(source, 'application/vnd.example.other')).toEqual([]);
    await registry.copy(source, target, digest, under(1));
    expect(await records(target)).toEqual([{ digest: own, ...record }]);
  });

  it('is there once when it is put there twice, and gone when it is taken away', async () => {
    const own = await registry.attach(source, digest, record, under(1));
    expect(await registry.attach(source, digest, record, under(1))).toBe(own);
    expect(await records()).toHaveLength(1);
    await registry.detach(source, own, under(1));
    await registry.detach(source, own, under(1));
    expect(await records()).toEqual([]);
    expect(await registry.has(source, digest, signal)).toBe(true);
  });

  it('is not touched by whoever has lost its lease', async () => {
    const own = await registry.attach(source, digest, record, under(3));
    await expect(registry.attach(source, digest, { ...record, annotations: {} }, under(2))).rejects.toThrow(
      StaleFenceError,
    );
    await expect(registry.detach(source, own, under(2))).rejects.toThrow(StaleFenceError);
    expect(await records()).toHaveLength(1);
  });

  it('needs the image', async () => {
    await expect(registry.attach(source, `sha256:${'0'.repeat(64)}`, record, under(1))).rejects.toThrow('is missing');
  });
});
