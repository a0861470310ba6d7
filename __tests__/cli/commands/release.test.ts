import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { releaseContentSchema } from '../../../engine/release.ts';
import { afterStart, sampleRelease } from '../../../scripts/sample-promotion.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'release-command-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});
async function file(content: string | Uint8Array): Promise<string> {
  const path = join(folder, `${String(Math.random())}.json`);
  await writeFile(path, content);
  return path;
}

describe('promote release create', () => {
  const session = fakeSession({
    createRelease: (_actor, { content }) =>
      Promise.resolve({ ...sampleRelease(), content: releaseContentSchema.parse(content) }),
  });

  it('stores what a build wrote down', async () => {
    const content = { images: [{ service: 'api', image: 'api', digest: `sha256:${'1'.repeat(64)}` }] };
    const { exitCode, out } = await record(
      ['release', 'create', 'shop', 'v2', '--file', await file(JSON.stringify(content))],
      { session },
    );
    expect([exitCode, out]).toEqual([0, `✔ shop v2   ${sampleRelease().digest}\n`]);
  });

  it.each([
    ['what is no JSON', '{', 'is not JSON'],
    ['what is not UTF-8', Uint8Array.of(0xff, 0xfe), 'is not UTF-8 text'],
    [
      'what is no release, all of it at once',
      '{"images": [{"service": "API", "image": "", "digest": "latest"}], "x": 1}',
      'images.0.digest: must be a digest',
    ],
  ])('refuses %s', async (_, content, message) => {
    const { exitCode, errors } = await record(['release', 'create', 'shop', 'v2', '--file', await file(content)], {
      session,
    });
    expect(exitCode).toBe(2);
    expect(errors).toContain(message);
  });

  it('refuses a file that is not there', async () => {
    const { exitCode, errors } = await record(['release', 'create', 'shop', 'v2', '--file', join(folder, 'none')], {
      session,
    });
    expect([exitCode, errors]).toEqual([2, expect.stringContaining('there is no file')]);
  });
});

describe('promote release', () => {
  it('shows a release with where it runs and what is known about it', async () => {
    const session = fakeSession({
      release: () =>
        Promise.resolve({
          release: { ...sampleRelease(), bad: { since: afterStart(0), reason: 'leaks\u0007', by: 'olga' } },
          evidence: [
            {
              id: 'e',
              releaseDigest: 'd',
              collectedAt: afterStart(0),
              source: 'ci',
              fact: { kind: 'coverage', linesPercent: 91 } as const,
            },
          ],
          runsIn: [{ environment: 'dev', isVerified: true, since: afterStart(0) }],
        }),
    });
    const { out } = await record(['release', 'show', 'shop', 'v2'], { session });
    expect(out).toContain('bad since 1 min ago: leaks\\u0007 (olga)');
    expect(out).toMatch(/runs in\s+dev/);
    expect(out).toMatch(/evidence\s+coverage {2}91 % of lines {2}1 min ago from ci/);
  });

  it('assembles with every image that is named otherwise', async () => {
    const asked: unknown[] = [];
    const session = fakeSession({
      assembleRelease: (_actor, request) => {
        asked.push(request);
        return Promise.resolve({
          release: sampleRelease(),
          images: [{ service: 'api', image: 'x/api', tag: 'v4.2', digest: 'sha256:1' }],
        });
      },
    });
    const words = [
      'release',
      'assemble',
      'shop',
      'v4',
      '--from',
      'dev',
      '--tag',
      'v4*',
      '--image',
      'api=x/api',
      '--image',
      'web=x/web',
    ];
    const { out } = await record(words, { session });
    expect(asked).toMatchObject([{ name: 'v4', from: 'dev', tag: 'v4*', images: { api: 'x/api', web: 'x/web' } }]);
    expect(out).toMatch(/api\s+x\/api:v4.2\s+sha256:1/);
    const bad = await record([...words, '--image', 'api'], { session });
    expect([bad.exitCode, bad.errors]).toEqual([2, expect.stringContaining('<service>=<image>')]);
    const outside = await record([...words, '--image', 'orders=../../etc'], { session });
    expect([outside.exitCode, outside.errors]).toEqual([2, expect.stringContaining('is no name of an image')]);
  });

  it('marks one bad only with a reason', async () => {
    const session = fakeSession({ judgeRelease: () => Promise.resolve(sampleRelease()) });
    expect((await record(['release', 'mark-bad', 'shop', 'v2'], { session })).exitCode).toBe(2);
    const { out } = await record(['release', 'mark-bad', 'shop', 'v2', '--undo', '--reason', 'it was the proxy'], {
      session,
    });
    expect(out).toBe('✔ shop v2 may be promoted again\n');
  });
});

describe('promote where', () => {
  const commit = {
    repository: 'r',
    commit: '9'.repeat(40),
    author: 'a',
    subject: 'Fix',
    at: afterStart(0),
    changeRequests: [],
    tickets: [],
  };
  it('says where a change runs, where not, and where nobody can say', async () => {
    const session = fakeSession({
      locateSource: () =>
        Promise.resolve({
          word: '#7',
          commits: [commit],
          locations: [
            { application: 'shop', environment: 'dev', release: 'v2', containment: 'patch' as const },
            { application: 'shop', environment: 'prod', release: 'v1', containment: 'absent' as const },
          ],
          unknown: [{ application: 'blog', environment: 'dev', why: 'v1 does not say' }],
        }),
    });
    const { out, exitCode } = await record(['where', '#7'], { session });
    expect(exitCode).toBe(0);
    expect(out).toMatch(/✔ shop in dev\s+v2\s+has the same change/);
    expect(out).toMatch(/– shop in prod\s+v1\s+has it not/);
    expect(out).toMatch(/\? blog in dev\s+v1 does not say/);
  });

  it('fails when nothing is called so', async () => {
    const session = fakeSession({
      locateSource: () => Promise.resolve({ word: 'x', commits: [], locations: [], unknown: [] }),
    });
    const { exitCode, out } = await record(['where', 'x'], { session });
    expect([exitCode, out]).toEqual([1, expect.stringContaining('No commit')]);
  });

  it('asks which change is meant when none is named, before anything is opened', async () => {
    for (const word of ['', ' ']) {
      const { exitCode, errors } = await record(['where', word]);
      expect([exitCode, errors]).toEqual([2, expect.stringContaining('say which change')]);
    }
  });
});
