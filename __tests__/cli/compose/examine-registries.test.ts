import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { examineRegistries } from '../../../cli/compose/examine-registries.ts';
import { OciLayoutRegistry } from '../../../engine/artifacts/oci-layout-registry.ts';
import { writeImage } from '../../../engine/artifacts/write-image.ts';
import { sampleRelease } from '../../../scripts/sample-promotion.ts';
import { doctorWorld, findingsOf, stateOf } from './doctor-fixture.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'doctor-'));
});
afterEach(() => rm(home, { recursive: true }));

async function examined(digest: string, artifacts = new OciLayoutRegistry(home), promotionId?: string | null) {
  const content = { ...sampleRelease().content, images: [{ service: 'api', image: 'api', digest }] };
  const running = [
    stateOf('staging', {
      release: sampleRelease({ content }),
      ...(promotionId === undefined ? {} : { promotionId: promotionId ?? undefined }),
    }),
  ];
  return findingsOf(examineRegistries(doctorWorld({ home, running, ports: { artifacts } })));
}

describe('registries, as doctor sees them', () => {
  it('are well when they hold what runs', async () => {
    const { digest } = await writeImage({
      registryRoot: home,
      repository: 'registries/staging/api',
      files: [{ path: 'app/server.js', content: 'x' }],
      entrypoint: ['node', 'app/server.js'],
    });
    expect(await examined(digest)).toEqual([
      { subject: 'registry registries/staging', level: 'ok', detail: 'holds the image of v2' },
    ]);
  });

  it('that lost what runs say which image, and how to bring it again', async () => {
    await mkdir(join(home, 'registries', 'staging'), { recursive: true });
    const digest = `sha256:${'f'.repeat(64)}`;
    expect(await examined(digest)).toMatchObject([
      {
        level: 'fail',
        detail: `it lost what staging runs: registries/staging/api@${digest}`,
        remedy: expect.stringContaining('promote run shop --release v2 --to staging --again'),
      },
    ]);
  });

  it('that are gone come back from another environment by the command that is proposed', async () => {
    const { digest } = await writeImage({
      registryRoot: home,
      repository: 'registries/qa/api',
      files: [{ path: 'app/server.js', content: 'x' }],
      entrypoint: ['node', 'app/server.js'],
    });
    const [lost] = await examined(digest, undefined, null);
    expect(lost).toMatchObject({ level: 'fail', remedy: expect.stringContaining('copy it from registries/qa') });
    execFileSync('sh', ['-c', /mkdir -p .*/.exec(lost?.remedy ?? '')?.[0] ?? 'false']);
    expect(await examined(digest, undefined, null)).toMatchObject([{ level: 'ok' }]);
  });

  it('that lost what no pipeline of the sample brings there are not promised that it does', async () => {
    const [lost] = await examined(`sha256:${'f'.repeat(64)}`, undefined, null);
    expect(lost?.remedy).toBe('push it again, as its own pipeline does');
  });

  it('that cannot be reached say why', async () => {
    const has = () => Promise.reject(new Error('getaddrinfo ENOTFOUND registry.shop.example'));
    const artifacts = Object.assign(new OciLayoutRegistry(home), { has });
    expect(await examined(`sha256:${'f'.repeat(64)}`, artifacts)).toMatchObject([
      {
        level: 'fail',
        detail: expect.stringContaining('ENOTFOUND'),
        remedy: expect.stringContaining('may read and write'),
      },
    ]);
  });
});
