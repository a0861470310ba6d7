import fc from 'fast-check';
import { formatAge, formatDuration, formatTotal } from '../../cli/format-duration.ts';

const unitMs: Readonly<Record<string, number>> & { readonly d: number } = {
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

function parse(text: string): number {
  const [number = '', unit = ''] = text.split(' ');
  return Number(number) * (unitMs[unit] ?? NaN);
}

/** Nothing that a duration can be, up to thirty years; short ones as often as long ones. */
const anyMs = fc.oneof(...[1000, 100_000, 10_000_000, 1e12].map((max) => fc.double({ min: 1, max, noNaN: true })));

describe('a duration', () => {
  it.each([
    [0, '0 s'],
    [12, '12 ms'],
    [99.6, '0.1 s'],
    [400, '0.4 s'],
    [3100, '3.1 s'],
    [5000, '5.0 s'],
    [9960, '10 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [90_000, '1.5 min'],
    [12 * 60_000, '12 min'],
    [59.7 * 60_000, '1 h'],
    [36 * 3_600_000, '1.5 d'],
    [2 * 86_400_000, '2 d'],
    [400 * 86_400_000, '400 d'],
  ])('of %p ms is %p', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  it('that clocks disagree about is nothing', () => {
    expect(formatDuration(-5000)).toBe('0 s');
    expect(formatDuration(NaN)).toBe('0 s');
  });

  it('has at most two digits, until there are a hundred days', () => {
    fc.assert(
      fc.property(anyMs, (milliseconds) => {
        const digits = formatDuration(milliseconds).replace(/^0\./, '').replaceAll(/\D/g, '');
        return digits.length <= 2 || milliseconds > 99 * unitMs.d;
      }),
    );
  });

  it('read back is what it was, but for the digits left out', () => {
    fc.assert(
      fc.property(anyMs, (milliseconds) => {
        // A tenth of a second is the smallest part of a second that is shown.
        const leftOutMs = milliseconds < 1000 ? 51 : milliseconds * 0.051;
        return Math.abs(parse(formatDuration(milliseconds)) - milliseconds) <= leftOutMs;
      }),
    );
  });

  it('is never shown shorter than a shorter one', () => {
    fc.assert(
      fc.property(anyMs, anyMs, (a, b) => {
        const [shorter, longer] = a < b ? [a, b] : [b, a];
        return parse(formatDuration(shorter)) <= parse(formatDuration(longer));
      }),
    );
  });
});

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
