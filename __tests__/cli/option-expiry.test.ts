import fc from 'fast-check';
import { expiry } from '../../cli/option-expiry.ts';

const now = new Date('2026-11-20T10:00:00.000Z');

describe('the end of something', () => {
  it.each([
    ['30m', '2026-11-20T10:30:00.000Z'],
    ['12h', '2026-11-20T22:00:00.000Z'],
    ['30d', '2026-12-20T10:00:00.000Z'],
    ['2w', '2026-12-04T10:00:00.000Z'],
    ['2026-11-20', '2026-11-21T00:00:00.000Z'],
    ['2026-12-31', '2027-01-01T00:00:00.000Z'],
    ['2026-12-31T18:00Z', '2026-12-31T18:00:00.000Z'],
    ['2026-12-31T18:00:00+01:00', '2026-12-31T17:00:00.000Z'],
  ])('is read: %s', (text, expected) => {
    expect(expiry(text, now).toISOString()).toBe(expected);
  });

  it.each([
    '',
    'tomorrow',
    '30',
    '30 years',
    '2026-06-31',
    '2026-13-01',
    '2026-12-31T18:00',
    '-3d',
    '0d',
    '2026-11-19',
    '1970-01-01T00:00Z',
  ])('is refused: %j', (text) => {
    expect(() => expiry(text, now)).toThrow(/^It must be/);
  });

  it('always lies in the future', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), fc.constantFrom('m', 'h', 'd', 'w'), (count, unit) => {
        expect(expiry(`${String(count)}${unit}`, now) > now).toBe(true);
      }),
    );
  });
});
