import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { custom } from '../../engine/steps/custom.ts';
import { Workshop } from '../engine/workflow/worker-fixture.ts';
import { freePort } from '../support/free-port.ts';
import { IapProxy } from '../support/iap-proxy.ts';
import { startScratchPostgres, type ScratchPostgres } from '../support/scratch-postgres.ts';
import { ServedUi } from '../support/served-ui.ts';
import { Buildah, expectTools, type ImageConfig } from './buildah.ts';
import { compressedBytes, installedPackages, ownFiles, productionPackages } from './image-content.ts';
import { runReadOnly, startReadOnly, type Ended } from './read-only-container.ts';
import { makeStandInBase, standInBase, npmSecrets } from './stand-in-base.ts';

jest.setTimeout(1_800_000);

const root = path.resolve(import.meta.dirname, '../..');
const name = 'localhost/promotion-process:test';
const canary = 'canary-5d1f9a';
const digest = `sha256:${'b'.repeat(64)}`;
const mostCompressedBytes = 250_000_000;

/** The store of buildah and the stand-in stay for the next time. */
const store = path.join(root, 'node_modules/.cache/image');
const buildah = new Buildah(store);
let folder: string;
let container: { readonly container: string; readonly folder: string } | undefined;
let config: ImageConfig;
let files: string;
let postgres: ScratchPostgres;
const measured: Record<string, number> = {};

async function measure(what: string, work: () => Promise<void>): Promise<void> {
  const started = performance.now();
  await work();
  measured[what] = Math.round((performance.now() - started) / 100) / 10;
}

beforeAll(async () => {
  await expectTools();
  folder = await mkdtemp(path.join(tmpdir(), 'image-'));
  postgres = await startScratchPostgres();
  await mkdir(store, { recursive: true });
  if (!(await buildah.hasImage(standInBase))) await measure('baseSeconds', () => makeStandInBase(buildah, store));
  const secrets = await npmSecrets(folder, canary);
  await measure('buildSeconds', () =>
    buildah.build(root, name, { BASE_IMAGE: standInBase, BASE_DIGEST: digest, REVISION: 'c0ffee' }, secrets),
  );
  config = await buildah.configOf(name);
  container = await buildah.mount(name);
  files = container.folder;
});

