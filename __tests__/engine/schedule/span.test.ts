import fc from 'fast-check';
import { weekdays } from '../../../engine/rules/window-schema.ts';
import { OnceSpan, Spans } from '../../../engine/schedule/span.ts';
import { minutesNamed, WallClock } from './wall-clock.ts';

const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Africa/Cairo', 'UTC'];
const year = new Date('2026-01-01T00:00:00.000Z');
const twoDigits = (number: number): string => String(number).padStart(2, '0');
const time = (minute: number): string => `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
/** Most times are where clocks are changed somewhere. */
const minute = fc.oneof(
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 4 * 60 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 1439 }) },
);
const weekly = fc
  .record({
    days: fc.subarray([...weekdays], { minLength: 1 }),
    from: minute,
    to: fc.oneof(minute, fc.constant(1440)),
  })
  .filter(({ from, to }) => from !== to)
  .map((span) => ({ kind: 'weekly' as const, ...span, from: time(span.from), to: time(span.to) }));

describe('a weekly span', () => {
  it.each(zones)('is what a clock on a wall in the zone %s shows, for every minute of a year', (timeZone) => {
    const clock = new WallClock(timeZone, year, 366);
    const spans = new Spans();
    fc.assert(
      fc.property(weekly, (setting) => {
        const named = minutesNamed(setting);
        const span = spans.of({ ...setting, timeZone });
        let change: number | undefined;
        let isIn = false;
        for (let at = 0; at < clock.minutes; at += 1) {
          const instant = clock.instant(at);
          const expected = named[clock.shows(at)] === 1;
          if (at === 0 || instant === change) {
            isIn = at === 0 ? expected : !isIn;
            change = span.nextChange(instant);
          }
          if (isIn !== expected || span.contains(instant) !== expected) {
            throw new Error(`${new Date(instant).toISOString()} is ${expected ? '' : 'not '}in it`);
          }
        }
      }),
      { numRuns: 3 },
    );
  });

  const changesOf = (setting: Parameters<Spans['of']>[0], from: string, to: string): readonly string[] => {
    const span = new Spans().of(setting);
    const changes: string[] = [];
    for (
      let at = span.nextChange(Date.parse(from));
      at !== undefined && at < Date.parse(to);
      at = span.nextChange(at)
    ) {
      changes.push(new Date(at).toISOString());
    }
    return changes;
  };
  const berlin = { kind: 'weekly', days: ['sunday'], timeZone: 'Europe/Berlin' } as const;

  it('begins where the clock is put forward when it would begin in the hour that is left out', () => {
    expect(
      changesOf({ ...berlin, from: '02:30', to: '04:00' }, '2026-03-29T00:00:00Z', '2026-03-29T12:00:00Z'),
    ).toEqual(['2026-03-29T01:00:00.000Z', '2026-03-29T02:00:00.000Z']);
  });

  it('is passed over when all of it is left out', () => {
    expect(
      changesOf({ ...berlin, from: '02:10', to: '02:50' }, '2026-03-25T00:00:00Z', '2026-04-06T00:00:00Z'),
    ).toEqual(['2026-04-05T00:10:00.000Z', '2026-04-05T00:50:00.000Z']);
  });

  it('counts the hour twice that clocks show twice', () => {
    expect(
      changesOf({ ...berlin, from: '02:00', to: '03:00' }, '2026-10-25T00:00:00Z', '2026-10-25T12:00:00Z').at(-1),
    ).toBe('2026-10-25T02:00:00.000Z');
    expect(
      changesOf({ ...berlin, from: '01:00', to: '02:30' }, '2026-10-24T20:00:00Z', '2026-10-25T12:00:00Z'),
    ).toEqual([
      '2026-10-24T23:00:00.000Z',
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:00:00.000Z',
      '2026-10-25T01:30:00.000Z',
    ]);
  });

  it('goes over midnight into the day behind, which need not be listed', () => {
    expect(
      changesOf(
        { ...berlin, days: ['friday'], from: '22:00', to: '02:00' },
        '2026-06-05T00:00:00Z',
        '2026-06-08T00:00:00Z',
      ),
    ).toEqual(['2026-06-05T20:00:00.000Z', '2026-06-06T00:00:00.000Z']);
  });

  it('joins days that end at 24:00 with those behind them, and all days never change', () => {
    const weekend = { ...berlin, days: ['saturday', 'sunday'], from: '00:00', to: '24:00' } as const;
    expect(changesOf(weekend, '2026-06-05T00:00:00Z', '2026-06-10T00:00:00Z')).toEqual([
      '2026-06-05T22:00:00.000Z',
      '2026-06-07T22:00:00.000Z',
    ]);
    const always = new Spans().of({ ...berlin, days: [...weekdays], from: '00:00', to: '24:00' });
    expect(always.nextChange(Date.parse('2026-03-01T00:00:00Z'))).toBeUndefined();
  });

  it('has no end of its days where a day is left out of the calendar altogether', () => {
    // Samoa went from Thursday 29 December 2011 to Saturday the 31st.
    const friday = { ...berlin, days: ['friday'], from: '00:00', to: '24:00', timeZone: 'Pacific/Apia' } as const;
    expect(changesOf(friday, '2011-12-24T12:00:00Z', '2012-01-08T00:00:00Z')).toEqual([
      '2012-01-05T10:00:00.000Z',
      '2012-01-06T10:00:00.000Z',
    ]);
  });
});

describe('a span that is once', () => {
  const [from, to] = [new Date('2026-12-20T18:00:00+01:00'), new Date('2027-01-04T08:00:00+01:00')];

  it('contains its beginning and not its end', () => {
    const span = new OnceSpan(from, to);
    expect([from.getTime() - 1, from.getTime(), to.getTime() - 1, to.getTime()].map((at) => span.contains(at))).toEqual(
      [false, true, true, false],
    );
    expect([span.nextChange(0), span.nextChange(from.getTime()), span.nextChange(to.getTime())]).toEqual([
      from.getTime(),
      to.getTime(),
      undefined,
    ]);
  });

  it('never ends when it has no end', () => {
    const span = new OnceSpan(from, undefined);
    expect([span.contains(Date.parse('2099-01-01')), span.nextChange(from.getTime())]).toEqual([true, undefined]);
  });
});
