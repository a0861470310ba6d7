import { actionsOf } from '../../../../cloudrun-ui/web/src/pages/promotion/actions-of.ts';
import type { Promotion } from '../../../../cloudrun-ui/web/src/api/queries.ts';

const at = '2030-01-01T00:00:00Z';
const promotion = (more: Partial<Promotion>): Promotion =>
  ({
    kind: 'promote',
    isDryRun: false,
    state: 'QUEUED',
    endedAt: null,
    rollback: null,
    failure: null,
    ...more,
  }) as Promotion;
const failure = (requirementsNotMet: boolean) => ({ step: 'deploy', requirementsNotMet }) as Promotion['failure'];
const rollback = { trigger: 'manual' } as Promotion['rollback'];

describe('what can be done about a promotion', () => {
  it('is to cancel one that is under way, and not twice', () => {
    expect(actionsOf(promotion({}))).toEqual(['cancel']);
    expect(actionsOf(promotion({ rollback }))).toEqual([]);
  });

  it('is to roll back one that was promoted, and not a rollback or a contract run', () => {
    const done = { state: 'COMPLETED_SUCCESSFULLY', endedAt: at } as const;
    expect(actionsOf(promotion(done))).toEqual(['roll-back']);
    expect(actionsOf(promotion({ ...done, kind: 'contract' }))).toEqual([]);
  });

  it('is to promote what was tried dry', () => {
    expect(actionsOf(promotion({ state: 'COMPLETED_SUCCESSFULLY', endedAt: at, isDryRun: true }))).toEqual(['promote']);
  });

  it('is to go on with one that failed; what the rules refused may be asked for anew, too', () => {
    expect(actionsOf(promotion({ state: 'FAILED', endedAt: at, failure: failure(false) }))).toEqual(['go-on']);
    expect(actionsOf(promotion({ state: 'FAILED', endedAt: at, failure: failure(true) }))).toEqual([
      'go-on',
      'promote-again',
    ]);
  });

  it('is to decide where nobody takes it back by itself, or could not', () => {
    expect(actionsOf(promotion({ state: 'PROMOTION_FAILED', failure: failure(false) }))).toEqual([
      'go-on',
      'roll-back',
      'confirm',
    ]);
    expect(actionsOf(promotion({ state: 'ROLLBACK_FAILED', endedAt: at, rollback }))).toEqual([
      'take-back-again',
      'confirm',
    ]);
  });

  it('is nothing about one that ended without a change, or was taken back', () => {
    for (const state of ['REJECTED', 'EXPIRED', 'CANCELLED', 'SUPERSEDED', 'ROLLED_BACK'] as const) {
      expect(actionsOf(promotion({ state, endedAt: at, rollback }))).toEqual([]);
    }
  });
});