afterAll(async () => {
  if (container !== undefined) await buildah.remove(container.container);
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What somebody gets who starts the image with these words. */
function start(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return runReadOnly(files, config, [...config.Entrypoint, ...words], environment);
}

describe('the image', () => {
  it('runs as a user of its own, by a number that Kubernetes can check, who has a name', async () => {
    expect(config.User).toMatch(/^[1-9]\d{3,}:[1-9]\d{3,}$/);
    const { out } = await runReadOnly(files, config, ['id']);
    const [uid, gid] = config.User.split(':');
    expect(out).toBe(`uid=${uid ?? ''}(promotion) gid=${gid ?? ''}(promotion) groups=${gid ?? ''}(promotion)\n`);
  });

  it('has nothing that its user can write but the places that it names', async () => {
    const script = 'find / -xdev -writable ! -type l ! -path "/proc/*" ! -path "/dev/*" 2>/dev/null || true';
    const program = ['--userspec', config.User, files, '/bin/sh', '-c', script];
    const { stdout } = await promisify(execFile)('chroot', program);
    const system = ['/run/lock', '/var/tmp'];
    expect(stdout.trim().split('\n').toSorted()).toEqual(
      ['/tmp', ...system, ...Object.keys(config.Volumes)].toSorted(),
    );
  });

  it('says what it can do, over files that cannot be written', async () => {
    const { exitCode, out, errors } = await start(config.Cmd);
    expect([exitCode, errors]).toEqual([0, '']);
    expect(out).toContain('Usage: promote [options] [command]');
    expect(await start(['--version'])).toMatchObject({
      exitCode: 0,
      out: `${(JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string }).version}\n`,
    });
    expect((await start(['runner', '--help'])).out).toContain('Executes the promotion that PROMOTION_ID names');
  });

  it('refuses the words of services that it does not have yet', async () => {
    for (const word of ['worker', 'hooks']) {
      expect(await start([word])).toMatchObject({ exitCode: 2, errors: expect.stringContaining(word) });
    }
  });

  it('is recorded to be of its base and of its source', () => {
    expect(config.Labels).toMatchObject({
      'org.opencontainers.image.base.name': standInBase,
      'org.opencontainers.image.base.digest': digest,
      'org.opencontainers.image.revision': 'c0ffee',
    });
  });

  it(`is pulled in less than ${String(mostCompressedBytes / 1e6)} MB`, async () => {
    const layout = path.join(folder, 'layout');
    await buildah.writeLayout(name, layout);
    const bytes = await compressedBytes(layout);
    measured['compressedMegabytes'] = Math.round(bytes / 1e5) / 10;
    expect(bytes).toBeLessThan(mostCompressedBytes);
    expect(bytes).toBeGreaterThan(20_000_000);
  });
});

describe('inside the image', () => {
  it('are those packages that what ships needs, and no other', async () => {
    const needed = await productionPackages(path.join(root, 'package-lock.json'));
    const installed = await installedPackages(path.join(files, 'app'));
    expect(installed.length).toBeGreaterThan(20);
    expect(installed.filter((each) => !needed.has(each))).toEqual([]);
    expect(installed).not.toContain('node_modules/jest');
  });

  it('is no test, no history and no key of this project', async () => {
    const own = await ownFiles(path.join(files, 'app'));
    expect(own).toContain('cli/main.ts');
    expect(
      own.filter((each) =>
        /(^|\/)(__tests__|\.git|\.promotion|bench)(\/|$)|\.test\.ts$|\.env|\.pem$|\.key$/.test(each),
      ),
    ).toEqual([]);
    const tops = [...new Set(own.map((each) => each.split('/')[0]))];
    expect(tops.toSorted()).toEqual([
      'LICENSE',
      'cli',
      'cloudrun-ui',
      'engine',
      'examples',
      'functions',
      'package.json',
      'promotion',
    ]);
  });

  it('is nothing of the settings of npm that the build was given', async () => {
    const search = promisify(execFile)('grep', ['-rlF', canary, files, '--exclude-dir=proc', '--exclude-dir=dev']);
    await expect(search).rejects.toMatchObject({ code: 1, stdout: '' });
  });
});

describe('the UI in the image', () => {
  let proxy: IapProxy;
  beforeAll(async () => {
    proxy = await IapProxy.start();
  });
  afterAll(async () => {
    await proxy.stop();
  });

  it('answers at every address and the port that it is told, on a real Postgres, to whoever the proxy names', async () => {
    const port = await freePort();
    const url = await postgres.createDatabase();
    const variables = { ...proxy.variables, DATABASE_URL: url, PORT: String(port) };
    const child = startReadOnly(files, config, [...config.Entrypoint, 'ui'], variables);
    const served = await ServedUi.of(child, port);
    try {
      const headers = await proxy.headersOf('ana@shop.example');
      expect(await (await served.ask('/api/me', headers)).json()).toMatchObject({
        person: 'ana@shop.example',
        isVerified: true,
        signIn: 'iap',
      });
      expect((await served.ask('/api/matrix', headers)).status).toBe(403);
      const binding = await start(['role', 'bind', 'ana@shop.example', 'viewer'], { DATABASE_URL: url });
      expect(binding).toMatchObject({ exitCode: 0 });
      expect((await served.ask('/api/matrix', headers)).status).toBe(200);
      expect((await served.ask('/api/me')).status).toBe(401);
      expect((await served.ask('/healthz')).status).toBe(200);
      const page = await served.ask('/', { Accept: 'text/html' });
      const [, script = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text()) ?? [];
      const files = await served.ask(script, { 'Accept-Encoding': 'br' });
      expect([files.status, files.headers.get('Content-Type')]).toEqual([200, expect.stringMatching(/javascript/)]);
    } finally {
      expect(await served.end()).toMatchObject({ exitCode: 0 });
    }
    expect(served.log.map(({ severity, message }) => [severity, message])).toEqual([
      ['INFO', 'the UI answers'],
      ['INFO', 'the UI has answered what it was asked, and ends'],
    ]);
    expect(served.errors).toBe('');
    expect(served.written).not.toContain(postgres.password);
  });

  it('asks for a database where it has none', async () => {
    expect(await start(['ui'], proxy.variables)).toMatchObject({
      exitCode: 1,
      errors: expect.stringContaining('set DATABASE_URL to a Postgres server of your own'),
    });
  });

  it('answers nobody where nobody proves who he is, since others than this machine can ask', async () => {
    expect(await start(['ui'], { DATABASE_URL: postgres.url('postgres') })).toMatchObject({
      exitCode: 1,
      errors: expect.stringContaining('set PROMOTION_IDENTITY to iap or oidc'),
    });
  });

  it('refuses by name what it has no adapter for, as an installation on Google Cloud calls it today', async () => {
    const { exitCode, errors } = await start(['ui'], {
      ...proxy.variables,
      PROMOTION_STATE_INSTANCE: 'shop-prod:us-central1:promotion-state',
      PROMOTION_RULES: 'gs://shop-prod-supplies/rules/1.json',
    });
    expect([exitCode, errors]).toEqual([1, expect.stringContaining('PROMOTION_STATE_INSTANCE: a state database')]);
    expect(errors).toContain('PROMOTION_RULES: rules in Cloud Storage');
  });
});

describe('the runner in the image', () => {
  const own = (program: readonly string[]) => ({
    name: 'say-who',
    uses: custom.name,
    version: custom.version,
    phase: 'move' as const,
    isOptional: false,
    isCompensable: false,
    config: {
      name: 'say-who',
      action: { kind: 'command', command: [...program], variables: {}, secrets: [], timeoutSeconds: 60 },
    },
  });

  const named = (id: string, url: string) => ({
    DATABASE_URL: url,
    PROMOTE_RULES: '/app/promotion/promotion-rules.yaml',
    PROMOTION_ID: id,
    PROMOTION_DISPATCH_ID: '1',
  });

  async function withPromotion(
    program: readonly string[],
    use: (id: string, url: string, workshop: Workshop) => Promise<void>,
  ): Promise<void> {
    const url = await postgres.createDatabase();
    const workshop = await Workshop.open(url, [custom]);
    try {
      await use(await workshop.request({}, { steps: [own(program)] }), url, workshop);
    } finally {
      await workshop.close();
    }
  }

  it('executes a promotion on a real Postgres, with git at hand', async () => {
    await withPromotion(['git', '--version'], async (id, url, workshop) => {
      const { exitCode, out, errors } = await start(['runner'], named(id, url));
      expect([exitCode, out, errors]).toEqual([0, `${id}: promoted\n`, '']);
      expect(await workshop.load(id)).toMatchObject({ state: 'COMPLETED_SUCCESSFULLY' });
      const logs = await workshop.store.logs(id, 0, 100);
      expect(logs.map(({ line }) => line).join('\n')).toMatch(/git version 2/);
    });
  });

  it('says how a promotion stands that failed, which is no failure of the run', async () => {
    await withPromotion(['git', 'nonsense'], async (id, url, workshop) => {
      const { exitCode, out } = await start(['runner'], named(id, url));
      expect([exitCode, out]).toEqual([0, expect.stringContaining(`${id}: `)]);
      expect(['FAILED', 'ROLLED_BACK']).toContain((await workshop.load(id)).state);
    });
  });

  it('refuses by name what it has no adapter for, as an installation on Google Cloud calls it today', async () => {
    const { exitCode, errors } = await start(['runner'], {
      PROMOTION_ID: 'pr-1',
      PROMOTION_DISPATCH_ID: '1',
      PROMOTION_STATE_INSTANCE: 'shop-prod:us-central1:promotion-state',
    });
    expect([exitCode, errors]).toEqual([1, expect.stringContaining('PROMOTION_STATE_INSTANCE')]);
    expect((await start(['runner'])).exitCode).toBe(2);
  });
});

afterAll(async () => {
  const result = { date: new Date().toISOString().slice(0, 10), ...measured };
  await writeFile(path.join(root, 'bench/image.json'), `${JSON.stringify(result, null, 2)}\n`);
});
