import { spanOf } from '../../../../cloudrun-ui/web/src/pages/audit/report-days.ts';
import { beginningOf, dayOf, endOf, isDay } from '../../../../cloudrun-ui/web/src/time/calendar-days.ts';

const now = new Date(2026, 10, 27, 9, 30);

describe('the days of a compliance report', () => {
  it('are thirty up to today where none is named', () => {
    expect(spanOf({}, now)).toEqual({ since: '2026-10-28', until: '2026-11-27' });
    expect(spanOf({ until: '2026-03-01' }, now)).toEqual({ since: '2026-01-30', until: '2026-03-01' });
    expect(spanOf({ since: '2026-11-01' }, now)).toEqual({ since: '2026-11-01', until: '2026-11-27' });
  });

  it('begin and end where this reader’s calendar has them', () => {
    expect(beginningOf('2026-11-27')).toEqual(new Date(2026, 10, 27));
    expect(endOf('2026-11-30')).toEqual(new Date(2026, 11, 1));
    expect(dayOf(new Date(2026, 0, 5))).toBe('2026-01-05');
  });

  it.each([
    ['2026-11-27', true],
    ['2026-13-01', false],
    ['27.11.2026', false],
    [20261127, false],
  ])('%p is a day: %p', (value, expected) => {
    expect(isDay(value)).toBe(expected);
  });
});
