import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OciLayoutRegistry } from '../../../engine/artifacts/oci-layout-registry.ts';
import { writeImage } from '../../../engine/artifacts/write-image.ts';
import { buildRelease } from '../../../examples/shop/build-release.ts';
import type { BuiltRelease } from '../../../examples/shop/build-release.ts';
import { bundleService } from '../../../examples/shop/bundle-service.ts';
import { layOutSources, shopReleases } from '../../../examples/shop/release-sources.ts';
import type { ShopRelease } from '../../../examples/shop/release-sources.ts';
import { collectTestFacts } from '../../../examples/shop/release-tests.ts';

const patienceMs = 180_000;
const registry = 'registries/dev';

describe('building a release of the sample application', () => {
  let folder: string;
  const built = new Map<ShopRelease, BuiltRelease>();
  const build = (release: ShopRelease, root = folder): Promise<BuiltRelease> =>
    buildRelease({ release, registryRoot: root, registry, writeImage });
  const digests = (release: ShopRelease): Record<string, string | undefined> =>
    Object.fromEntries(built.get(release)?.content.images.map(({ service, digest }) => [service, digest]) ?? []);

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'shop-registry-'));
    for (const release of shopReleases) built.set(release, await build(release));
  }, patienceMs);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(shopReleases)('%s passes its own tests, which cover more than four fifths of its lines', (release) => {
    const { facts = [], failures } = built.get(release) ?? {};
    const [tests, ...others] = facts;
    const coverage = others.find(({ kind }) => kind === 'coverage');
    expect(failures).toEqual([]);
    expect(tests).toEqual({ kind: 'tests', suite: 'unit', passed: expect.any(Number), failed: 0, skipped: 0 });
    expect(tests?.kind === 'tests' && tests.passed).toBeGreaterThan(60);
    for (const [suite, least] of [
      ['integration', 5],
      ['e2e', 1],
      ['performance', 2],
    ] as const) {
      const found = others.find((fact) => fact.kind === 'tests' && fact.suite === suite);
      expect(found).toEqual({ kind: 'tests', suite, passed: expect.any(Number), failed: 0, skipped: 0 });
      expect(found?.kind === 'tests' && found.passed).toBeGreaterThanOrEqual(least);
    }
    expect(coverage?.kind === 'coverage' && coverage.linesPercent).toBeGreaterThan(80);
    // Files that no test loads count too, so it can never be all.
    expect(coverage?.kind === 'coverage' && coverage.linesPercent).toBeLessThan(100);
  });

  it.each(shopReleases)('%s is scanned, and nothing is found in it', (release) => {
    const findings = built.get(release)?.facts.filter(({ kind }) => kind === 'findings');
    expect(findings).toEqual([
      { kind: 'findings', scanner: 'shop-scan', critical: 0, high: 0, medium: 0, low: 0, items: [] },
    ]);
  });

  it(
    'yields the same content again, in another folder',
    async () => {
      const elsewhere = await mkdtemp(path.join(tmpdir(), 'shop-elsewhere-'));
      const again = await build('v2', elsewhere);
      await rm(elsewhere, { recursive: true });
      expect(again.content).toEqual(built.get('v2')?.content);
    },
    patienceMs,
  );

  it('changes the digests of the services that changed and of no others', () => {
    expect(digests('v2')).toEqual({
      catalogue: digests('v1')['catalogue'],
      orders: expect.not.stringMatching(digests('v1')['orders'] ?? ''),
      web: expect.not.stringMatching(digests('v1')['web'] ?? ''),
    });
    expect(digests('v3')).toEqual({
      catalogue: digests('v2')['catalogue'],
      orders: expect.not.stringMatching(digests('v2')['orders'] ?? ''),
      web: digests('v2')['web'],
    });
  });

  it('labels an image with the release that changed it last', async () => {
    const images = new OciLayoutRegistry(folder);
    const labels = async (service: string): Promise<Readonly<Record<string, string>>> => {
      const digest = digests('v3')[service] ?? '';
      const image = await images.inspect(`${registry}/shop-${service}`, digest, new AbortController().signal);
      expect(image.entrypoint).toEqual(['node', '/app/server.mjs']);
      return image.labels;
    };
    expect(await labels('catalogue')).toMatchObject({ 'org.opencontainers.image.version': 'v1' });
    expect(await labels('web')).toMatchObject({ 'org.opencontainers.image.version': 'v2' });
    expect(await labels('orders')).toMatchObject({
      'org.opencontainers.image.title': 'shop-orders',
      'org.opencontainers.image.version': 'v3',
      'org.opencontainers.image.revision': expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('points the tag of the release at every image, changed or not', async () => {
    const images = new OciLayoutRegistry(folder);
    for (const [service, digest] of Object.entries(digests('v3'))) {
      const resolved = await images.resolve(`${registry}/shop-${service}`, 'v3', new AbortController().signal);
      expect(resolved).toBe(digest);
    }
  });

  it('carries the migrations so far, the settings that travel and the flags', () => {
    const [v1, v2, v3] = shopReleases.map((release) => built.get(release)?.content);
    expect(v1?.database?.migrations.map(({ version, kind }) => [version, kind])).toEqual([
      [1, 'expand'],
      [2, 'expand'],
    ]);
    expect(v2?.database?.migrations.at(-1)).toMatchObject({ version: 3, kind: 'expand', downLosesData: true });
    expect(v3?.database?.migrations.at(-1)).toMatchObject({ version: 4, kind: 'expand', downLosesData: false });
    expect([v1, v2, v3].map((content) => content?.database?.schemaRange)).toEqual([
      { min: 2, max: 4 },
      { min: 3, max: 5 },
      { min: 3, max: 6 },
    ]);
    expect(v1?.configuration).toEqual({});
    expect(v2?.configuration).toEqual({ 'settings.giftNoteMaximumLength': 140 });
    expect(v2?.flags.map(({ key, defaultEnabled }) => [key, defaultEnabled])).toEqual([
      ['order-history', true],
      ['gift-notes', false],
    ]);
  });

  it('leaves nothing of the machine in a bundle', async () => {
    const sources = await layOutSources('v1');
    const { content, sources: files } = await bundleService(sources.directory, 'web');
    await sources.remove();
    const text = Buffer.from(content).toString('utf8');
    for (const place of [sources.directory, tmpdir(), process.cwd(), homedir()])
      expect(text).not.toContain(`${place}/`);
    expect(files).toContain('services/web/server.ts');
    expect(files.every((file) => /^(services|platform)\//.test(file))).toBe(true);
  });
});

describe("a release's own tests", () => {
  it(
    'that fail, or cannot be loaded, are counted and named, not thrown',
    async () => {
      const sources = await layOutSources('v1');
      const metrics = path.join(sources.directory, 'platform/metrics.ts');
      await writeFile(metrics, (await readFile(metrics, 'utf8')).replace('this.#inFlight -= 1', 'this.#inFlight -= 2'));
      await writeFile(path.join(sources.directory, 'tests/broken.test.ts'), "import './absent.ts';\n");
      const { facts, failures } = await collectTestFacts(sources.directory);
      await sources.remove();
      expect(facts[0]).toMatchObject({ kind: 'tests', failed: 2, passed: expect.any(Number) });
      expect(failures.join('\n')).toMatch(/requests in flight go up and down again/);
      expect(failures.join('\n')).toMatch(/absent\.ts/);
    },
    patienceMs,
  );

  it(
    'end when one of them fails and leaves a server open, which would listen for ever',
    async () => {
      const sources = await layOutSources('v1');
      const test = [
        "import { createServer } from 'node:http';",
        "import { once } from 'node:events';",
        "import { test } from 'node:test';",
        "await test('a server is left open', async () => {",
        '  const server = createServer().listen(0);',
        "  await once(server, 'listening');",
        "  throw new Error('and nobody closes it');",
        '});',
      ];
      await writeFile(path.join(sources.directory, 'tests/open.e2e.test.ts'), test.join('\n'));
      const { facts, failures } = await collectTestFacts(sources.directory);
      await sources.remove();
      expect(facts).toContainEqual(expect.objectContaining({ kind: 'tests', suite: 'e2e', failed: 1 }));
      expect(failures).toEqual([expect.stringContaining('and nobody closes it')]);
    },
    patienceMs,
  );

  it(
    'that are in none of the files of a suite say nothing about it, and those that fail count for theirs',
    async () => {
      const sources = await layOutSources('v1');
      const tests = path.join(sources.directory, 'tests');
      await rm(path.join(tests, 'shop.e2e.test.ts'));
      await writeFile(path.join(tests, 'absent.integration.test.ts'), "import './absent.ts';\n");
      const { facts } = await collectTestFacts(sources.directory);
      await sources.remove();
      const suites = facts.flatMap((fact) => (fact.kind === 'tests' ? [[fact.suite, fact.failed]] : []));
      expect(suites).toEqual([
        ['unit', 0],
        ['integration', 1],
        ['performance', 0],
      ]);
    },
    patienceMs,
  );

  it(
    'that were taken away make a report of nothing, covering nothing',
    async () => {
      const sources = await layOutSources('v1');
      await rm(path.join(sources.directory, 'tests'), { recursive: true });
      const { facts } = await collectTestFacts(sources.directory);
      await sources.remove();
      expect(facts).toEqual([
        { kind: 'tests', suite: 'unit', passed: 0, failed: 0, skipped: 0 },
        { kind: 'coverage', linesPercent: 0 },
        expect.objectContaining({ kind: 'findings', scanner: 'shop-scan' }),
      ]);
    },
    patienceMs,
  );
});

describe('the releases laid over each other', () => {
  it(
    'each form a program whose types agree',
    async () => {
      const laidOut = await Promise.all(shopReleases.map((release) => layOutSources(release)));
      const repository = path.resolve(import.meta.dirname, '../../..');
      const folder = await mkdtemp(path.join(tmpdir(), 'shop-types-'));
      const project = path.join(folder, 'tsconfig.json');
      await writeFile(
        project,
        JSON.stringify({
          extends: path.join(repository, 'tsconfig.json'),
          compilerOptions: { types: ['node'], typeRoots: [path.join(repository, 'node_modules/@types')] },
          include: laidOut.map(({ directory }) => directory),
          exclude: laidOut.map(({ directory }) => path.join(directory, 'node_modules')),
        }),
      );
      const compiler = path.join(repository, 'node_modules/typescript/bin/tsc');
      const outcome = await promisify(execFile)(process.execPath, [compiler, '--project', project]).catch(
        (error: unknown) => error as { stdout: string },
      );
      await Promise.all([...laidOut.map(({ remove }) => remove()), rm(folder, { recursive: true })]);
      expect(outcome.stdout).toBe('');
    },
    patienceMs,
  );
});
