import type { EvidenceFact } from '../../../engine/evidence/evidence.ts';
import { evidence, judged, secondsAgo, verdict } from './gate-fixture.ts';

const lint = (errors: number, warnings = 0, tool = 'eslint'): EvidenceFact => ({
  kind: 'lint',
  tool,
  errors,
  warnings,
});

describe('lint', () => {
  it.each([
    [{ maximumErrors: 0 }, lint(0, 500), 'pass'],
    [{ maximumErrors: 0 }, lint(1), 'fail'],
    [{ maximumErrors: 3 }, lint(3), 'pass'],
    [{ maximumErrors: 3 }, lint(4), 'fail'],
    [{ maximumErrors: 0, maximumWarnings: 10 }, lint(0, 10), 'pass'],
    [{ maximumErrors: 0, maximumWarnings: 10 }, lint(0, 11), 'fail'],
    [{ maximumErrors: 0 }, lint(Number.NaN), 'fail'],
    [{ maximumErrors: 0, maximumWarnings: 10 }, lint(0, Number.NaN), 'fail'],
  ] as const)('%j, %j: %s', async (config, fact, expected) => {
    expect(await verdict('lint', config, { evidence: [evidence(fact)] })).toBe(expected);
  });

  it('adds up what all linters complain about, each as it said last', async () => {
    const two = [evidence(lint(2)), evidence(lint(2, 0, 'actionlint'))];
    expect(await judged('lint', { maximumErrors: 3 }, { evidence: two })).toMatchObject({
      verdict: 'fail',
      detail: '4 lint errors, allowed are 3',
    });
    const mended = [...two, evidence(lint(0), secondsAgo(-1))];
    expect(await verdict('lint', { maximumErrors: 3 }, { evidence: mended })).toBe('pass');
  });
});
