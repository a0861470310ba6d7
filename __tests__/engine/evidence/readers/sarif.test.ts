import fc from 'fast-check';
import { factOf, read, refusal } from '../reading.ts';

const location = (uri: string, startLine: number) => ({
  physicalLocation: { artifactLocation: { uri }, region: { startLine } },
});
const rules = [
  { id: 'js/sql-injection', properties: { 'security-severity': '9.0', tags: ['security'] } },
  { id: 'js/xss', properties: { 'security-severity': '7.8' } },
  { id: 'js/log', defaultConfiguration: { level: 'note' } },
  { id: 'js/eval', defaultConfiguration: { level: 'error' } },
];
const run = (more: object = {}) => ({ tool: { driver: { name: 'CodeQL', rules } }, results: [], ...more });
const log = (...runs: readonly object[]) => ({
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
  runs,
});
const result = (ruleId: string, more: object = {}) => ({
  ruleId,
  message: { text: 'look at this' },
  locations: [location('src/db.ts', 12)],
  ...more,
});

describe('SARIF of a scanner', () => {
  it('gives a finding for each result, by the score of its rule, else by its level', async () => {
    const results = [
      result('js/sql-injection'),
      result('js/xss', { level: 'note' }),
      result('js/log'),
      result('js/eval'),
      result('js/eval', { level: 'warning' }),
      result('unheard-of', { locations: [] }),
    ];
    expect(await factOf('findings', log(run({ results })))).toEqual({
      kind: 'findings',
      scanner: 'codeql',
      critical: 1,
      high: 2,
      medium: 2,
      low: 1,
      items: [
        { id: 'js/sql-injection:src/db.ts', severity: 'critical', subject: 'src/db.ts:12' },
        { id: 'js/xss:src/db.ts', severity: 'high', subject: 'src/db.ts:12' },
        { id: 'js/log:src/db.ts', severity: 'low', subject: 'src/db.ts:12' },
        { id: 'js/eval:src/db.ts', severity: 'high', subject: 'src/db.ts:12' },
        { id: 'js/eval:src/db.ts', severity: 'medium', subject: 'src/db.ts:12' },
        { id: 'unheard-of', severity: 'medium' },
      ],
    });
  });

  it('finds the rules wherever the tool keeps them, whether they come before the results or after', async () => {
    const results = [
      { ruleIndex: 1, rule: { index: 1, toolComponent: { index: 0 } } },
      { ruleId: 'js/sql-injection/2' },
      { ruleIndex: 0 },
    ];
    const extensions = [
      { name: 'queries', rules: [{ id: 'none' }, { id: 'weak-hash', properties: { 'security-severity': 7.5 } }] },
    ];
    const late = { results, tool: { driver: { name: 'CodeQL', rules }, extensions } };
    const { items } = await factOf('findings', log(late));
    expect(items?.map(({ id, severity }) => [id, severity])).toEqual([
      ['weak-hash', 'high'],
      ['js/sql-injection/2', 'critical'],
      ['js/sql-injection', 'critical'],
    ]);
  });

  it('leaves out what is suppressed, absent, or no problem, and keeps what only waits for somebody', async () => {
    const results = [
      result('js/xss', { suppressions: [{ kind: 'inSource' }] }),
      result('js/xss', { suppressions: [{ kind: 'external', status: 'underReview' }] }),
      result('js/xss', { suppressions: [] }),
      result('js/xss', { baselineState: 'absent' }),
      result('js/xss', { baselineState: 'unchanged' }),
      result('js/log', { kind: 'pass', level: 'none' }),
      result('js/log', { kind: 'notApplicable', level: 'none' }),
      result('js/log', { kind: 'review', level: 'none' }),
    ];
    expect(await factOf('findings', log(run({ results })))).toMatchObject({ high: 3, medium: 1, low: 0 });
  });

  it('knows since when, and when it was made', async () => {
    const results = [result('js/xss', { provenance: { firstDetectionTimeUtc: '2026-01-02T03:04:05Z' } })];
    const invocations = [{ executionSuccessful: true, endTimeUtc: '2026-11-20T10:00:00Z' }];
    const { facts, collectedAt } = await read(log(run({ results, invocations })));
    expect(facts[0]).toMatchObject({ items: [{ knownSince: '2026-01-02T03:04:05.000Z' }] });
    expect(collectedAt).toEqual(new Date('2026-11-20T10:00:00Z'));
  });

  it('gives a fact for each tool, and none of one that found nothing is left out', async () => {
    const semgrep = { tool: { driver: { name: 'Semgrep OSS' } }, results: [] };
    const { facts } = await read(
      log(run({ results: [result('js/xss')] }), semgrep, run({ results: [result('js/xss')] })),
    );
    expect(facts).toMatchObject([
      { scanner: 'codeql', high: 2 },
      { scanner: 'semgrep oss', critical: 0, high: 0, medium: 0, low: 0, items: [] },
    ]);
  });

  it('counts by the bounds of GitHub, for any score', () =>
    fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 10, noNaN: true }), async (score) => {
        const results = [result('x', { properties: { 'security-severity': String(score) } })];
        const expected = score >= 9 ? 'critical' : score >= 7 ? 'high' : score >= 4 ? 'medium' : 'low';
        expect(await factOf('findings', log(run({ results })))).toMatchObject({ [expected]: 1 });
      }),
      { numRuns: 30 },
    ));

  it.each([
    [log(run({ results: undefined })), /\$\.runs\[0\]\.results: is missing: the tool did not get as far/],
    [log(run({ results: null })), /did not get as far/],
    [log(run({ invocations: [{ executionSuccessful: false }] })), /run of CodeQL did not succeed/],
    [log(run({ externalPropertyFileReferences: { results: [{}] } })), /keeps its results in other files/],
    [log(), /\$\.runs: names no run/],
    [{ ...log(run()), version: '1.0.0' }, /is SARIF 1\.0\.0/],
    [{ runs: [run()] }, /\$\.version/],
    [log(run({ results: {} })), /\$\.runs\[0\]\.results: must be a list and is an object/],
    [
      log(run({ results: [result('x', { level: 'fatal' })] })),
      /results\[0\]\.level: must be error, warning, note or none/,
    ],
    [log(run({ results: [{ message: {} }] })), /\$\.runs\[0\]\.results\[0\]: names no rule/],
    [
      log(run({ results: [result('x', { properties: { 'security-severity': 'NaN' } })] })),
      /security-severity must be from 0 to 10/,
    ],
    [
      log(run({ results: [result('x', { properties: { 'security-severity': '-1' } })] })),
      /security-severity must be from 0 to 10/,
    ],
  ])('is refused: %j', async (content, reason) => {
    expect(await refusal(content, { format: 'sarif' })).toMatch(reason);
  });

  it('is refused when it has more findings than are kept', async () => {
    const results = Array.from({ length: 11 }, () => result('js/xss'));
    expect(await refusal(log(run({ results })), { limits: { maximumItems: 10 } })).toMatch(
      /results\[10\]: has more than 10/,
    );
  });
});

describe('SARIF of a linter', () => {
  it('gives its errors and warnings', async () => {
    const results = [result('js/eval'), result('js/log'), result('other'), result('other', { level: 'error' })];
    expect(await factOf('lint', log(run({ results })), { format: 'sarif-lint' })).toEqual({
      kind: 'lint',
      tool: 'codeql',
      errors: 2,
      warnings: 1,
    });
  });
});
