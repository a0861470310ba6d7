import { shortened } from '../../../engine/wording/shortened.ts';

describe('a text of any length', () => {
  it('is left as it is up to 160 characters', () => {
    expect(shortened('x'.repeat(160))).toBe('x'.repeat(160));
    expect(shortened('😀'.repeat(80))).toBe('😀'.repeat(80));
  });

  it('is cut before it, and no character in two', () => {
    expect(shortened('x'.repeat(161))).toBe(`${'x'.repeat(159)}…`);
    expect(shortened('😀'.repeat(2_000))).toBe(`${'😀'.repeat(79)}…`);
  });
});
