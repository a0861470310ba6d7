import { comingInstant, dayTaken, pastInstant, plannedInstant } from '../../cli/option-instants.ts';

const now = new Date(2026, 10, 26, 15, 30, 0);

describe('a moment as people type it', () => {
  it.each([
    ['90s', new Date(now.getTime() - 90_000)],
    ['1.5h', new Date(now.getTime() - 5_400_000)],
    ['7d', new Date(now.getTime() - 7 * 86_400_000)],
    ['14:05', new Date(2026, 10, 26, 14, 5, 0)],
    ['15:30', now],
    ['2026-11-26T14:05', new Date(2026, 10, 26, 14, 5, 0)],
    ['2026-11-26 14:05:30', new Date(2026, 10, 26, 14, 5, 30)],
    ['2026-11-26', new Date(2026, 10, 26)],
    ['2026-11-25T14:05:00Z', new Date('2026-11-25T14:05:00Z')],
    ['2026-11-25T14:05+02:00', new Date('2026-11-25T12:05:00Z')],
  ])('takes %s', (text, expected) => {
    expect(pastInstant(text, now)).toEqual(expected);
  });

  it('takes a time that has not come yet today as that of yesterday', () => {
    expect(pastInstant('16:00', now)).toEqual(new Date(2026, 10, 25, 16, 0, 0));
  });

  it.each([
    ['14:05', 'today, 2026-11-26'],
    [' 16:00 ', 'yesterday, 2026-11-25, since 16:00 is still to come today'],
    ['2h', undefined],
    ['2026-11-26T14:05', undefined],
  ])('knows which day it took %p for: %s', (text, day) => {
    expect(dayTaken(text, pastInstant(text, now), now)).toBe(day);
  });

  it.each(['', 'yesterday', '2x', '25:00', '14:60', '2026-13-01', '-2h', '2h ago', '1e3h'])('refuses %p', (text) => {
    expect(() => pastInstant(text, now)).toThrow('it must be how long ago (2h, 30m, 7d)');
  });

  it('refuses what has not come yet', () => {
    expect(() => pastInstant('2027-01-01', now)).toThrow('2027-01-01 lies in the future');
  });
});

describe('a moment ahead as people type it', () => {
  it.each([
    ['2h', new Date(now.getTime() + 7_200_000)],
    ['16:00', new Date(2026, 10, 26, 16, 0, 0)],
    ['15:30', new Date(2026, 10, 27, 15, 30, 0)],
    ['2026-12-20', new Date(2026, 11, 20)],
    ['2026-12-20T18:00+01:00', new Date('2026-12-20T17:00:00Z')],
  ])('takes %s', (text, expected) => {
    expect(comingInstant(text, now)).toEqual(expected);
  });

  it('refuses what is over, unless it may be', () => {
    expect(() => comingInstant('2026-11-25', now)).toThrow('2026-11-25 is over already');
    expect(plannedInstant('2026-11-25', now)).toEqual(new Date(2026, 10, 25));
  });

  it.each(['tomorrow', '24:00', '999999999999999d'])('refuses %p', (text) => {
    expect(() => comingInstant(text, now)).toThrow('it must be how long from now (2h, 30m, 7d)');
  });
});
