import { engineActor } from '../../../engine/workflow/actor.ts';
import { Draft } from '../../../engine/workflow/draft.ts';
import { describeState, endStates, isEndState, promotionStates } from '../../../engine/workflow/state.ts';
import { IllegalTransitionError, mayFollow, transitionTable } from '../../../engine/workflow/transition-table.ts';
import { moment, sampleDefinition, samplePromotion } from './sample-promotion.ts';

const everyPair = promotionStates.flatMap((from) => promotionStates.map((to) => [from, to] as const));
const resumable = ['FAILED', 'ROLLBACK_FAILED'];

const draftIn = (state: (typeof promotionStates)[number]) =>
  new Draft(samplePromotion(sampleDefinition([]), { state }), moment, 1);

describe('the transition table', () => {
  it('says of every state what may follow, and names no state twice', () => {
    expect(Object.keys(transitionTable).toSorted()).toEqual([...promotionStates].toSorted());
    for (const [from, followers] of Object.entries(transitionTable)) {
      expect({ from, followers: [...new Set(followers)] }).toEqual({ from, followers: [...followers] });
    }
  });

  it('lets no state follow itself', () => {
    for (const state of promotionStates)
      expect({ state, follows: mayFollow(state, state) }).toEqual({ state, follows: false });
  });

  it('reaches every state from INITIALIZING', () => {
    const reached = new Set<string>(['INITIALIZING']);
    for (const state of reached) {
      for (const follower of promotionStates.filter((to) =>
        promotionStates.some((from) => from === state && mayFollow(from, to)),
      )) {
        reached.add(follower);
      }
    }
    expect([...reached].toSorted()).toEqual([...promotionStates].toSorted());
  });

  it('leads from every state to an end', () => {
    const ending = new Set<string>(endStates);
    for (let before = -1; before !== ending.size;) {
      before = ending.size;
      for (const [from, to] of everyPair) if (mayFollow(from, to) && ending.has(to)) ending.add(from);
    }
    expect(ending.size).toBe(promotionStates.length);
  });

  it('leaves no end but what failed, which a person may take up again', () => {
    for (const state of endStates) {
      expect({ state, isOpen: transitionTable[state].length > 0 }).toEqual({
        state,
        isOpen: resumable.includes(state),
      });
    }
    expect(transitionTable.ROLLBACK_FAILED).toEqual(['ROLLING_BACK']);
    expect(transitionTable.FAILED.toSorted()).toEqual(['INITIALIZING', 'QUEUED', 'VALIDATING_CONDITIONS']);
  });

  it('never goes forward again once it rolls back', () => {
    expect(transitionTable.ROLLING_BACK.toSorted()).toEqual(['ROLLBACK_FAILED', 'ROLLED_BACK']);
  });

  it('changes a target only behind the queue for its slot, unless somebody forces what failed its validation', () => {
    const withoutQueue = new Set<string>(['INITIALIZING']);
    for (const state of withoutQueue) {
      for (const [from, to] of everyPair) {
        const isForced = from === 'VALIDATION_FAILED' && to === 'VALIDATION_PASSED';
        if (from !== state || to === 'QUEUED' || isEndState(from) || isForced) continue;
        if (mayFollow(from, to)) withoutQueue.add(to);
      }
    }
    const changing = ['PROMOTION_RUNNING', 'PROMOTION_RETRYING', 'TRIGGERING_DEPLOYMENT', 'ROLLING_BACK'];
    expect(changing.filter((state) => withoutQueue.has(state))).toEqual([]);
  });

  it('has words for every state', () => {
    expect(promotionStates.map(describeState).filter((words) => words === '' || /[A-Z]_/.test(words))).toEqual([]);
    expect(new Set(promotionStates.map(describeState)).size).toBe(promotionStates.length);
  });
});

describe('a draft', () => {
  it.each(everyPair)('%s → %s: moves exactly when the table allows it', (from, to) => {
    const draft = draftIn(from);
    if (mayFollow(from, to)) {
      draft.moveTo(to, engineActor);
      expect(draft.record.state).toBe(to);
      expect(draft.toTransition(undefined).events.at(-1)).toMatchObject({ type: 'state-changed', data: { from, to } });
    } else {
      expect(() => {
        draft.moveTo(to, engineActor);
      }).toThrow(IllegalTransitionError);
      expect(draft.record.state).toBe(from);
      expect(draft.toTransition(undefined).events).toEqual([]);
    }
  });

  it.each(endStates)('gives up lease and dispatch when it ends as %s', (end) => {
    const from = promotionStates.find((state) => mayFollow(state, end)) ?? 'INITIALIZING';
    const draft = draftIn(from);
    draft.moveTo(end, engineActor);
    expect(draft.toTransition(1)).toMatchObject({ lease: 'release', dueAt: 'never', record: { endedAt: moment } });
  });
});
