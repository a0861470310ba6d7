import fc from 'fast-check';
import { describeSeconds } from '../../../engine/contract/describe-seconds.ts';
import { durationSecondsSchema, secondsOf } from '../../../engine/rules/durations.ts';

describe('a duration', () => {
  it.each([
    ['90s', 90],
    ['30m', 1800],
    ['24h', 86_400],
    ['7d', 604_800],
    ['1.5h', 5400],
  ])('written %s is %d seconds', (text, seconds) => {
    expect(secondsOf(text)).toBe(seconds);
  });

  it.each(['24', '24 h', '-1s', 'h', '1w', '1e3s', '', '99999d', -1, Number.NaN, Number.POSITIVE_INFINITY, null, true])(
    'is not %p',
    (value) => {
      expect(durationSecondsSchema.safeParse(value).success).toBe(false);
    },
  );

  it('that is said means what it was', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), (seconds) => {
        expect(secondsOf(describeSeconds(seconds).replace(' ', '').replace('min', 'm'))).toBe(seconds);
      }),
    );
  });

  it('as seconds stays what it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (seconds) => {
        expect(durationSecondsSchema.parse(seconds)).toBe(seconds);
        expect(durationSecondsSchema.parse(`${String(seconds)}s`)).toBe(seconds);
      }),
    );
  });
});
