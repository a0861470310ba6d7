import fc from 'fast-check';
import { weekdays, type Window } from '../../../engine/rules/window-schema.ts';
import { Calendar } from '../../../engine/schedule/calendar.ts';
import { nothingDeclared, ordinaryPassage, type Passage, type Schedule } from '../../../engine/schedule/schedule.ts';
import type { Spans } from '../../../engine/schedule/span.ts';
import { minutesNamed, WallClock } from './wall-clock.ts';

const year = new Date('2026-01-01T00:00:00.000Z');
const days = 365;
const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'];
const clocks = new Map(zones.map((zone) => [zone, new WallClock(zone, year, days)]));
const minutes = days * 24 * 60;
const instant = (minute: number): Date => new Date(year.getTime() + minute * 60_000);

const twoDigits = (number: number): string => String(number).padStart(2, '0');
const time = (minute: number): string => `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
const weekly = fc
  .record({
    days: fc.subarray([...weekdays], { minLength: 1 }),
    from: fc.integer({ min: 0, max: 1439 }),
    to: fc.integer({ min: 0, max: 1440 }),
    timeZone: fc.constantFrom(...zones),
  })
  .filter(({ from, to }) => from !== to)
  .map((span) => ({ kind: 'weekly' as const, ...span, from: time(span.from), to: time(span.to) }));
/** In minutes of the year. */
const stretch = fc
  .tuple(fc.integer({ min: 0, max: minutes - 2 }), fc.integer({ min: 1, max: 30 * 24 * 60 }))
  .map(([from, length]) => ({ from, to: Math.min(minutes, from + length) }));
const once = stretch.map(({ from, to }) => ({
  kind: 'once' as const,
  from: instant(from).toISOString(),
  to: instant(to).toISOString(),
}));
const span = fc.oneof(weekly, once);
const freeze = fc.record({ span, exceptHotfix: fc.boolean(), overridable: fc.boolean() }).map((each) => ({
  ...each.span,
  name: 'freeze',
  reason: 'because',
  origin: 'rules' as const,
  exceptHotfix: each.exceptHotfix,
  overridable: each.overridable,
}));
const declared = fc
  .record({ span: stretch, exceptHotfix: fc.boolean() })
  .map(({ span: { from, to }, exceptHotfix }) => ({
    id: 'id',
    name: 'declared',
    application: '*',
    environment: 'production',
    reason: 'because',
    from: instant(from),
    to: instant(to),
    exceptHotfix,
    declaredBy: 'olga',
    declaredAt: year,
  }));
const hold = stretch.map(({ from, to }) => ({
  application: 'shop',
  environment: 'production',
  reason: 'because',
  heldBy: 'olga',
  since: instant(from),
  until: instant(to),
}));
const world = fc.record({
  windows: fc.array(span, { maxLength: 3 }),
  freezes: fc.array(freeze, { maxLength: 3 }),
  declared: fc.array(declared, { maxLength: 2 }),
  holds: fc.array(hold, { maxLength: 2 }),
  passage: fc.record({ isHotfix: fc.boolean(), overridesFreezes: fc.boolean() }),
});

type Marked = Parameters<Spans['of']>[0];

/** 1 for every minute of the year that is in a span. */
function mark(each: Marked): Uint8Array {
  const marks = new Uint8Array(minutes);
  if (each.kind === 'once') {
    const minuteOf = (text: string): number => (Date.parse(text) - year.getTime()) / 60_000;
    return marks.fill(1, minuteOf(each.from), minuteOf(each.to));
  }
  const clock = clocks.get(each.timeZone);
  const named = minutesNamed(each);
  for (let at = 0; at < minutes; at += 1) marks[at] = named[clock?.shows(at) ?? 0] ?? 0;
  return marks;
}

/** For every minute, the first one after it at which the value is another. */
function nextChanges(values: Uint8Array): Int32Array {
  const next = new Int32Array(values.length).fill(values.length);
  for (let at = values.length - 2; at >= 0; at -= 1) {
    next[at] = values[at] === values[at + 1] ? (next[at + 1] ?? 0) : at + 1;
  }
  return next;
}

const dates = (from: Date, to: Date): Marked => ({ kind: 'once', from: from.toISOString(), to: to.toISOString() });

describe('the calendar', () => {
  it('opens and closes as counting every minute of a year says, in every zone and for every passage', () => {
    fc.assert(
      fc.property(
        world,
        fc.array(fc.integer({ min: 0, max: minutes - 1 }), { minLength: 20, maxLength: 20 }),
        (given, looks) => {
          const { passage } = given;
          const windows = passage.isHotfix ? [] : given.windows.map(mark);
          const obstacles = [
            ...given.freezes
              .filter((each) => !(passage.isHotfix && each.exceptHotfix))
              .filter((each) => !(passage.overridesFreezes && each.overridable))
              .map(mark),
            ...given.declared
              .filter((each) => !(passage.isHotfix && each.exceptHotfix) && !passage.overridesFreezes)
              .map(({ from, to }) => mark(dates(from, to))),
            ...given.holds.map(({ since, until }) => mark(dates(since, until))),
          ];
          const open = new Uint8Array(minutes).map((_, at) => {
            const isInWindow = windows.length === 0 || windows.some((marks) => marks[at] === 1);
            return isInWindow && obstacles.every((marks) => marks[at] === 0) ? 1 : 0;
          });
          const changes = nextChanges(open);
          const calendar = new Calendar(
            { windows: given.windows, freezes: given.freezes, hold: undefined },
            { holds: given.holds, freezes: given.declared },
            passage,
          );
          for (const at of looks) {
            const openness = calendar.judge(instant(at));
            expect(openness.isOpen).toBe(open[at] === 1);
            const next = changes[at] ?? minutes;
            const told = openness.isOpen ? calendar.closesAt(instant(at)) : openness.opensAt;
            if (next < minutes) expect(told).toEqual(instant(next));
            else expect(told === undefined || told >= instant(minutes)).toBe(true);
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  const tuesdays: Window = { kind: 'weekly', days: ['tuesday'], from: '09:00', to: '12:00', timeZone: 'UTC' };
  const schedule = (more: Partial<Schedule>): Schedule => ({ windows: [], freezes: [], hold: undefined, ...more });
  const christmas = {
    kind: 'once',
    name: 'year end',
    reason: 'nobody is there',
    from: '2026-12-20T18:00:00+01:00',
    to: '2027-01-04T08:00:00+01:00',
    exceptHotfix: true,
    overridable: true,
    origin: 'rules',
  } as const;
  const inFreeze = new Date('2026-12-24T12:00:00Z');
  const isOpen = (given: Schedule, passage: Partial<Passage>): boolean =>
    new Calendar(given, nothingDeclared, { ...ordinaryPassage, ...passage }).judge(inFreeze).isOpen;

  it('says everything that closes it, and opens when the last of it is over', () => {
    const calendar = new Calendar(
      schedule({
        freezes: [christmas],
        windows: [{ kind: 'weekly', days: ['tuesday'], from: '09:00', to: '12:00', timeZone: 'Europe/Berlin' }],
      }),
      {
        freezes: [],
        holds: [
          {
            application: 'shop',
            environment: 'production',
            reason: 'an incident',
            heldBy: 'olga',
            since: new Date('2026-12-23T00:00:00Z'),
            until: new Date('2026-12-25T00:00:00Z'),
          },
        ],
      },
    );
    expect(calendar.judge(inFreeze)).toMatchObject({
      isOpen: false,
      because: [
        { kind: 'hold', reason: 'an incident', until: new Date('2026-12-25T00:00:00Z') },
        { kind: 'freeze', name: 'year end', origin: 'rules', until: new Date('2027-01-04T07:00:00Z') },
        { kind: 'window', until: new Date('2026-12-29T08:00:00Z') },
      ],
      opensAt: new Date('2027-01-05T08:00:00Z'),
    });
  });

  it('lets the hotfix lane through freezes that except it, and through windows', () => {
    expect(isOpen(schedule({ freezes: [christmas], windows: [tuesdays] }), { isHotfix: true })).toBe(true);
    expect(isOpen(schedule({ freezes: [{ ...christmas, exceptHotfix: false }] }), { isHotfix: true })).toBe(false);
  });

  it('lets an override through freezes that may be overridden, never through a hold or a window', () => {
    const passage = { overridesFreezes: true };
    expect(isOpen(schedule({ freezes: [christmas] }), passage)).toBe(true);
    expect(isOpen(schedule({ freezes: [{ ...christmas, overridable: false }] }), passage)).toBe(false);
    expect(isOpen(schedule({ freezes: [christmas], hold: { reason: 'pinned' } }), passage)).toBe(false);
    expect(isOpen(schedule({ windows: [tuesdays] }), passage)).toBe(false);
  });

  it('knows that a hold without an end, and a window that a freeze always covers, never open by themselves', () => {
    const held = new Calendar(schedule({ hold: { reason: 'pinned' } }), nothingDeclared);
    expect(held.judge(inFreeze)).toMatchObject({ isOpen: false, opensAt: undefined });
    const weekly = { kind: 'weekly' as const, days: ['friday' as const], timeZone: 'Europe/Berlin' };
    const covered = new Calendar(
      schedule({
        windows: [{ ...weekly, from: '09:00', to: '12:00' }],
        freezes: [
          {
            ...weekly,
            from: '08:00',
            to: '13:00',
            name: 'fridays',
            reason: 'no',
            exceptHotfix: true,
            overridable: true,
            origin: 'environment',
          },
        ],
      }),
      nothingDeclared,
    );
    expect(covered.judge(inFreeze)).toMatchObject({ isOpen: false, opensAt: undefined });
  });
});
