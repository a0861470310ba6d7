import { countChecks, latestChecks } from '../../../../cloudrun-ui/web/src/pages/promotion/count-checks.ts';
import { diffOfPlans } from '../../../../cloudrun-ui/web/src/pages/promotion/diff-of-plans.ts';
import type { Check, Plan } from '../../../../cloudrun-ui/web/src/api/queries.ts';

const check = (verdict: string, name = 'tests', detail = '') => ({ check: name, verdict, detail });

describe('checks, counted', () => {
  it('are well when all passed, and say how ready the environments are', () => {
    const readiness = check('pass', 'readiness', 'readiness 96.4 % (api answers in dev within 500 ms: 612 ms)');
    expect(countChecks([check('pass'), readiness])).toEqual({
      kind: 'promoted',
      words: 'all 2 passed · ready to 96.4 %',
    });
  });

  it('need somebody when one failed, and are not all well with a warning or when nobody judged them', () => {
    expect(countChecks([check('pass'), check('fail'), check('warn')])).toEqual({
      kind: 'failed',
      words: '1 of 3 failed',
    });
    expect(countChecks([check('pass'), check('warn')])).toEqual({
      kind: 'waiting',
      words: '2 passed, 1 with a warning',
    });
    expect(countChecks([check('skipped'), check('pass')])).toEqual({
      kind: 'waiting',
      words: '1 passed · 1 not judged',
    });
  });
});

describe('checks that were judged again', () => {
  it('are told as they were judged last, and those of images all', () => {
    const judged = [
      check('fail'),
      check('pass', 'coverage'),
      check('pass'),
      check('pass', 'image size', 'api'),
      check('pass', 'image size', 'web'),
    ] as Check[];
    expect(latestChecks(judged)).toEqual(judged.slice(1));
  });
});

const plan = (more: Partial<Plan> = {}): Plan => ({
  hash: 'a',
  images: [{ service: 'api', digest: 'sha256:1', change: 'changed', before: 'sha256:0' }],
  configuration: { redirectedTo: null, changes: [{ path: 'feature.limit', before: 5, after: 7 }] },
  database: null,
  flags: { added: [], changed: [], switched: [] },
  source: { gained: [], lost: [], unknown: null },
  deployment: null,
  customSteps: [],
  leftOut: [],
  lane: null,
  laneTerms: [],
  setAside: [],
  target: { release: 'v1' },
  irreversible: [],
  ...more,
});

describe('what two plans would do differently', () => {
  it('is nothing when they do the same, whatever their commits are', () => {
    expect(diffOfPlans(plan(), plan({ source: { gained: [], lost: [], unknown: 'gone' } }))).toEqual([]);
  });

  it('is each image, value, migration and flag that is another one, and what is only in one of them', () => {
    const now = plan({
      images: [{ service: 'api', digest: 'sha256:2', change: 'changed', before: 'sha256:0' }],
      configuration: { redirectedTo: null, changes: [{ path: 'feature.limit', before: 6, after: 7 }] },
      database: {
        migrations: [{ version: 4, name: 'notes', kind: 'expand', statements: ['alter table x add y int'] }],
        waiting: [],
        undoWindowSeconds: 0,
      },
      flags: { added: [], changed: [], switched: [{ key: 'gift', isEnabled: true, percentage: 10 }] },
    });
    expect(diffOfPlans(plan(), now)).toEqual([
      { setting: 'image api', before: 'sha256:1', after: 'sha256:2' },
      { setting: 'feature.limit', before: '5 → 7', after: '6 → 7' },
      { setting: 'migration 4 notes', before: null, after: 'expand: alter table x add y int' },
      { setting: 'flag gift, state', before: null, after: 'on for 10 %' },
    ]);
  });

  it('is not known while one of them is not', () => {
    expect(diffOfPlans(undefined, plan())).toEqual([]);
  });
});
