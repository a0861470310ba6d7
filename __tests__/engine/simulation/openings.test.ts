import fc from 'fast-check';
import { openingsBetween } from '../../../engine/simulation/openings.ts';
import type { Window } from '../../../engine/rules/window-schema.ts';
import { Calendar } from '../../../engine/schedule/calendar.ts';
import { nothingDeclared } from '../../../engine/schedule/schedule.ts';

const minuteMs = 60_000;
const calendarOf = (windows: readonly Window[]): Calendar =>
  new Calendar({ windows, freezes: [], hold: undefined }, nothingDeclared);
const weekly = (from: string, to: string, timeZone: string): Window => ({
  kind: 'weekly',
  days: ['monday', 'thursday', 'sunday'],
  from,
  to,
  timeZone,
});

describe('the openings between two moments', () => {
  it('are the minutes at which the path is open, each in exactly one, around changes of clocks, too', () => {
    const time = fc
      .integer({ min: 0, max: 47 })
      .map((half) => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`);
    const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe');
    const starts = fc.constantFrom('2026-03-06T00:00Z', '2026-03-27T00:00Z', '2026-04-03T00:00Z', '2026-10-23T00:00Z');
    fc.assert(
      fc.property(time, time, zone, starts, (from, to, timeZone, start) => {
        fc.pre(from !== to);
        const calendar = calendarOf([weekly(from, to, timeZone)]);
        const [since, until] = [new Date(start), new Date(Date.parse(start) + 6 * 86_400_000)];
        const openings = openingsBetween(calendar, since, until);
        for (let at = since.getTime(); at < until.getTime(); at += 15 * minuteMs) {
          const holding = openings.filter((opening) => opening.from.getTime() <= at && at < opening.to.getTime());
          expect(holding).toHaveLength(calendar.judge(new Date(at)).isOpen ? 1 : 0);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('are one when the path is always open, and none when it never is', () => {
    const [since, until] = [new Date('2026-01-01T00:00Z'), new Date('2026-02-01T00:00Z')];
    expect(openingsBetween(calendarOf([]), since, until)).toEqual([{ from: since, to: until }]);
    const over: Window = { kind: 'once', from: '2025-01-01T00:00:00Z', to: '2025-01-02T00:00:00Z' };
    expect(openingsBetween(calendarOf([over]), since, until)).toEqual([]);
  });
});
