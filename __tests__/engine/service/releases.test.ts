import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { OciLayoutRegistry } from '../../../engine/artifacts/oci-layout-registry.ts';
import { writeImage } from '../../../engine/artifacts/write-image.ts';
import { verifyChain } from '../../../engine/audit/hash-chain.ts';
import { GitSourceHistory } from '../../../engine/source/git-source-history.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { unreachablePorts } from '../../support/unreachable-ports.ts';
import { operator, promoter, rulesText, ServiceDesk, viewer } from './service-fixture.ts';

jest.setTimeout(120_000);

const { signal } = new AbortController();
let server: ScratchPostgres;
let folder: string;
let desk: ServiceDesk;

beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'releases-'));
  const ports = {
    artifacts: new OciLayoutRegistry(folder),
    source: new GitSourceHistory({ cacheFolder: join(folder, 'cache') }),
  };
  desk = await ServiceDesk.open(
    await server.createStoreDatabase(),
    rulesText(),
    new Proxy(unreachablePorts, {
      get: (_, name) => (name === 'artifacts' ? ports.artifacts : name === 'source' ? ports.source : undefined),
    }),
  );
});
afterEach(async () => {
  await desk.close();
  await rm(folder, { recursive: true, force: true });
});

function image(service: string, tag: string, labels: Readonly<Record<string, string>> = {}) {
  return writeImage({
    registryRoot: folder,
    repository: `registries/dev/${service}`,
    files: [{ path: 'app.mjs', content: Buffer.from(`${service} ${tag}`) }],
    entrypoint: ['node', '/app.mjs'],
    labels,
    tag,
  });
}

const assemble = (more: Partial<Parameters<ServiceDesk['service']['assembleRelease']>[1]> = {}, actor = promoter) =>
  desk.service.assembleRelease(
    actor,
    { application: 'shop', name: 'v9', from: 'dev', tag: 'v9*', images: { api: 'api' }, ...more },
    signal,
  );

describe('assembling a release', () => {
  it('takes the newest image of every service whose tag matches, by digest, and where it says that it was made from', async () => {
    const labels = {
      'org.opencontainers.image.source': 'https://git.example/shop',
      'org.opencontainers.image.revision': 'b'.repeat(40),
    };
    await image('api', 'v9.9', labels);
    const newest = await image('api', 'v9.10', labels);
    await image('api', 'v10', labels);
    const { release, images } = await assemble();
    expect(images).toEqual([{ service: 'api', image: 'api', tag: 'v9.10', digest: newest.digest }]);
    expect(release.content).toMatchObject({
      images: [{ service: 'api', image: 'api', digest: newest.digest }],
      source: { repository: 'https://git.example/shop', commit: 'b'.repeat(40) },
    });
    expect((await desk.service.release(viewer, 'shop', 'v9')).release.digest).toBe(release.digest);
  });

  it('says everything that is missing, and makes nothing', async () => {
    await image('api', 'v8');
    await expect(assemble({ images: { api: 'api', worker: 'worker' } })).rejects.toThrow(
      /api: no tag of registries\/dev\/api matches v9\*; it has v8\nworker: the rules name no such service of shop/,
    );
    await expect(assemble({ images: {} })).rejects.toThrow('registries/dev/shop-api matches v9*; it holds no tag');
    await expect(desk.service.release(viewer, 'shop', 'v9')).rejects.toThrow('shop has no release v9');
  });

  it('takes what is not said from an earlier release, and migrations from a folder', async () => {
    await image('api', 'v9');
    const migrations = join(folder, 'migrations');
    await mkdir(migrations);
    await writeFile(join(migrations, '001_first.up.sql'), '-- kind: expand\ncreate table a (id int);\n');
    await desk.service.createRelease(
      promoter,
      {
        application: 'shop',
        name: 'v8',
        content: {
          images: [{ service: 'api', image: 'api', digest: `sha256:${'8'.repeat(64)}` }],
          configuration: { 'page.size': 20 },
          flags: [{ key: 'gifts' }],
        },
      },
      [],
    );
    // Without a word of it, a release without configuration and flags would be taken for complete.
    await expect(assemble({ migrations })).rejects.toThrow(
      'v9 is not complete, so it was not made:\nconfiguration: v8 has it, and nobody says it of this release; say --like v8\nflags: v8 has it',
    );
    await expect(desk.service.release(viewer, 'shop', 'v9')).rejects.toThrow('shop has no release v9');
    const { release } = await assemble({ like: 'v8', migrations });
    expect(release.content).toMatchObject({
      configuration: { 'page.size': 20 },
      flags: [{ key: 'gifts' }],
      database: { schemaRange: { min: 0, max: 1 }, migrations: [{ version: 1, name: 'first' }] },
    });
    await expect(assemble({ name: 'v10', like: 'v7' })).rejects.toThrow('shop has no release v7. Did you mean');
    await expect(assemble({ name: 'v10', like: 'v8', migrations: join(folder, 'none') })).rejects.toThrow(
      'the migrations cannot be read',
    );
  });

  it('is refused to whoever may not make releases, and for what the rules do not know', async () => {
    await expect(assemble({}, viewer)).rejects.toThrow('create-release needs');
    await expect(assemble({ application: 'shpo' })).rejects.toThrow('Did you mean shop?');
    await expect(assemble({ from: 'dve' })).rejects.toThrow('Did you mean dev?');
  });
});

