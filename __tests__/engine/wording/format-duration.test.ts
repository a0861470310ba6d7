import fc from 'fast-check';
import { formatDuration } from '../../../engine/wording/format-duration.ts';

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
    [24 * 3_600_000, '24 h'],
    [36 * 3_600_000, '36 h'],
    [47.7 * 3_600_000, '2 d'],
    [60 * 3_600_000, '2.5 d'],
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

  it.each([
    [86_399_000, 'down', '23 h'],
    [899_900, 'down', '14 min'],
    [1100, 'down', '1.1 s'],
    [3_601_000, 'up', '1.1 h'],
    [1100, 'up', '1.1 s'],
    [59_100, 'up', '1 min'],
  ] as const)('of %p ms that misses a bound is rounded %s, to %p', (milliseconds, rounding, text) => {
    expect(formatDuration(milliseconds, rounding)).toBe(text);
  });

  it('that misses a bound is never shown beyond what it is', () => {
    fc.assert(
      fc.property(anyMs, (milliseconds) => {
        fc.pre(milliseconds >= 1000);
        const [down, up] = [parse(formatDuration(milliseconds, 'down')), parse(formatDuration(milliseconds, 'up'))];
        return down <= milliseconds + 0.001 && (up >= milliseconds - 0.001 || milliseconds > 99 * unitMs.d);
      }),
    );
  });
});
