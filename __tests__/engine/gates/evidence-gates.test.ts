import fc from 'fast-check';
import type { EvidenceFact } from '../../../engine/evidence/evidence.ts';
import type { Waiver } from '../../../engine/evidence/waiver.ts';
import { builtInGates } from '../../../engine/gates/built-in-gates.ts';
import type { JsonObject } from '../../../engine/json.ts';
import { judge } from '../../../engine/gates/gate.ts';
import type { StepQueries } from '../../../engine/workflow/step-queries.ts';
import type { Ports } from '../../../engine/workflow/ports.ts';
import { sampleDefinition, sampleRelease } from '../workflow/sample-promotion.ts';
import { evidence, judged, now, secondsAgo, verdict } from './gate-fixture.ts';

const coverageOf = (linesPercent: number): EvidenceFact => ({ kind: 'coverage', linesPercent });
const testsOf = (passed: number, failed = 0, skipped = 0, suite: 'unit' | 'e2e' = 'unit'): EvidenceFact => ({
  kind: 'tests',
  suite,
  passed,
  failed,
  skipped,
});
const failed = (count: number) => ({ kind: 'tests', suite: 'unit', passed: 1, failed: count, skipped: 0 }) as const;
const toDo =
  'mend what fails, or run the tests again, and bring the new report (promote evidence add <application> --release <release> --file <report>)';
const findingsOf = (more: Partial<Extract<EvidenceFact, { kind: 'findings' }>> = {}): EvidenceFact => ({
  kind: 'findings',
  scanner: 'trivy',
  critical: 0,
  high: 0,
  medium: 0,
  low: 0,
  ...more,
});

const coverage = { minimumPercent: 80 };
const tests = { suites: ['unit'], minimumPassedPercent: 100 };
const onExcess = { critical: 'fail', high: 'fail', medium: 'fail', low: 'warn' };
const findings = { maximum: { critical: 0, high: 2 }, onExcess, scanners: [] };

/** Gates judge releases that say what they were made from. */
const release = {
  ...sampleRelease,
  content: { ...sampleRelease.content, source: { repository: 'shop.git', commit: 'abcdef1234', authors: [] } },
};

const demanded = [
  ['coverage', coverage, coverageOf(95)],
  ['tests', tests, testsOf(10)],
  ['findings', findings, findingsOf()],
  [
    'signature',
    { signers: [] },
    { kind: 'signature', digest: sampleRelease.content.images[0]?.digest ?? '', signer: 'ci', isVerified: true },
  ],
  ['codeReview', { minimumApprovals: 1 }, { kind: 'code-review', change: '#12', approvedBy: ['ben@shop.example'] }],
  ['bugs', { maximum: { critical: 0, high: 0 } }, { kind: 'bugs', tracker: 'github', items: [] }],
  ['lint', { maximumErrors: 0 }, { kind: 'lint', tool: 'eslint', errors: 0, warnings: 4 }],
  [
    'load',
    { maximumErrorRatePercent: 1 },
    { kind: 'load', tool: 'k6', requestsPerSecond: 100, errorRatePercent: 0.5, phase: 'before' },
  ],
  [
    'source',
    { requireClean: true, branches: [] },
    { kind: 'source', commit: 'abcdef1234', branch: 'main', isClean: true, isPushed: true },
  ],
] as const satisfies readonly (readonly [string, JsonObject, EvidenceFact])[];