describe('a release', () => {
  it('never changes: its name belongs to its content', async () => {
    const content = { images: [{ service: 'api', image: 'api', digest: `sha256:${'1'.repeat(64)}` }] };
    const create = (of: unknown, name = 'v5') =>
      desk.service.createRelease(promoter, { application: 'shop', name, content: of }, []);
    const first = await create(content);
    expect((await create(content)).id).toBe(first.id);
    await expect(create({ ...content, configuration: { a: 1 } })).rejects.toThrow('Releases never change');
    await expect(create(content, '../v5')).rejects.toThrow("cannot be a release's name");
  });

  it.each(['*', '..', '', 'Shop', 'shop/api', 'shop\u0000'])('is of no application called %j', async (application) => {
    const images = [{ service: 'api', image: 'api', digest: `sha256:${'1'.repeat(64)}` }];
    const made = desk.service.createRelease(promoter, { application, name: 'v5', content: { images } }, []);
    await expect(made).rejects.toThrow("cannot be an application's name");
  });

  it('is marked bad with a reason, refused from then on, and taken back, all of it in the audit trail', async () => {
    const judge = (judgement: 'bad' | 'not-bad', actor = operator) =>
      desk.service.judgeRelease(actor, { application: 'shop', name: 'v2', judgement, reason: 'leaks' });
    await expect(judge('bad', promoter)).rejects.toThrow('mark-bad needs operator or admin');
    await expect(judge('not-bad')).rejects.toThrow('v2 is not marked bad');
    expect((await judge('bad')).bad).toMatchObject({ reason: 'leaks', by: operator.id });
    await expect(judge('bad')).rejects.toThrow('marked bad already');
    await expect(desk.run()).rejects.toThrow('v2 is marked bad (leaks)');
    expect((await judge('not-bad')).bad).toBeUndefined();
    await desk.run();
    const events = await desk.store.administrationEvents();
    expect(verifyChain('administration', events)).toEqual([]);
    expect(events.slice(-2).map(({ type, data }) => [type, data['release'], data['reason']])).toEqual([
      ['release-marked-bad', 'v2', 'leaks'],
      ['release-unmarked-bad', 'v2', 'leaks'],
    ]);
  });
});

describe('where a change runs', () => {
  it('is answered for every environment: the commit itself, the same change, or not, or why nobody can say', async () => {
    const repository = join(folder, 'source');
    const git = (...words: readonly string[]): string =>
      execFileSync('git', ['-C', repository, '-c', 'user.name=A', '-c', 'user.email=a@x', ...words], {
        encoding: 'utf8',
      }).trim();
    execFileSync('git', ['init', '--quiet', '--initial-branch=main', repository]);
    const commit = (message: string): string => {
      git('commit', '--quiet', '--allow-empty', '-m', message);
      return git('rev-parse', 'HEAD');
    };
    const base = commit('Begin');
    const fix = commit('Close the hole (#7)\n\nOPS-3');
    for (const [name, head] of [
      ['s1', base],
      ['s2', fix],
    ] as const) {
      const content = {
        images: [{ service: 'api', image: 'api', digest: `sha256:${'5'.repeat(64)}` }],
        source: { repository, commit: head, authors: [] },
        configuration: { name },
      };
      await desk.service.createRelease(promoter, { application: 'shop', name, content }, []);
    }
    await desk.service.adopt(operator, 'shop', 'dev', 's2');
    await desk.service.adopt(operator, 'shop', 'qa', 's1');
    for (const word of [fix.slice(0, 9), '#7', 'OPS-3']) {
      const found = await desk.service.locateSource(viewer, { word }, signal);
      expect(found.commits.map((each) => each.commit)).toEqual([fix]);
      expect(
        found.locations.map(({ environment, release, containment }) => [environment, release, containment]),
      ).toEqual([
        ['dev', 's2', 'commit'],
        ['qa', 's1', 'absent'],
      ]);
      // v1 of the fixture names a repository that nobody can reach.
      expect(found.unknown.map(({ environment }) => environment)).toEqual(['production', 'staging']);
    }
    expect((await desk.service.locateSource(viewer, { word: '#99' }, signal)).commits).toEqual([]);
  });
});
