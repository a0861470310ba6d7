import { statusOfState, statusWords } from '../../../../cloudrun-ui/web/src/status/status.ts';
import { endStates, promotionStates } from '../../../../engine/workflow/state.ts';

describe('the status that pages show of a promotion', () => {
  it('is never one of something under way once it has ended', () => {
    for (const state of endStates) expect(['running', 'waiting', 'idle']).not.toContain(statusOfState(state, false));
  });

  it('is waiting whenever it is parked and has not failed', () => {
    for (const state of promotionStates) {
      if (endStates.includes(state as never) || state.endsWith('FAILED')) continue;
      expect(statusOfState(state, true)).toBe('waiting');
    }
  });

  it('has a word of its own for each', () => {
    expect(new Set(Object.values(statusWords)).size).toBe(Object.keys(statusWords).length);
  });
});