describe.each<readonly [string, JsonObject, EvidenceFact]>(demanded)('the gate %s', (gate, config, good) => {
  it('passes on good evidence, and names it', async () => {
    const found = evidence(good);
    expect(await judged(gate, config, { release, evidence: [found] })).toMatchObject({
      gate,
      verdict: 'pass',
      evidence: [found.id],
    });
  });

  it('fails without evidence, unless the rule says that this is a warning', async () => {
    expect(await verdict(gate, config)).toBe('fail');
    expect(await verdict(gate, config, { onMissing: 'warn' })).toBe('warn');
  });

  it('fails on evidence that is too old, and takes what is exactly old enough', async () => {
    const maxAgeSeconds = 3600;
    expect(await verdict(gate, config, { release, evidence: [evidence(good, secondsAgo(3600))], maxAgeSeconds })).toBe(
      'pass',
    );
    const stale = await judged(gate, config, { release, evidence: [evidence(good, secondsAgo(3601))], maxAgeSeconds });
    expect(stale).toMatchObject({
      verdict: 'fail',
      detail: expect.stringContaining('1.1 h old, allowed are 1 h') as string,
    });
  });

  it('fails on evidence from the future, which would never grow old', async () => {
    expect(await verdict(gate, config, { release, evidence: [evidence(good, secondsAgo(-60))] })).toBe('pass');
    expect(await verdict(gate, config, { release, evidence: [evidence(good, secondsAgo(-86_400))] })).toBe('fail');
    expect(await verdict(gate, config, { release, evidence: [evidence(good, new Date(Number.NaN))] })).toBe('fail');
  });

  it('fails when its own settings cannot be read', async () => {
    expect(await verdict(gate, {}, { evidence: [evidence(good)] })).toBe('fail');
    expect(await judged(gate, {}, { evidence: [evidence(good)] })).toMatchObject({
      detail: expect.stringMatching(/^could not be judged/) as string,
    });
  });

  it('fails on evidence of another kind alone', async () => {
    const others = demanded.filter(([name]) => name !== gate).map(([, , fact]) => evidence(fact));
    expect(await verdict(gate, config, { release, evidence: others })).toBe('fail');
  });
});

describe('coverage', () => {
  it('is enough from its threshold on, unrounded', () =>
    fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        async (lines, minimumPercent) => {
          const answer = await verdict('coverage', { minimumPercent }, { evidence: [evidence(coverageOf(lines))] });
          expect(answer).toBe(lines >= minimumPercent ? 'pass' : 'fail');
        },
      ),
    ));

  it('that is no number is not enough', async () => {
    expect(await verdict('coverage', coverage, { evidence: [evidence(coverageOf(Number.NaN))] })).toBe('fail');
    expect(await verdict('coverage', { minimumPercent: null }, { evidence: [evidence(coverageOf(100))] })).toBe('fail');
  });

  it('is judged by the newest report, not by the best', async () => {
    const reports = [evidence(coverageOf(99), secondsAgo(60)), evidence(coverageOf(10), secondsAgo(1))];
    expect(await judged('coverage', coverage, { evidence: reports })).toMatchObject({
      verdict: 'fail',
      detail: 'coverage 10 % < 80 %',
    });
  });
});

describe('tests', () => {
  it('are enough from their threshold on, whatever a computer makes of a fraction', () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 50 }), async (percent, times) => {
        // Exactly the threshold: percent × times of 100 × times.
        const fact = testsOf(percent * times, (100 - percent) * times);
        expect(
          await verdict('tests', { ...tests, minimumPassedPercent: percent }, { evidence: [evidence(fact)] }),
        ).toBe('pass');
        const fewer = testsOf(percent * times - 1, (100 - percent) * times + 1);
        expect(
          await verdict('tests', { ...tests, minimumPassedPercent: percent }, { evidence: [evidence(fewer)] }),
        ).toBe('fail');
      }),
    ));

  it('that did not run prove nothing', async () => {
    expect(await verdict('tests', tests, { evidence: [evidence(testsOf(0, 0, 12))] })).toBe('fail');
    expect(await verdict('tests', { ...tests, minimumPassedPercent: 0 }, { evidence: [evidence(testsOf(0))] })).toBe(
      'fail',
    );
  });

  it('need a report of every suite that is demanded', async () => {
    const both = { ...tests, suites: ['unit', 'e2e'] };
    expect(await verdict('tests', both, { evidence: [evidence(testsOf(5))] })).toBe('fail');
    expect(await verdict('tests', both, { evidence: [evidence(testsOf(5)), evidence(testsOf(1, 0, 0, 'e2e'))] })).toBe(
      'pass',
    );
    expect(await verdict('tests', { ...tests, suites: [] }, { evidence: [evidence(testsOf(5))] })).toBe('fail');
  });

  it('of several shards add up, and of each shard the newest report counts', async () => {
    const shard = (name: string, fact: EvidenceFact, secondsOld: number) => ({
      ...evidence(fact, secondsAgo(secondsOld)),
      source: name,
    });
    const [first, second] = [shard('shard 1', testsOf(2, 1), 60), shard('shard 2', testsOf(3), 1)];
    const answer = await judged('tests', tests, { evidence: [first, second] });
    expect(answer).toMatchObject({ verdict: 'fail', detail: `1 unit test failed (of shard 1); ${toDo}` });
    expect(answer.evidence).toEqual(expect.arrayContaining([first.id, second.id]));
    expect(await judged('tests', tests, { evidence: [first, second, shard('shard 1', testsOf(3), 0)] })).toMatchObject({
      verdict: 'pass',
      detail: 'tests unit 6/6',
    });
    expect(await judged('tests', tests, { evidence: [second, shard('shard 3', testsOf(0), 0)] })).toMatchObject({
      verdict: 'fail',
      detail: 'the report of the unit tests from shard 3 names no test that ran',
    });
  });

  it('that failed are named, the first three of them, with the reports that say so and what to do', async () => {
    const reports = [
      { ...evidence({ ...failed(4), failedTests: ['takes an order', 'pays', 'ships', 'thanks'] }), source: 'shard 1' },
      { ...evidence(testsOf(9)), source: 'shard 2' },
      { ...evidence({ ...failed(1), failedTests: ['logs in'] }), source: 'shard 3' },
    ];
    expect((await judged('tests', tests, { evidence: reports })).detail).toBe(
      `5 unit tests failed: "takes an order", "pays", "ships" and 2 more (of shard 1, shard 3); ${toDo}`,
    );
    expect((await judged('tests', tests, { evidence: reports.slice(1) })).detail).toBe(
      `1 unit test failed: "logs in" (of shard 3); ${toDo}`,
    );
  });

  it('may be skipped as often as the rule says', async () => {
    const config = { ...tests, maximumSkipped: 2 };
    expect(await verdict('tests', config, { evidence: [evidence(testsOf(5, 0, 2))] })).toBe('pass');
    expect(await verdict('tests', config, { evidence: [evidence(testsOf(5, 0, 3))] })).toBe('fail');
    expect(await verdict('tests', tests, { evidence: [evidence(testsOf(5, 0, 300))] })).toBe('pass');
  });
});

