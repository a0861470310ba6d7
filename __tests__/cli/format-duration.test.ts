import { formatAge, formatTotal } from '../../cli/format-duration.ts';

describe('a total', () => {
  it.each([
    [10_600, '10.6 s'],
    [9_940, '9.9 s'],
    [59_970, '1 min'],
    [720_000, '12 min'],
  ])('of %p ms is %p', (milliseconds, text) => {
    expect(formatTotal(milliseconds)).toBe(text);
  });
});

describe('an age', () => {
  const now = new Date('2026-11-21T14:00:00Z');
  it('looks back, forward, or at now', () => {
    expect(formatAge(new Date('2026-11-21T13:48:00Z'), now)).toBe('12 min ago');
    expect(formatAge(new Date('2026-11-21T14:05:00Z'), now)).toBe('in 5 min');
    expect(formatAge(now, now)).toBe('now');
  });
});
