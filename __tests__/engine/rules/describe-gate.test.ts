import { describeGate } from '../../../engine/rules/describe-gate.ts';
import { describeWindow } from '../../../engine/rules/describe-path.ts';
import { demandedGates, gateNames, gatesSchema } from '../../../engine/rules/gate-schema.ts';
import { windowSchema } from '../../../engine/rules/window-schema.ts';

const path = { from: 'dev', to: 'staging' };
const said = (gates: object) => demandedGates(gatesSchema.parse(gates)).map((demanded) => describeGate(demanded, path));

describe('a gate in words', () => {
  it('names every gate with its default thresholds', () => {
    const all = Object.fromEntries(gateNames.map((name) => [name, {}]));
    const custom = [{ name: 'legal', action: { kind: 'command', command: ['ask'] } }];
    expect(said({ ...all, custom })).toEqual([
      'tests unit, integration: all passed',
      'coverage ≥ 80 %',
      'findings critical ≤ 0, high ≤ 0',
      'signed',
      'dev availability ≥ its objective, errors ≤ its objective over 24 h',
      'dev error budget < 50 % used in 30 d',
      'dev critical alerts ≤ 0',
      'dev stable for 15 min, restarts ≤ 0',
      'dev healthy',
      'dev answers ≤ 2 s (APIs), ≤ 5 s (frontends)',
      'code review by 1',
      'open bugs critical ≤ 0, high ≤ 0',
      'lint errors ≤ 0',
      'load test errors ≤ 1 %',
      'performance ≤ 10 % slower than the release before',
      'canary ≥ 10 % for ≥ 24 h, ≥ 99 % well',
      'source known, pushed, nothing uncommitted',
      'migrations can run',
      'readiness ≥ 75 %',
      'legal',
    ]);
  });

  it.each([
    [
      { tests: { suites: ['e2e'], minimumPassedPercent: 98.5, maximumSkipped: 2 } },
      'tests e2e: ≥ 98.5 % passed, skipped ≤ 2',
    ],
    [
      { findings: { maximum: { high: 5, medium: 20 }, onExcess: { high: 'warn' }, scanners: ['trivy'] } },
      'findings critical ≤ 0, high ≤ 5, medium ≤ 20, more high only warns, scanned by trivy',
    ],
    [{ signature: { signers: ['ci', 'release'] } }, 'signed by ci or release'],
    [{ signature: { keys: [{ name: 'build', file: 'keys/build.pub' }] } }, 'signed by build'],
    [
      {
        slo: {
          minimumAvailabilityPercent: 99.5,
          maximumErrorRatePercent: 0.5,
          maximumP95Ms: 200,
          environment: 'target',
        },
      },
      'staging availability ≥ 99.5 %, errors ≤ 0.5 %, p95 ≤ 200 ms over 24 h',
    ],
    [{ lint: { maximumWarnings: 3 } }, 'lint errors ≤ 0, warnings ≤ 3'],
    [
      { load: { minimumRequestsPerSecond: 50, maximumP95Ms: 300 } },
      'load test errors ≤ 1 %, ≥ 50 requests/s, p95 ≤ 300 ms',
    ],
    [{ load: { phases: ['after'] } }, 'load test after the deployment: errors ≤ 1 %'],
    [{ load: { phases: ['before', 'after'] } }, 'load test before and after the deployment: errors ≤ 1 %'],
    [{ performance: { maximumP95Ms: 300 } }, 'performance ≤ 10 % slower than the release before, p95 ≤ 300 ms'],
    [{ source: { requireClean: false, branches: ['main', 'release'] } }, 'source known, pushed, on main or release'],
    [{ migrations: { requireDown: true } }, 'every migration has its way back'],
    [{ coverage: { onMissing: 'warn' } }, 'coverage ≥ 80 % (only warns when unknown)'],
  ])('says the thresholds of %j', (gates, words) => {
    expect(said(gates)).toEqual([words]);
  });
});

describe('a window in words', () => {
  const weekly = { kind: 'weekly', from: '09:00', to: '17:00', timeZone: 'Europe/Berlin' };
  it.each([
    [{}, 'daily 09:00–17:00 Europe/Berlin'],
    [{ days: ['wednesday', 'monday', 'tuesday'] }, 'monday to wednesday 09:00–17:00 Europe/Berlin'],
    [{ days: ['saturday', 'sunday'] }, 'saturday, sunday 09:00–17:00 Europe/Berlin'],
    [{ days: ['friday'] }, 'friday 09:00–17:00 Europe/Berlin'],
  ])('%j', (more, words) => {
    expect(describeWindow(windowSchema.parse({ ...weekly, ...more }))).toBe(words);
  });
});
