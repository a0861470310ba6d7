import type { ComparedPromotion } from '../../../../cloudrun-ui/web/src/pages/comparison/comparison-query.ts';
import { comparedSteps } from '../../../../cloudrun-ui/web/src/pages/comparison/compared-steps.ts';
import { promotionParts } from '../../../../cloudrun-ui/web/src/pages/comparison/promotion-parts.ts';

const at = '2026-11-27T09:00:00.000Z';
const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const promotion = (more: Partial<ComparedPromotion['promotion']>): ComparedPromotion['promotion'] => ({
  id: 'pr-1',
  kind: 'promote',
  application: 'shop',
  release: 'v2',
  from: 'dev',
  to: 'staging',
  isDryRun: false,
  lane: 'normal',
  rollbackOf: null,
  contractOf: null,
  state: 'COMPLETED_SUCCESSFULLY',
  stateText: 'promoted',
  waiting: null,
  queue: null,
  goneRun: null,
  holdsSlot: false,
  requestedBy: 'ana',
  onBehalfOf: null,
  via: 'ui',
  reason: null,
  overrides: [],
  planHash: null,
  failure: null,
  rollback: null,
  steps: [],
  createdAt: at,
  updatedAt: at,
  endedAt: at,
  layFailedMs: 0,
  ...more,
});
const report = (more: Partial<ComparedPromotion['report']>): ComparedPromotion['report'] => ({
  outcomeText: 'promoted',
  images: [],
  changes: [],
  checks: [],
  approvals: { isAutomaticWhenGatesPass: false, samePersonMayFillStages: false, stages: [] },
  undone: [],
  kept: [],
  errors: [],
  steps: [],
  waits: [],
  timing: { requestedAt: at, endedAt: at, tookMs: 10_000, waitedMs: 0, failedMs: 0 },
  ...more,
});
const plan = (image: string): NonNullable<ComparedPromotion['plan']> => ({
  hash: 'a'.repeat(64),
  images: [{ service: 'api', digest: digest(image), change: 'changed', before: null }],
  configuration: { redirectedTo: null, changes: [{ path: 'limit', before: 5, after: 9 }] },
  database: {
    migrations: [{ version: 3, name: 'notes', kind: 'expand', statements: ['ALTER TABLE orders'] }],
    waiting: [],
    undoWindowSeconds: 0,
  },
  flags: { added: ['gift-notes'], changed: [], switched: [] },
  source: { gained: [], lost: [], unknown: null },
  deployment: null,
  customSteps: [],
  leftOut: [],
  lane: null,
  laneTerms: [],
  setAside: [],
  target: { release: 'v1' },
  irreversible: [],
});
const step = { name: 'deploy', attempts: 2, tookMs: 3000, waitedMs: 60_000, undoTookMs: null };
const check = { step: 'validate', threshold: null, evidence: [], forcedBy: null };
const one: ComparedPromotion = {
  promotion: promotion({}),
  plan: plan('1'),
  report: report({ checks: [{ ...check, check: 'tests', verdict: 'pass', detail: '80/80' }] }),
};
const other: ComparedPromotion = {
  promotion: promotion({
    release: 'v3',
    requestedBy: 'ben',
    overrides: [{ kind: 'force', by: 'ben', reason: 'now', at }],
  }),
  plan: plan('2'),
  report: report({
    steps: [step],
    checks: [{ ...check, check: 'tests', verdict: 'fail', detail: '79/80' }],
  }),
};
const part = (title: string, left = one, right = other) =>
  promotionParts(left, right).find((each) => each.title === title);

describe('in what two promotions differ', () => {
  it('is what each was, and who was behind it', () => {
    expect(part('Outcome and course')).toMatchObject({
      changes: [
        { setting: 'release', before: 'shop v2', after: 'shop v3' },
        { setting: 'asked for by', before: 'ana', after: 'ben' },
        { setting: 'set aside: force', before: null, after: 'by ben: now' },
      ],
    });
    expect(part('Outcome and course')?.same).toContainEqual({ setting: 'outcome', value: 'Promoted' });
  });

  it('is what each was to do; what both were to do is the same', () => {
    expect(part('Images')?.changes).toEqual([{ setting: 'api', before: digest('1'), after: digest('2') }]);
    expect(part('Values they set')).toMatchObject({ changes: [], same: [{ setting: 'limit', value: '9' }] });
    expect(part('Migrations')?.same).toEqual([{ setting: '3 notes', value: 'expand\nALTER TABLE orders' }]);
    expect(part('Flags')?.same).toEqual([{ setting: 'gift-notes', value: 'new' }]);
  });

  it('is what each met and took', () => {
    expect(part('Checks')?.changes).toEqual([{ setting: 'tests', before: 'pass: 80/80', after: 'fail: 79/80' }]);
    expect(comparedSteps(one, other)).toEqual([
      { name: 'deploy', title: 'deploy', one: 'not run', other: '3.0 s, 2 attempts, waited 1 min of it' },
      { name: 'altogether', title: 'altogether', one: '10 s', other: '10 s' },
    ]);
  });

  it('is every image that was judged, each under the same name, so that none hides behind another', () => {
    const judged = (...verdicts: readonly ('pass' | 'fail')[]): ComparedPromotion => ({
      ...one,
      report: report({
        checks: verdicts.map((verdict, index) => ({
          ...check,
          check: 'image size',
          verdict,
          detail: `api-${String(index)}`,
        })),
      }),
    });
    expect(part('Checks', judged('fail', 'pass'), judged('pass', 'pass'))?.changes).toEqual([
      { setting: 'image size', before: 'fail: api-0\npass: api-1', after: 'pass: api-0\npass: api-1' },
    ]);
  });

  it('is nothing of a plan that there never was', () => {
    expect(part('Images', { ...one, plan: null }, { ...one, plan: null })).toMatchObject({ changes: [], same: [] });
  });
});
