import { describe, expect, it } from '@jest/globals';
import {
  NothingToDoError,
  RefusedError,
  type PromotionRecord,
  type PromotionService,
} from '../../../engine/promotion-service.ts';
import { doneStep, samplePromotion, sampleStep, sampleView } from '../../../scripts/sample-promotion.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';

type Request = Parameters<PromotionService['run']>[1];

const pass = { gate: 'tests', verdict: 'pass', detail: 'tests unit 80/80', evidence: [] };
const warn = { gate: 'findings', verdict: 'warn', detail: 'no usable scan: there is none', evidence: [] };
const low = { gate: 'coverage', verdict: 'fail', detail: 'coverage 69.9 % < 70 %', evidence: [] };
const slow = { gate: 'responseTimes', verdict: 'fail', detail: 'too slow: orders 2100 ms', evidence: [] };

function ended(gates: readonly object[], changes: Partial<PromotionRecord> = {}): PromotionRecord {
  const isBad = gates.some((each) => 'verdict' in each && each.verdict === 'fail');
  return samplePromotion({
    isDryRun: true,
    state: isBad ? 'FAILED' : 'COMPLETED_SUCCESSFULLY',
    steps: [
      {
        ...doneStep('validate-conditions', 0, 1, '2 gates passed'),
        status: isBad ? 'failed' : 'done',
        output: { gates: gates.map((gate) => ({ ...gate })) },
      },
      doneStep('validate-artifacts', 1, 2, '3 images intact'),
    ],
    ...(isBad
      ? {
          failure: {
            step: 'validate-conditions',
            requirementsNotMet: true,
            error: {
              message: 'coverage: 69.9 %',
              category: 'VALIDATION',
              severity: 'HIGH',
              code: undefined,
              isRetryable: false,
              remedy: 'mend it',
            },
          },
        }
      : {}),
    ...changes,
  });
}

/** The promotion is looked at twice before it has ended. */
function sessionOf(promotion: PromotionRecord) {
  const asked: Request[] = [];
  const cancelled: string[] = [];
  let looks = 0;
  const session = fakeSession({
    run: (_actor, request) => {
      asked.push(request);
      return Promise.resolve('pr-7f3a');
    },
    view: () => {
      looks += 1;
      const running = samplePromotion({
        isDryRun: true,
        state: 'VALIDATING_CONDITIONS',
        endedAt: undefined,
        steps: [],
      });
      return Promise.resolve({ ...sampleView(), promotion: looks < 3 ? running : promotion });
    },
    cancel: (_actor, id) => {
      cancelled.push(id);
      return Promise.resolve(promotion);
    },
  });
  return { session, asked, cancelled };
}

describe('promote validate', () => {
  it('shows every requirement that is met, and asks only for a look', async () => {
    const { session, asked } = sessionOf(ended([pass, warn]));
    const { exitCode, out } = await record(['validate', 'shop', '--to', 'staging'], { session });
    expect(exitCode).toBe(0);
    expect(asked).toMatchObject([{ isDryRun: true, release: 'v2', to: 'staging' }]);
    expect(out).toBe(`Dry run of shop v2  dev → staging                      pr-7f3a
  ✔ tests            tests unit 80/80
  ! findings         no usable scan: there is none
  ✔ images           3 images intact

✔ Every requirement that can be checked beforehand is met.
`);
  });

  it('shows every one that is not, each with what to do, and ends with 3', async () => {
    const { session } = sessionOf(ended([pass, low, slow]));
    const { exitCode, out } = await record(['validate'], { session });
    expect(exitCode).toBe(3);
    expect(out).toContain('✖ coverage         coverage 69.9 % < 70 %\n');
    expect(out).toContain(
      '→ test what no test runs, and bring the report: promote evidence add shop --release v2 --file <report>',
    );
    expect(out).toContain('✖ responseTimes    too slow: orders 2100 ms\n');
    expect(out).toContain('✖ 2 of 4 requirements not met.');
  });

  it('says once, below the last of them, what is to be done about several', async () => {
    const labels = (check: string, detail: string) => ({
      gate: `image ${check}`,
      verdict: 'fail',
      detail,
      evidence: [],
    });
    const found = [labels('labels', 'orders: no commit'), labels('size', 'orders: 9 GB')];
    const { session } = sessionOf(ended([low, ...found]));
    const { out } = await record(['validate'], { session });
    expect(out.match(/→ build the images anew/g)).toHaveLength(1);
    expect(out).toMatch(/image labels +orders: no commit\n +✖ image size +orders: 9 GB\n +→ build the images anew/);
    const json = await record(['validate', '--json'], { session: sessionOf(ended([low, ...found])).session });
    expect(json.out.match(/build the images anew/g)).toHaveLength(2);
  });

  it('is JSON for a program, with the same answers', async () => {
    const { session } = sessionOf(ended([pass, low]));
    const { exitCode, out } = await record(['validate', '--json'], { session });
    expect(exitCode).toBe(3);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      from: 'dev',
      to: 'staging',
      checks: [
        { name: 'tests', verdict: 'pass', remedy: null },
        { name: 'coverage', verdict: 'fail', remedy: expect.stringContaining('bring the report') },
        { name: 'images', verdict: 'pass' },
      ],
    });
  });

  it('answers for a release that is marked bad as for every requirement that is not met', async () => {
    const why = 'v2 is marked bad (it loses orders); make a new release';
    const session = fakeSession({ run: () => Promise.reject(new RefusedError(why, true)) });
    const asJson = await record(['validate', 'shop', '--to', 'staging', '--json'], { session });
    expect(asJson.exitCode).toBe(3);
    expect(JSON.parse(asJson.out)).toEqual({
      ok: false,
      application: 'shop',
      release: 'v2',
      from: 'dev',
      to: 'staging',
      nothingToDo: null,
      checks: [{ name: 'conditions', verdict: 'fail', detail: why, remedy: expect.stringContaining('line above') }],
    });
    const { exitCode, out } = await record(['validate', 'shop', '--to', 'staging'], { session });
    expect(exitCode).toBe(3);
    expect(out).toMatch(/^Looking at shop v2 {2}dev → staging\n {2}✖ conditions +v2 is marked bad /);
    expect(out).toContain('✖ 1 of 1 requirement not met.');
  });

  it('ends with 1 when it is refused for another reason than a requirement', async () => {
    const session = fakeSession({ run: () => Promise.reject(new RefusedError('this version cannot do that')) });
    const { exitCode, errors } = await record(['validate'], { session });
    expect([exitCode, errors]).toEqual([1, 'error: this version cannot do that\n']);
  });

  it('has nothing to check and ends well when the release runs there already', async () => {
    const why = 'staging runs v2 already: nothing to do.';
    const session = fakeSession({ run: () => Promise.reject(new NothingToDoError(why)) });
    for (const command of ['validate', 'plan']) {
      const { exitCode, out } = await record([command], { session });
      expect({ exitCode, out }).toEqual({ exitCode: 0, out: `Looking at shop v2  dev → staging\n\n✔ ${why}\n` });
      const json = JSON.parse((await record([command, '--json'], { session })).out) as object;
      expect(json).toMatchObject({ ok: true, checks: [], nothingToDo: why });
    }
  });

  it('tells a look that broke off apart from requirements that are not met', async () => {
    const error = {
      message: 'connect ECONNREFUSED',
      category: 'NETWORK',
      severity: 'HIGH',
      code: 'ECONNREFUSED',
      isRetryable: true,
      remedy: 'look at the registry',
    } as const;
    const failure = { step: 'initialize', requirementsNotMet: false, error };
    const promotion = samplePromotion({ isDryRun: true, state: 'FAILED', failure, steps: [sampleStep('initialize')] });
    const { exitCode, out } = await record(['validate'], { session: sessionOf(promotion).session });
    expect(exitCode).toBe(1);
    expect(out).toContain('connect ECONNREFUSED');
    expect(out).toContain('Not everything could be looked at');
  });

  it('stops the look when nobody wants to wait for it', async () => {
    const { session, cancelled } = sessionOf(ended([pass]));
    const { exitCode } = await record(['validate'], { session, interruptedAtSleep: 1 });
    expect([exitCode, cancelled]).toEqual([130, ['pr-7f3a']]);
  });

  it('says who will be asked afterwards', async () => {
    const promotion = ended([pass]);
    const stage = { name: 'SRE', roles: ['sre'], people: ['sam'], minimumApprovals: 1, timeoutSeconds: 60 };
    const definition = { ...promotion.definition, approvalStages: [stage] };
    const { out } = await record(['validate'], { session: sessionOf({ ...promotion, definition }).session });
    expect(out).toContain('· then the approval of SRE: 1 of sam, role sre');
  });
});

