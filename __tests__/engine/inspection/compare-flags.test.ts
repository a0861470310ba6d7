import type { Flag } from '../../../engine/flags/flag-store.ts';
import { compareFlags, sameFlags } from '../../../engine/inspection/compare-flags.ts';

const flag = (key: string, isEnabled: boolean, percentage = 100): Flag => ({
  key,
  description: key,
  defaultEnabled: false,
  isEnabled,
  percentage,
});
const set = (...flags: readonly Flag[]) => ({ revision: 'r', flags });

describe('flags of two environments', () => {
  it('differ where they are on and off, where they reach other shares, and where one has none', () => {
    const from = set(flag('same', true, 10), flag('on', true), flag('share', true, 50), flag('only-here', false));
    const to = set(flag('only-there', true), flag('share', true, 5), flag('on', false), flag('same', true, 10));
    expect(compareFlags(from, to)).toEqual([
      { key: 'on', from: { isEnabled: true, percentage: 100 }, to: { isEnabled: false, percentage: 100 } },
      { key: 'only-here', from: { isEnabled: false, percentage: 100 }, to: undefined },
      { key: 'only-there', from: undefined, to: { isEnabled: true, percentage: 100 } },
      { key: 'share', from: { isEnabled: true, percentage: 50 }, to: { isEnabled: true, percentage: 5 } },
    ]);
  });

  it('are the same where they are on for the same share', () => {
    const from = set(flag('z', false, 0), flag('a', true, 10), flag('share', true, 50));
    const to = set(flag('a', true, 10), flag('share', true, 5), flag('z', false, 0));
    expect(sameFlags(from, to)).toEqual([
      { key: 'a', isEnabled: true, percentage: 10 },
      { key: 'z', isEnabled: false, percentage: 0 },
    ]);
  });

  it('do not differ by their order', () => {
    expect(compareFlags(set(flag('a', true), flag('b', false)), set(flag('b', false), flag('a', true)))).toEqual([]);
  });
});
