import type { EvidenceFact } from '../../../engine/evidence/evidence.ts';
import { sampleRelease } from '../workflow/sample-promotion.ts';
import { evidence, judged, secondsAgo, verdict } from './gate-fixture.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';
const other = 'fedcba98'.repeat(5);
type Source = Extract<EvidenceFact, { kind: 'source' }>;
const source = (more: Partial<Source> = {}): EvidenceFact => ({
  kind: 'source',
  commit,
  branch: 'main',
  isClean: true,
  isPushed: true,
  ...more,
});
const built = { repository: 'https://git.example/shop.git', commit, authors: [] };
const release = { ...sampleRelease, content: { ...sampleRelease.content, source: built } };
const config = { requireClean: true, branches: ['main', 'release'] };
const coverage: EvidenceFact = { kind: 'coverage', linesPercent: 99 };

describe('the source', () => {
  it.each([
    ['clean, pushed, on an expected branch', source(), 'pass', `${commit.slice(0, 10)} of main`],
    ['written by the beginning of its commit', source({ commit: commit.slice(0, 7) }), 'pass', undefined],
    ['with uncommitted changes', source({ isClean: false }), 'fail', 'there were uncommitted changes'],
    ['that was not pushed', source({ isPushed: false }), 'fail', 'was not pushed'],
    ['of another branch', source({ branch: 'feature' }), 'fail', 'built from feature, expected is main or release'],
    ['of another commit', source({ commit: other }), 'fail', 'the release was built from 0123456789'],
  ])('%s', async (_, fact, expected, words) => {
    const answer = await judged('source', config, { release, evidence: [evidence(fact)] });
    expect(answer.verdict).toBe(expected);
    if (words !== undefined) expect(answer.detail).toContain(words);
  });

  it('may be of any branch, and with changes, where the rules do not mind', async () => {
    const lenient = { requireClean: false, branches: [] };
    const fact = source({ branch: 'feature', isClean: false });
    expect(await verdict('source', lenient, { release, evidence: [evidence(fact)] })).toBe('pass');
  });

  it('fails a release whose evidence was made from another commit', async () => {
    const belongs = (sourceCommit: string | undefined, secondsOld = 0) => ({
      ...evidence(coverage, secondsAgo(secondsOld)),
      sourceCommit,
    });
    const own = evidence(source());
    expect(await verdict('source', config, { release, evidence: [own, belongs(commit)] })).toBe('pass');
    expect(await verdict('source', config, { release, evidence: [own, belongs(commit.slice(0, 12))] })).toBe('pass');
    expect(await verdict('source', config, { release, evidence: [own, belongs(undefined)] })).toBe('pass');
    expect(await judged('source', config, { release, evidence: [own, belongs(other)] })).toMatchObject({
      verdict: 'fail',
      detail: 'source: the coverage evidence of ci is of fedcba98fe, not of 0123456789',
    });
    // It was measured again since, from the right one.
    const again = [own, belongs(other, 60), belongs(commit)];
    expect(await verdict('source', config, { release, evidence: again })).toBe('pass');
  });

  it('is unknown of a release that does not say what it was made from, whatever was recorded about it', async () => {
    const answer = await judged('source', config, { evidence: [evidence(source())] });
    expect(answer).toMatchObject({
      verdict: 'fail',
      detail: expect.stringContaining('v2 does not say which commit it was made from') as string,
    });
    expect(await verdict('source', config, { evidence: [evidence(source())], onMissing: 'warn' })).toBe('warn');
  });

  it('takes fewer than seven digits of a commit for no commit at all', async () => {
    const short = { ...evidence(coverage), sourceCommit: commit.slice(0, 6) };
    expect(await verdict('source', config, { release, evidence: [evidence(source()), short] })).toBe('fail');
  });
});