describe('promote plan', () => {
  it('shows what would be done', async () => {
    const promotion = ended([pass]);
    const plan = {
      hash: 'c0ffee7'.padEnd(64, '0'),
      body: {
        images: [
          { service: 'web', digest: `sha256:${'b'.repeat(64)}`, change: 'changed', before: `sha256:${'a'.repeat(64)}` },
        ],
        configuration: { changes: [{ path: 'web.replicas', before: 1, after: 2 }] },
        leftOut: [{ step: 'back-up', means: 'nothing is backed up' }],
        irreversible: ['migration 5 (drop) removes what older releases need'],
      },
    };
    const session = fakeSession({
      run: () => Promise.resolve('pr-7f3a'),
      view: () => Promise.resolve({ ...sampleView(), promotion, plan }),
    });
    const { exitCode, out } = await record(['plan', '--to', 'staging'], { session });
    expect(exitCode).toBe(0);
    expect(out).toContain('web.replicas  1 → 2');
    expect(out).toContain('left out         back-up: nothing is backed up');
    expect(out).toContain('irreversible     migration 5 (drop)');
    const json = JSON.parse((await record(['plan', '--json'], { session })).out) as object;
    expect(json).toMatchObject({ ok: true, plan: { hash: plan.hash } });
  });

  it('shows the plan of a promotion that there is, and asks for none', async () => {
    const plan = { hash: 'c0ffee7'.padEnd(64, '0'), body: { irreversible: ['the e-mail of the step mail'] } };
    const viewed: string[] = [];
    const session = fakeSession({
      view: (_actor, id) => {
        viewed.push(id);
        return Promise.resolve({ ...sampleView(), plan });
      },
    });
    const { exitCode, out } = await record(['plan', 'pr-7f3a'], { session });
    expect([exitCode, viewed]).toEqual([0, ['pr-7f3a']]);
    expect(out).toContain('Plan c0ffee7');
    expect(out).toContain('irreversible     the e-mail of the step mail');
    const json = JSON.parse((await record(['plan', 'pr-7f3a', '--json'], { session })).out) as object;
    expect(json).toMatchObject({ promotion: { id: 'pr-7f3a' }, plan: { hash: plan.hash } });
    const wrong = await record(['plan', 'pr-7f3a', '--to', 'staging'], { session });
    expect([wrong.exitCode, wrong.errors]).toEqual([
      2,
      expect.stringContaining('pr-7f3a has its release and its path'),
    ]);
  });

  it('shows what is missing instead, and ends with 3', async () => {
    const { session } = sessionOf(ended([low]));
    const { exitCode, out } = await record(['plan'], { session });
    expect(exitCode).toBe(3);
    expect(out).toContain('✖ coverage');
  });
});
