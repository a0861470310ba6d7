import fc from 'fast-check';
import { formatDuration } from '../../../../cloudrun-ui/web/src/time/format-duration.ts';
import { relativeTo } from '../../../../cloudrun-ui/web/src/time/relative-to.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('a length of time on a page', () => {
  it.each([
    [-5, '0 ms'],
    [0, '0 ms'],
    [99, '99 ms'],
    [99.6, '0.1 s'],
    [3_140, '3.1 s'],
    [9_960, '10 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [12 * minute, '12 min'],
    [hour, '1 h'],
    [2 * hour + 5 * minute, '2 h 5 min'],
    [25 * hour, '25 h'],
    [2 * day, '2 d'],
    [400 * day, '400 d'],
  ])('%d ms is "%s"', (ms, said) => {
    expect(formatDuration(ms)).toBe(said);
  });

  it('never gets shorter in what is said while it gets longer', () => {
    const inMs = (said: string): number =>
      said
        .split(/(?<=[a-z]) /)
        .map((part) => {
          const [count = '', unit = ''] = part.split(' ');
          return Number(count) * { ms: 1, s: second, min: minute, h: hour, d: day }[unit as 'ms'];
        })
        .reduce((sum, each) => sum + each, 0);
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 400 * day, noNaN: true }),
        fc.double({ min: 1, max: 2, noNaN: true }),
        (ms, factor) => {
          expect(inMs(formatDuration(ms * factor))).toBeGreaterThanOrEqual(inMs(formatDuration(ms)));
        },
      ),
    );
  });
});

describe('an instant on a page', () => {
  const now = new Date('2030-01-01T12:00:00Z');
  it.each([
    ['2030-01-01T11:48:00Z', '12 min ago'],
    ['2030-01-01T14:05:00Z', 'in 2 h 5 min'],
    ['2030-01-01T12:00:00.400Z', 'just now'],
  ])('%s is "%s"', (at, said) => {
    expect(relativeTo(now, new Date(at))).toBe(said);
  });
});
