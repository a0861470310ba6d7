import { factOf, refusal } from '../reading.ts';

const state = { commit: 'a'.repeat(40), branch: 'main', isClean: true, isPushed: false };

describe('the state of a work tree', () => {
  it('is its commit and branch, and whether everything was committed and pushed', async () => {
    expect(await factOf('source', state)).toEqual({ kind: 'source', ...state });
  });

  it.each([
    [{ ...state, commit: 'HEAD' }, 'is no commit'],
    [{ ...state, isClean: 'yes' }, 'isClean'],
    [{ ...state, isPushed: undefined }, 'isPushed'],
    [{ ...state, branch: '' }, 'branch'],
  ])('is refused when a part of it is missing or is something else: %j', async (wrong, why) => {
    expect(await refusal(wrong, { format: 'source' })).toContain(why);
  });
});
