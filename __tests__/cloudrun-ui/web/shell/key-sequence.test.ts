import { KeySequence } from '../../../../cloudrun-ui/web/src/shell/key-sequence.ts';

describe('keys typed on a page', () => {
  it('go to a place after a g', () => {
    const keys = new KeySequence();
    expect(keys.typed('g', 0)).toEqual({ kind: 'none' });
    expect(keys.typed('h', 900)).toEqual({ kind: 'go', key: 'h' });
  });

  it('mean themselves again when the g was long ago, or has been used', () => {
    const keys = new KeySequence();
    keys.typed('g', 0);
    expect(keys.typed('j', 1001)).toEqual({ kind: 'row', step: 1 });
    keys.typed('g', 2000);
    keys.typed('h', 2100);
    expect(keys.typed('k', 2200)).toEqual({ kind: 'row', step: -1 });
  });

  it('search, explain, and otherwise do nothing', () => {
    const keys = new KeySequence();
    expect(['/', '?', 'x'].map((key) => keys.typed(key, 0).kind)).toEqual(['search', 'help', 'none']);
  });
});
