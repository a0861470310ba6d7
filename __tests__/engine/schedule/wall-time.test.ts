import fc from 'fast-check';
import { instantShownAs } from '../../../engine/schedule/wall-time.ts';
import { ZoneClock } from '../../../engine/schedule/zone-clock.ts';

const at = (text: string): number => Date.parse(`${text}Z`);
const shownIn = (zone: string, text: string): string | undefined => {
  const instant = instantShownAs(at(text), new ZoneClock(zone));
  return instant === undefined ? undefined : new Date(instant).toISOString();
};

describe('the instant at which clocks show a time', () => {
  it('is the first of two where they show it twice, and none where they leave it out', () => {
    expect(shownIn('Europe/Berlin', '2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(shownIn('Europe/Berlin', '2026-10-25T03:00')).toBe('2026-10-25T02:00:00.000Z');
    expect(shownIn('Europe/Berlin', '2026-03-29T02:30')).toBeUndefined();
    expect(shownIn('Europe/Berlin', '2026-03-29T03:00')).toBe('2026-03-29T01:00:00.000Z');
    // Clocks that are changed by half an hour.
    expect(shownIn('Australia/Lord_Howe', '2026-04-05T01:45')).toBe('2026-04-04T14:45:00.000Z');
    expect(shownIn('Australia/Lord_Howe', '2026-10-04T02:15')).toBeUndefined();
    expect(shownIn('America/New_York', '2026-11-01T01:30')).toBe('2026-11-01T05:30:00.000Z');
  });

  it('shows that time, whatever the zone and the day', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC');
    const minutes = fc.integer({ min: 0, max: 366 * 24 * 60 });
    fc.assert(
      fc.property(zones, minutes, (zone, minute) => {
        const clock = new ZoneClock(zone);
        const shown = at('2026-01-01T00:00') + minute * 60_000;
        const instant = instantShownAs(shown, clock);
        // An hour is left out once a year.
        if (instant === undefined) expect(instantShownAs(shown + 3_600_000, clock)).toBeDefined();
        else expect(instant + clock.offsetMs(instant)).toBe(shown);
      }),
    );
  });
});
