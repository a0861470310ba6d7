import { endCalled, outcomeName, outcomeNames, outcomeOf } from '../../../engine/workflow/outcome.ts';
import { endStates } from '../../../engine/workflow/state.ts';

describe('the end of a promotion', () => {
  it('has a name of its own, which means it and no other', () => {
    expect(endStates.map(outcomeName).toSorted()).toEqual([...outcomeNames].toSorted());
    for (const state of endStates) expect(endCalled(outcomeName(state))).toBe(state);
  });

  it('is known before it is reached', () => {
    const rollback = {
      trigger: 'manual',
      reason: 'slow',
      requestedBy: 'ana',
      at: new Date(),
      acceptsDataLoss: false,
    } as const;
    const going = { state: 'GENERATING_REPORTS', rollback: undefined, failure: undefined } as const;
    expect(outcomeOf(going)).toBe('COMPLETED_SUCCESSFULLY');
    expect(outcomeOf({ ...going, rollback })).toBe('ROLLED_BACK');
    expect(outcomeOf({ ...going, state: 'REJECTED' })).toBe('REJECTED');
  });
});
