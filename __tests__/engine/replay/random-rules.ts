import fc from 'fast-check';
import { parseRules } from '../../../engine/rules/parse-rules.ts';
import type { Rules } from '../../../engine/rules/schema.ts';

export const team = ['alan', 'bea', 'carl', 'dora'] as const;
export const ownRoles = ['sre', 'qa'] as const;
export const items = ['backup looked at', 'runbook read', 'tests looked at'] as const;
const timeZone = 'Europe/Berlin';

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const percent = fc.constantFrom(60, 80, 95);
const onMissing = fc.constantFrom('fail', 'warn');
/** A gate that some rules demand, and one that few do: what it measures is not remembered. */
const absent = fc.constant(undefined);
const often = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 3, arbitrary: absent }, { weight: 2, arbitrary: value });
const seldom = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 12, arbitrary: absent }, { weight: 1, arbitrary: value });
const gates = fc.record({
  coverage: often(fc.record({ minimumPercent: percent, onMissing, maxAgeSeconds: fc.constantFrom('2h', '30d') })),
  tests: often(fc.record({ suites: fc.constantFrom(['unit'], ['unit', 'integration']), onMissing })),
  findings: often(
    fc.record({
      maximum: fc.record({ critical: fc.constantFrom(0, 1), high: fc.constantFrom(0, 2) }),
      maximumAgeSeconds: fc.record({ high: fc.constantFrom('6h', '7d') }, { requiredKeys: [] }),
      onMissing,
    }),
  ),
  bugs: often(fc.record({ maximum: fc.constant({ critical: 0, high: 1 }), onMissing })),
  codeReview: often(fc.record({ minimumApprovals: fc.constantFrom(1, 2), onMissing })),
  stability: seldom(fc.record({ forSeconds: fc.constantFrom('15m', '1d'), onMissing })),
  health: seldom(fc.constant({})),
  slo: seldom(fc.record({ maximumErrorRatePercent: fc.constantFrom(0.5, 2), onMissing })),
});
const stage = fc.record({
  roles: fc.subarray([...ownRoles, 'approver']),
  people: fc.oneof(fc.constant([...team]), fc.subarray([...team], { minLength: 1 })),
  minimumApprovals: fc.constantFrom(1, 1, 2),
  timeoutSeconds: fc.constantFrom('3h', '2d'),
});
const approvals = fc.record({
  stages: fc.array(stage, { maxLength: 2 }),
  automaticWhenGatesPass: fc.boolean(),
  samePersonMayFillStages: fc.boolean(),
  mayAutoApprove: fc.subarray(['promoter']),
});
const checklist = fc.uniqueArray(
  fc.record(
    {
      item: fc.constantFrom(...items),
      phase: fc.constantFrom('before', 'before', 'after'),
      gate: fc.constantFrom('coverage', 'tests'),
      by: fc.constantFrom(...ownRoles),
    },
    { requiredKeys: ['item', 'phase'] },
  ),
  { selector: ({ item }) => item, maxLength: 2 },
);
const weekly = fc.record({
  kind: fc.constant('weekly'),
  days: fc.subarray(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'], { minLength: 3 }),
  from: fc.constantFrom('00:00', '08:00', '14:00'),
  to: fc.constantFrom('18:00', '24:00'),
  timeZone: fc.constant(timeZone),
});
const freeze = fc.record({
  kind: fc.constant('once'),
  name: fc.constant('quiet'),
  reason: fc.constant('nobody is there'),
  from: fc.constant('2026-03-04T00:00:00+01:00'),
  to: fc.constantFrom('2026-03-04T09:00:00+01:00', '2026-03-06T00:00:00+01:00'),
  overridable: fc.boolean(),
});
const settings = fc.record({
  gates,
  approvals,
  checklist,
  soakSeconds: fc.constantFrom(0, 0, '1h', '9h'),
  windows: fc.oneof(fc.constant([]), fc.array(weekly, { maxLength: 2 })),
  force: fc.constantFrom({}, { allowed: true, roles: ['operator'] }),
  skipValidation: fc.constantFrom({}, { people: ['olga'] }),
  freezeOverride: fc.constantFrom({}, { roles: ['operator'] }),
  after: fc.constantFrom('any', 'any', 'any', 'any', { atLeast: 2, of: ['dev', 'qa'] }),
});
const document = fc.record({
  settings,
  freezes: maybe(freeze),
  hold: maybe(fc.record({ reason: fc.constant('an audit'), until: fc.constant('2026-03-03T12:00:00+01:00') })),
  lists: maybe(fc.record({ sre: fc.subarray([...team]), qa: fc.subarray([...team]) })),
  hasPath: fc.constantFrom(true, true, true, true, true, true, true, true, true, true, false),
});

const targets = {
  deployment: { kind: 'local' },
  registry: 'r/<env>',
  database: '<app>-<env>',
  configuration: { repository: 'c' },
  flags: { kind: 'file' },
};

/**
 * dev and qa → staging → production, whatever the last move demands; only such as may be rules.
 * @param isListed whether there must be that move.
 */
export const someRules = (isListed: boolean): fc.Arbitrary<Rules> =>
  document
    .map(({ settings: demanded, freezes, hold, lists, hasPath }) => {
      const production = { name: 'production', targets, ...(hold === undefined ? {} : { hold }) };
      return {
        version: 1,
        applications: [{ name: 'shop', services: [{ name: 'api' }, { name: 'web', kind: 'frontend' }] }],
        environments: [...['dev', 'qa', 'staging'].map((name) => ({ name, targets })), production],
        paths: [
          { from: 'dev', to: 'staging' },
          { from: 'qa', to: 'staging' },
          ...(hasPath || isListed ? [{ from: 'staging', to: 'production', ...demanded }] : []),
        ],
        freezes: freezes === undefined ? [] : [freezes],
        ...(lists === undefined
          ? {}
          : {
              roles: [
                ...Object.entries(lists).map(([name, people]) => ({ name, people })),
                { name: 'approver', people: [] },
                { name: 'promoter', people: [] },
                { name: 'operator', people: [] },
              ],
            }),
      };
    })
    .map((rules) => parseRules(JSON.stringify(rules), 'rules.yaml'))
    .map((parsed) => (parsed.ok ? parsed.rules : undefined))
    .filter((rules) => rules !== undefined);
