import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { RefusedError, type Evidence, type EvidenceSubmission } from '../../../engine/promotion-service.ts';
import { afterStart, sampleRelease } from '../../../scripts/sample-promotion.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';

let folder: string;
let file: string;
const writtenAt = new Date('2026-01-02T03:04:05Z');
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evidence-command-'));
  file = join(folder, 'junit.xml');
  await writeFile(file, '<testsuite/>');
  await utimes(file, writtenAt, writtenAt);
  await mkdir(join(folder, 'folder'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const tests: Evidence = {
  id: 'ev-1',
  releaseDigest: sampleRelease().digest,
  collectedAt: afterStart(0),
  source: 'junit.xml',
  sourceCommit: 'abc1234',
  fact: { kind: 'tests', suite: 'unit', passed: 214, failed: 0, skipped: 2 },
};
const findings: Evidence = {
  ...tests,
  id: 'ev-2',
  source: 'trivy\u001b[31m',
  sourceCommit: undefined,
  fact: {
    kind: 'findings',
    scanner: 'trivy',
    critical: 1,
    high: 0,
    medium: 0,
    low: 0,
    items: [{ id: 'CVE-1', severity: 'critical', subject: 'musl@1', knownSince: afterStart(0).toISOString() }],
  },
};

describe('promote evidence add', () => {
  const submissions: (Omit<EvidenceSubmission, 'content'> & { text: string })[] = [];
  const session = fakeSession({
    addEvidence: async (_actor, { content, ...rest }) => {
      submissions.push({ ...rest, text: (await buffer(content)).toString() });
      return { release: sampleRelease(), format: 'junit', isKnown: submissions.length > 1, evidence: [tests] };
    },
  });

  it('hands over the report as it is, with its file and when that was written', async () => {
    const { exitCode, out } = await record(['evidence', 'add', 'shop', '--release', 'v2', '--file', file], { session });
    expect([exitCode, out]).toEqual([
      0,
      '✔ shop v2   junit report stored\n  tests   unit: 214 passed, 0 failed, 2 skipped   1 min ago   junit.xml at abc1234   ev-1\n',
    ]);
    expect(submissions).toEqual([
      { application: 'shop', release: 'v2', source: 'junit.xml', writtenAt, text: '<testsuite/>' },
    ]);
  });

  it('says what a report cannot say of itself, and answers in JSON', async () => {
    const words = ['evidence', 'add', 'shop', '--release', 'v2', '--file', file, '--format', 'junit', '--suite', 'e2e'];
    const more = ['--commit', 'abc1234', '--source', 'nightly', '--collected-at', '2026-11-20T10:00:00Z', '--json'];
    const { exitCode, out } = await record([...words, ...more], { session });
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toEqual({
      application: 'shop',
      release: 'v2',
      format: 'junit',
      isKnown: true,
      evidence: [
        {
          id: 'ev-1',
          collectedAt: afterStart(0).toISOString(),
          source: 'junit.xml',
          sourceCommit: 'abc1234',
          fact: tests.fact,
        },
      ],
    });
    expect(submissions.at(-1)).toMatchObject({
      format: 'junit',
      suite: 'e2e',
      commit: 'abc1234',
      source: 'nightly',
      collectedAt: new Date('2026-11-20T10:00:00Z'),
    });
  });

  it.each([
    [['--file', 'nothing.xml'], 'there is no file'],
    [['--file', ''], 'It must not be empty'],
    [['--file', 'folder'], 'is a folder'],
    [['--file', 'junit.xml', '--format', 'junt'], 'Allowed choices are junit'],
    [['--file', 'junit.xml', '--suite', 'smoke'], 'Allowed choices are unit'],
    [['--file', 'junit.xml', '--collected-at', 'yesterday'], 'must be an instant in ISO 8601'],
    [['--file', 'junit.xml', '--collected-at', '2026-11-20T10:00:00'], 'must be an instant in ISO 8601'],
    [[], '--file <path> must be given'],
  ])('is refused with exit code 2: %j', async (words, message) => {
    const paths = words.map((word, index) =>
      words[index - 1] === '--file' && word !== '' ? join(folder, word) : word,
    );
    const { exitCode, errors } = await record(['evidence', 'add', 'shop', '--release', 'v2', ...paths], { session });
    expect([exitCode, errors]).toEqual([2, expect.stringContaining(message)]);
  });

  it('says what is wrong with a report without a stack trace', async () => {
    const refusing = fakeSession({
      addEvidence: () => Promise.reject(new RefusedError('the report cannot be used: line 2: is cut off')),
    });
    const { exitCode, errors, logged } = await record(['evidence', 'add', 'shop', '--release', 'v2', '--file', file], {
      session: refusing,
    });
    expect([exitCode, errors, logged]).toEqual([1, 'error: the report cannot be used: line 2: is cut off\n', []]);
  });
});

describe('promote evidence list', () => {
  const session = (...evidence: readonly Evidence[]) =>
    fakeSession({ release: () => Promise.resolve({ release: sampleRelease(), evidence, runsIn: [] }) });
  const words = ['evidence', 'list', 'shop', '--release', 'v2'];

  it('shows a line for each fact, and every finding when asked, with nothing that controls a terminal', async () => {
    const { out } = await record(words, { session: session(tests, findings) });
    expect(out.split('\n')).toHaveLength(3);
    expect(out).toContain('trivy: 1 critical, 0 high, 0 medium, 0 low');
    expect(out).not.toContain('\u001b');
    const all = await record([...words, '--findings'], { session: session(tests, findings) });
    expect(all.out).toContain('    CVE-1   critical   musl@1   known 1 min ago\n');
  });

  it('says of numbers alone that they cannot be waived', async () => {
    const fact = { kind: 'findings', scanner: 'x', critical: 1, high: 0, medium: 0, low: 0 } as const;
    const { out } = await record([...words, '--findings'], { session: session({ ...findings, fact }) });
    expect(out).toContain('the report gives numbers only, so none of them can be waived');
  });

  it('answers in JSON, and says how to add some when there is none', async () => {
    const { out } = await record([...words, '--json'], { session: session(findings) });
    expect(JSON.parse(out)).toMatchObject({
      application: 'shop',
      release: 'v2',
      evidence: [{ id: 'ev-2', sourceCommit: null }],
    });
    expect((await record(words, { session: session() })).out).toContain(
      'promote evidence add shop --release v2 --file <report> records it',
    );
  });
});

describe('promote evidence source', () => {
  it('records the state of a work tree about a release, of its commit', async () => {
    const tree = await mkdtemp(join(tmpdir(), 'evidence-source-'));
    const git = (...words: readonly string[]) =>
      execFileSync('git', ['-C', tree, '-c', 'user.name=A', '-c', 'user.email=a@b.c', ...words], { encoding: 'utf8' });
    git('init', '--quiet', '--initial-branch=main');
    git('commit', '--quiet', '--allow-empty', '--message', 'first');
    const commit = git('rev-parse', 'HEAD').trim();
    const submitted: (Omit<EvidenceSubmission, 'content'> & { readonly content: unknown })[] = [];
    const session = fakeSession({
      addEvidence: async (_actor, { content, ...submission }) => {
        submitted.push({ ...submission, content: JSON.parse((await buffer(content)).toString()) });
        return { release: sampleRelease(), format: 'source', isKnown: false, evidence: [] };
      },
    });
    const { exitCode } = await record(['evidence', 'source', 'shop', '--release', 'v2', '--folder', tree], { session });
    expect(exitCode).toBe(0);
    expect(submitted).toMatchObject([
      {
        application: 'shop',
        release: 'v2',
        format: 'source',
        commit,
        content: { commit, branch: 'main', isClean: true, isPushed: false },
      },
    ]);
    await rm(tree, { recursive: true });
  });

  it('refuses a folder that is no work tree, before anything is opened', async () => {
    const { exitCode, errors } = await record(['evidence', 'source', 'shop', '--release', 'v2', '--folder', folder]);
    expect([exitCode, errors]).toEqual([2, expect.stringContaining('is no git work tree')]);
  });
});
