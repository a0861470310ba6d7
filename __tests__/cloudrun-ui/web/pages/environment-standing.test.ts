import {
  closureOf,
  healthOf,
  standingOfEnvironment,
} from '../../../../cloudrun-ui/web/src/pages/pipelines/environment-standing.ts';
import { hold, stateOf } from './matrix-fixture.ts';

const state = stateOf('shop', 'prod');
const observed = (health: 'healthy' | 'sick' | 'unknown', trouble: string | null, drift: string | null) => {
  return { ...state, observed: { at: '2030-01-01T00:00:00Z', health, trouble, drift } };
};

describe('an environment of a pipeline', () => {
  it('says what runs there, and whether that is good', () => {
    expect(standingOfEnvironment(state)).toEqual({ kind: 'promoted', words: 'v1' });
    expect(standingOfEnvironment({ ...state, verifiedAt: null })).toEqual({
      kind: 'waiting',
      words: 'v1, not verified',
    });
    expect(standingOfEnvironment({ ...state, isBad: true })).toEqual({ kind: 'failed', words: 'v1, marked bad' });
    expect(standingOfEnvironment(null).kind).toBe('idle');
  });

  it('says how it is and whether something else runs, where somebody has looked', () => {
    expect(healthOf(state)).toBeUndefined();
    expect(healthOf(observed('healthy', null, null))).toEqual({ kind: 'promoted', words: 'healthy' });
    expect(healthOf(observed('sick', 'api: 503', 'api runs v0'))).toEqual({
      kind: 'failed',
      words: 'sick',
      trouble: 'api: 503',
      drift: 'api runs v0',
    });
    expect(healthOf(observed('unknown', 'no answer', null))?.kind).toBe('idle');
  });

  it('says what keeps it closed', () => {
    const closures = [hold('shop', 'dev'), hold('shop', '*')];
    expect(closureOf({ closures }, 'prod')).toBe(closures[1]);
    expect(closureOf({ closures: closures.slice(0, 1) }, 'prod')).toBeUndefined();
  });
});
