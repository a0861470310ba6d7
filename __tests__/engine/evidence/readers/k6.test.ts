import fc from 'fast-check';
import { read, refusal } from '../reading.ts';

const exported = (more: object = {}) => ({
  root_group: { name: '', path: '', groups: {}, checks: {} },
  metrics: {
    http_reqs: { count: 1587, rate: 528.4 },
    http_req_failed: { passes: 0, fails: 1587, value: 0, thresholds: { 'rate<0.01': false } },
    http_req_duration: { avg: 3.7, min: 1.4, med: 3.4, max: 20.9, 'p(90)': 5.1, 'p(95)': 7.25 },
    vus_max: { value: 15, min: 10, max: 15 },
    ...more,
  },
});
const handled = (more: object = {}) => ({
  state: { testRunDurationMs: 30_000, isStdOutTTY: false },
  options: { summaryTrendStats: ['avg', 'p(95)'] },
  metrics: {
    http_reqs: { type: 'counter', contains: 'default', values: { count: 300, rate: 10 } },
    http_req_failed: {
      type: 'rate',
      contains: 'default',
      values: { rate: 0.01, passes: 3, fails: 297 },
      thresholds: { 'rate<0.05': { ok: true } },
    },
    http_req_duration: { type: 'trend', contains: 'time', values: { 'p(95)': 120, avg: 45.5 } },
    ...more,
  },
});
const machineReadable = (duration: unknown = 30) => ({
  version: '1.0.0',
  metadata: { generatedAt: '2026-11-20T10:00:00Z', k6Version: '2.1.0' },
  config: { duration, execution: 'local', script: 'load.js' },
  results: {
    checks: {},
    metrics: [
      { name: 'http_req_duration', type: 'trend', contains: 'time', values: { avg: 45.5, 'p(95)': 120 } },
      { name: 'http_reqs', type: 'counter', contains: 'default', values: { count: 300 } },
      { name: 'http_req_failed', type: 'rate', contains: 'default', values: { rate: 0.01, matches: 3, total: 300 } },
    ],
  },
});

describe('k6', () => {
  it('is read as --summary-export writes it', async () => {
    expect((await read(exported())).facts).toEqual([
      { kind: 'load', tool: 'k6', requestsPerSecond: 528.4, errorRatePercent: 0, phase: 'before', p95Ms: 7.25 },
      { kind: 'performance', tool: 'k6', p95Ms: 7.25 },
    ]);
  });

  it('is read as handleSummary gives it', async () => {
    expect((await read(handled())).facts[0]).toEqual({
      kind: 'load',
      tool: 'k6',
      requestsPerSecond: 10,
      errorRatePercent: 1,
      phase: 'before',
      p95Ms: 120,
    });
  });

  it('is read as the machine-readable summary, whose rate is left to the reader', async () => {
    const { facts, collectedAt } = await read(machineReadable());
    expect(facts).toMatchObject([{ requestsPerSecond: 10, errorRatePercent: 1, p95Ms: 120 }, { p95Ms: 120 }]);
    expect(collectedAt).toEqual(new Date('2026-11-20T10:00:00Z'));
  });

  it('gives no performance to compare with, when load was put on the target after its deployment', async () => {
    const { facts } = await read(handled(), { phase: 'after' });
    expect(facts).toMatchObject([{ kind: 'load', phase: 'after' }]);
    expect(facts).toHaveLength(1);
  });

  it('does without the times where the script left them out', async () => {
    const { facts } = await read(handled({ http_req_duration: undefined }));
    expect(facts).toEqual([{ kind: 'load', tool: 'k6', requestsPerSecond: 10, errorRatePercent: 1, phase: 'before' }]);
  });

  it('gives the numbers that were written, in either shape', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1e9 }),
        fc.nat({ max: 1000 }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.boolean(),
        async (requests, perMille, p95, isExported) => {
          const failed = Math.floor((requests * perMille) / 1000);
          const counts = { passes: failed, fails: requests - failed };
          const rate = failed / requests;
          const content = isExported
            ? exported({
                http_reqs: { count: requests, rate: 5 },
                http_req_failed: { ...counts, value: rate },
                http_req_duration: { 'p(95)': p95 },
              })
            : handled({
                http_reqs: { values: { count: requests, rate: 5 } },
                http_req_failed: { values: { ...counts, rate } },
                http_req_duration: { values: { 'p(95)': p95 } },
              });
          const { facts } = await read(content);
          expect(facts[0]).toMatchObject({ requestsPerSecond: 5, errorRatePercent: rate * 100, p95Ms: p95 });
        },
      ),
    ));

  it.each([
    [{ metrics: { vus: { value: 1 } } }, /\$\.metrics: has no metric http_reqs/],
    [exported({ http_req_failed: undefined }), /has no metric http_req_failed/],
    [exported({ http_reqs: { count: 0, rate: 0 } }), /\$\.metrics\.http_reqs\.count: counts no request/],
    [exported({ http_reqs: { count: -5, rate: 1 } }), /count: must not be negative/],
    [exported({ http_reqs: { count: '12', rate: 1 } }), /count: must be a number/],
    [exported({ http_req_failed: { value: 1.5 } }), /http_req_failed\.value: must be at most 1/],
    [
      exported({ http_req_failed: { value: 0, passes: 900, fails: 0 } }),
      /contradicts itself: the rate is 0 and the requests it counts make 1/,
    ],
    [handled({ http_req_failed: { values: {} } }), /http_req_failed\.values\.value: must be a number/],
    [handled({ http_req_duration: { values: { 'p(95)': 'NaN' } } }), /\["p\(95\)"\]: must be a number/],
    [machineReadable(0), /\$\.config\.duration: must be longer than 0 seconds/],
    [machineReadable(null), /\$\.config\.duration: must be a number/],
    ['{"metrics": {"http_reqs": {"count": 1e999, "rate": 1}}}', /\$\.metrics\.http_reqs\.count: is a number too large/],
    ['{"metrics": {"http_reqs": {"count": NaN}}}', /is not valid JSON: "N" is unexpected at character 37$/],
  ])('is refused: %j', async (content, reason) => {
    expect(await refusal(content, { format: 'k6' })).toMatch(reason);
  });
});