describe('findings', () => {
  it.each([
    [{ high: 2 }, 'pass'],
    [{ high: 3 }, 'fail'],
    [{ critical: 1 }, 'fail'],
    [{ medium: 500, low: 500 }, 'pass'],
    [{ high: Number.NaN }, 'fail'],
  ] as const)('%j: %s', async (found, expected) => {
    expect(await verdict('findings', findings, { evidence: [evidence(findingsOf(found))] })).toBe(expected);
  });

  it('warn where the rule says so, but not when something else fails', async () => {
    const config = { ...findings, maximum: { critical: 0, high: 0, low: 0 } };
    expect(await verdict('findings', config, { evidence: [evidence(findingsOf({ low: 1 }))] })).toBe('warn');
    expect(await verdict('findings', config, { evidence: [evidence(findingsOf({ low: 1, high: 1 }))] })).toBe('fail');
  });

  it('need a report of every scanner that is demanded, and the worst of them counts', async () => {
    const config = { ...findings, scanners: ['trivy', 'grype'] };
    expect(await verdict('findings', config, { evidence: [evidence(findingsOf())] })).toBe('fail');
    const both = (high: number) => [evidence(findingsOf()), evidence(findingsOf({ scanner: 'grype', high }))];
    expect(await verdict('findings', config, { evidence: both(2) })).toBe('pass');
    expect(await verdict('findings', config, { evidence: both(3) })).toBe('fail');
  });

  it('say how many were found', async () => {
    const lenient = { ...findings, maximum: { critical: 5, high: 5 } };
    expect(
      await judged('findings', lenient, { evidence: [evidence(findingsOf({ critical: 1, high: 4 }))] }),
    ).toMatchObject({ detail: 'findings 4 high, 1 critical' });
  });
});

