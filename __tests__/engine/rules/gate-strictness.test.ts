import fc from 'fast-check';
import { gateNames, readGateSettings, type GateName } from '../../../engine/rules/gate-schema.ts';
import { strictest, weakenings } from '../../../engine/rules/gate-strictness.ts';

function settings(gate: GateName, given: object = {}): Readonly<Record<string, unknown>> {
  const read = readGateSettings(gate, given);
  if (read === undefined) throw new Error(`${gate} is wrong: ${JSON.stringify(given)}`);
  return read;
}
const weakened = (gate: GateName, given: object, least: object = {}): readonly string[] =>
  weakenings(gate, settings(gate, given), settings(gate, least)).map(
    ({ path, least: words }) => `${path.join('.')} ${words}`,
  );

describe('a gate that demands less than it must', () => {
  it.each<[GateName, object, object, string]>([
    ['coverage', { minimumPercent: 79 }, {}, 'minimumPercent at least 80'],
    ['coverage', { onMissing: 'warn' }, {}, 'onMissing fail'],
    ['coverage', { maxAgeSeconds: '31d' }, {}, 'maxAgeSeconds at most 30 d'],
    ['tests', { suites: ['unit'] }, {}, 'suites a list with unit, integration'],
    ['tests', {}, { maximumSkipped: 3 }, 'maximumSkipped at most 3'],
    ['findings', { maximum: { high: 1 } }, {}, 'maximum.high at most 0'],
    ['findings', { onExcess: { high: 'warn' } }, {}, 'onExcess.high fail'],
    [
      'findings',
      { maximumAgeSeconds: { high: '8d' } },
      { maximumAgeSeconds: { high: '7d' } },
      'maximumAgeSeconds.high at most 7 d',
    ],
    ['findings', { scanners: ['grype'] }, { scanners: ['trivy'] }, 'scanners a list with trivy'],
    ['signature', { signers: ['me'] }, { signers: ['us'] }, 'signers a list of nothing but us'],
    ['signature', {}, { signers: ['us'] }, 'signers a list of nothing but us'],
    [
      'signature',
      {
        keys: [
          { name: 'us', file: 'our.pub' },
          { name: 'me', file: 'my.pub' },
        ],
      },
      { keys: [{ name: 'us', file: 'our.pub' }] },
      'keys a list of nothing but us',
    ],
    ['slo', { windowSeconds: '1h' }, {}, 'windowSeconds 86400'],
    ['slo', { environment: 'target' }, {}, 'environment source'],
    ['errorBudget', { maximumConsumedPercent: 51 }, {}, 'maximumConsumedPercent at most 50'],
    ['criticalAlerts', { maximum: 1 }, {}, 'maximum at most 0'],
    ['stability', { forSeconds: '14m' }, {}, 'forSeconds at least 15 min'],
    ['responseTimes', { maximumApiSeconds: 3 }, {}, 'maximumApiSeconds at most 2'],
    ['source', { requireClean: false }, {}, 'requireClean true'],
    ['migrations', {}, { requireDown: true }, 'requireDown true'],
    ['canary', { minimumDurationSeconds: '23h' }, {}, 'minimumDurationSeconds at least 24 h'],
    ['codeReview', {}, { minimumApprovals: 2 }, 'minimumApprovals at least 2'],
    ['readiness', { minimumPercent: 74.9 }, {}, 'minimumPercent at least 75'],
    ['load', {}, { maximumP95Ms: 200 }, 'maximumP95Ms at most 200'],
    ['load', { phases: ['after'] }, { phases: ['before', 'after'] }, 'phases a list with before, after'],
  ])('is told which setting of %s: %j against %j', (gate, given, least, words) => {
    expect(weakened(gate, given, least)).toEqual([words]);
  });

  it('is none when it names the same keys, and is told with their names when it names others', () => {
    const key = (name: string) => ({ name, file: `${name}.pub` });
    expect(weakened('signature', { keys: [key('us')] }, { keys: [key('us'), key('them')] })).toEqual([]);
    expect(weakened('signature', { keys: [key('me')] }, { keys: [key('us'), key('them')] })).toEqual([
      'keys a list of nothing but us, them',
    ]);
    expect(weakened('signature', {}, { keys: [key('us')] })).toEqual(['keys a list of nothing but us']);
  });

  it('is none when it waits longer or shorter for the load test after the deployment', () => {
    for (const waitSeconds of ['5m', '2h']) expect(weakened('load', { waitSeconds }, {})).toEqual([]);
  });

  it('is told every setting at once', () => {
    expect(weakened('bugs', { onMissing: 'warn', maximum: { critical: 2, high: 9 } })).toHaveLength(3);
  });

  it('is none when it demands as much or more', () => {
    expect(weakened('coverage', { minimumPercent: 80 })).toEqual([]);
    expect(weakened('coverage', { minimumPercent: 95, maxAgeSeconds: '1h' }, { onMissing: 'warn' })).toEqual([]);
    expect(
      weakened('findings', { maximum: { medium: 4 }, scanners: ['trivy', 'grype'] }, { scanners: ['trivy'] }),
    ).toEqual([]);
    expect(weakened('signature', { signers: ['us'] }, { signers: ['us', 'them'] })).toEqual([]);
    const keys = [{ name: 'us', file: 'our.pub' }];
    expect(weakened('signature', { keys }, { keys: [...keys, { name: 'them', file: 'their.pub' }] })).toEqual([]);
    expect(weakened('signature', { keys }, {})).toEqual([]);
  });
});

describe('the strictest of two', () => {
  const percent = fc.integer({ min: 0, max: 100 });
  const anyFindings = fc.record(
    {
      maximum: fc.record({ critical: fc.nat(5), high: fc.nat(5), low: fc.nat(5) }, { requiredKeys: [] }),
      maximumAgeSeconds: fc.record({ high: fc.integer({ min: 1, max: 9 }) }, { requiredKeys: [] }),
      onExcess: fc.record({ high: fc.constantFrom('fail', 'warn') }, { requiredKeys: [] }),
      scanners: fc.uniqueArray(fc.constantFrom('trivy', 'grype', 'snyk')),
      onMissing: fc.constantFrom('fail', 'warn'),
      maxAgeSeconds: fc.integer({ min: 1, max: 9 }),
    },
    { requiredKeys: [] },
  );
  const anyCoverage = fc.record({ minimumPercent: percent, maxAgeSeconds: fc.integer({ min: 1, max: 9 }) });

  it.each([
    ['findings', anyFindings],
    ['coverage', anyCoverage],
  ] as const)('of %s weakens neither', (gate, any) => {
    fc.assert(
      fc.property(any, any, (one, other) => {
        const both = strictest(gate, settings(gate, one), settings(gate, other));
        expect(weakenings(gate, both, settings(gate, one))).toEqual([]);
        expect(weakenings(gate, both, settings(gate, other))).toEqual([]);
        expect(readGateSettings(gate, both)).toEqual(both);
      }),
    );
  });

  it('of any gate and itself is itself', () => {
    for (const gate of gateNames) expect(strictest(gate, settings(gate), settings(gate))).toEqual(settings(gate));
  });
});
