import { expect } from '@jest/globals';
import { examinePromotions } from '../../../cli/compose/examine-promotions.ts';
import type { PromotionFilter } from '../../../engine/store/service-store.ts';
import type { PromotionRecord } from '../../../engine/workflow/promotion.ts';
import { afterStart, samplePromotion, sampleStep } from '../../../scripts/sample-promotion.ts';
import { doctorWorld, findingsOf } from './doctor-fixture.ts';

const error = (message: string) =>
  ({
    message,
    category: 'VALIDATION',
    severity: 'HIGH',
    code: undefined,
    isRetryable: false,
    remedy: 'mend it',
  }) as const;

function failed(step: string, changes: Partial<PromotionRecord> = {}): PromotionRecord {
  const failure = { step, requirementsNotMet: false, error: error('it broke\nthere') };
  return samplePromotion({ state: 'FAILED', failure, ...changes });
}

/** What is found when the newest promotion into staging is this one, and these are on their way. */
async function examined(newest: PromotionRecord | undefined, ...active: readonly PromotionRecord[]) {
  const listPromotions = ({ environment, isActive }: PromotionFilter) =>
    Promise.resolve(isActive === true ? active : environment === 'staging' && newest !== undefined ? [newest] : []);
  return findingsOf(examinePromotions(doctorWorld({ store: { listPromotions }, now: afterStart(7200) })));
}

describe('promotions, as doctor sees them', () => {
  it('are well when the newest went well and none is stuck', async () => {
    expect(await examined(samplePromotion())).toEqual([
      { subject: 'promotions', level: 'ok', detail: 'the newest ones went well, and none is stuck' },
    ]);
  });

  it('that failed their validation are to be validated again', async () => {
    const failure = { step: 'validate-conditions', requirementsNotMet: true, error: error('coverage: 69.9 % < 70 %') };
    expect(await examined(samplePromotion({ state: 'FAILED', failure }))).toMatchObject([
      {
        subject: 'promotions · staging',
        level: 'warn',
        detail: 'pr-7f3a failed at validate-conditions: coverage: 69.9 % < 70 %',
        remedy: expect.stringContaining('promote validate shop --from dev --to staging'),
      },
    ]);
  });

  it.each([
    ['migrate-database', 'read what the migration said: promote logs pr-7f3a --step migrate-database'],
    ['promote-artifacts', 'see that the registry is reached'],
    ['deploy', 'read what the deployment and the services said: promote logs pr-7f3a --step deploy'],
    ['back-up', 'test the connection to the database'],
    ['promote-configuration', 'see that the configuration repository takes what is pushed'],
  ])('that failed at %s come with where to look', async (step, remedy) => {
    const [finding] = await examined(failed(step));
    expect(finding?.detail).toBe(`pr-7f3a failed at ${step}: it broke; there`);
    expect(finding?.remedy).toContain(remedy);
    expect(finding?.remedy).toContain('promote retry pr-7f3a');
  });

  it('that could not be taken back must be mended', async () => {
    const compensation = { status: 'failed', attempt: 3, summary: undefined, checkpoint: undefined } as const;
    const steps = [sampleStep('deploy', { compensation: { ...compensation, error: error('it does not start') } })];
    expect(await examined(samplePromotion({ state: 'ROLLBACK_FAILED', steps }))).toMatchObject([
      { level: 'fail', detail: 'pr-7f3a could not be taken back: it does not start' },
    ]);
  });

  it('that do not get on are told apart from those that wait for somebody or something', async () => {
    const running = { state: 'PROMOTION_RUNNING', endedAt: undefined, updatedAt: afterStart(0) } as const;
    const stuck = samplePromotion({ ...running, id: 'pr-1' });
    const soaking = samplePromotion({
      ...running,
      id: 'pr-2',
      parked: { reason: 'soak', detail: 'until tomorrow', since: afterStart(0), until: afterStart(90_000) },
    });
    const overdue = samplePromotion({
      ...running,
      id: 'pr-3',
      parked: { reason: 'retry', detail: 'again', since: afterStart(0), until: afterStart(60) },
    });
    const manual = samplePromotion({
      ...running,
      id: 'pr-4',
      parked: { reason: 'manual', detail: 'take it back by hand', since: afterStart(0), until: undefined },
    });
    expect(await examined(undefined, stuck, soaking, overdue, manual)).toMatchObject([
      {
        level: 'fail',
        detail: expect.stringContaining('pr-1 does not get on'),
        remedy: expect.stringContaining('npm start'),
      },
      { level: 'fail', detail: expect.stringContaining('pr-3 does not get on') },
      { level: 'warn', detail: 'pr-4 waits for a person: take it back by hand' },
    ]);
  });
});