describe('findings that somebody answers for', () => {
  const strict = { ...findings, maximum: { critical: 0, high: 0 } };
  const listed = findingsOf({
    critical: 1,
    high: 1,
    items: [
      { id: 'CVE-1', severity: 'critical' },
      { id: 'CVE-2', severity: 'high' },
    ],
  });
  const waiver = (finding: string, more: Partial<Waiver> = {}): Waiver => ({
    id: `wv-${finding}`,
    application: sampleRelease.application,
    finding,
    owner: 'sre@shop.example',
    reason: 'not reachable',
    expiresAt: new Date(now.getTime() + 1000),
    releaseDigest: undefined,
    createdBy: undefined,
    createdAt: undefined,
    revoked: undefined,
    ...more,
  });

  it('are set aside by id while their waivers are valid, and are named', async () => {
    const waivers = [waiver('CVE-1'), waiver('CVE-2')];
    expect(await judged('findings', strict, { evidence: [evidence(listed)], waivers })).toMatchObject({
      verdict: 'pass',
      detail:
        'findings 0 high, 0 critical; CVE-1 waived by sre@shop.example until 2026-11-20; CVE-2 waived by sre@shop.example until 2026-11-20',
    });
    expect(
      await judged('findings', strict, { evidence: [evidence(listed)], waivers: [waiver('CVE-1')] }),
    ).toMatchObject({
      verdict: 'fail',
      detail: '1 high finding, allowed are 0 (CVE-2); CVE-1 waived by sre@shop.example until 2026-11-20',
    });
  });

  it.each([
    ['is over', { expiresAt: now }],
    ['was revoked', { revoked: { at: now, by: 'ben', reason: 'fixed' } }],
    ['is of another application', { application: 'blog' }],
    ['is of another release', { releaseDigest: `sha256:${'9'.repeat(64)}` }],
  ] as const)('count when the waiver %s', async (_, more) => {
    const waivers = [waiver('CVE-1', more), waiver('CVE-2', more)];
    expect(await verdict('findings', strict, { evidence: [evidence(listed)], waivers })).toBe('fail');
  });

  it('fail by age beside their number', async () => {
    const config = { ...findings, maximum: { critical: 9, high: 9 }, maximumAgeSeconds: { critical: 7 * 86_400 } };
    const firstSeen = new Map([['CVE-1', secondsAgo(8 * 86_400)]]);
    expect(await verdict('findings', config, { evidence: [evidence(listed)] })).toBe('pass');
    expect(await judged('findings', config, { evidence: [evidence(listed)], firstSeen })).toMatchObject({
      verdict: 'fail',
      detail: '1 critical finding is older than 7 d (CVE-1)',
    });
    const waivers = [waiver('CVE-1')];
    expect(await verdict('findings', config, { evidence: [evidence(listed)], firstSeen, waivers })).toBe('pass');
  });

  it('fail when nobody can be asked about waivers', async () => {
    const queries = { waivers: () => Promise.reject(new Error('the database is gone')) };
    expect(await judged('findings', strict, { evidence: [evidence(listed)], queries })).toMatchObject({
      verdict: 'fail',
      detail: 'could not be judged: the database is gone',
    });
  });

  it('are found whatever the case of the scanner is', async () => {
    const config = { ...findings, scanners: ['Trivy'] };
    expect(await verdict('findings', config, { evidence: [evidence(findingsOf())] })).toBe('pass');
  });
});

describe('judging', () => {
  it('fails a gate that this engine does not have, unless the rule makes that a warning', async () => {
    expect(await judged('astrology', {})).toMatchObject({
      verdict: 'fail',
      detail: 'this engine has no gate called astrology',
    });
    expect(await verdict('astrology', {}, { onMissing: 'warn' })).toBe('warn');
  });

  it('never turns a failed gate into a warning because missing evidence would be one', async () => {
    expect(await verdict('coverage', coverage, { evidence: [evidence(coverageOf(1))], onMissing: 'warn' })).toBe(
      'fail',
    );
  });

  it('stops when it is told to, instead of calling that missing', async () => {
    const stopped = judge(builtInGates, {
      requirement: { gate: 'health', config: { environment: 'source' }, onMissing: 'warn', maxAgeSeconds: undefined },
      overrides: [],
      definition: sampleDefinition([], {
        source: {
          ...sampleDefinition([]).source,
          services: [
            {
              name: 'api',
              kind: 'api',
              isCritical: true,
              healthUrl: '/',
              smokeUrls: [],
              startupTimeoutSeconds: 1,
              healthCheckTimeoutSeconds: 1,
            },
          ],
        },
      }),
      application: 'shop',
      release: sampleRelease,
      evidence: [],
      queries: {} as StepQueries,
      ports: { deployment: { status: () => Promise.reject(new Error('aborted')) } } as unknown as Ports,
      now,
      signal: AbortSignal.abort(new Error('the lease was lost')),
    });
    await expect(stopped).rejects.toThrow('the lease was lost');
  });
});
