import { Moments } from '../../../engine/simulation/moments.ts';

const before = new Date('2026-10-24T12:00:00.000Z');
const read = (text: string, zone = 'Europe/Berlin'): string => new Moments(zone).read(text, before).toISOString();

describe('a moment of a scenario', () => {
  it('is read by the clocks of its zone, unless it says its offset', () => {
    expect(read('2026-12-21T09:00')).toBe('2026-12-21T08:00:00.000Z');
    expect(read('2026-07-21 09:00:30')).toBe('2026-07-21T07:00:30.000Z');
    expect(read('2026-07-21')).toBe('2026-07-20T22:00:00.000Z');
    expect(read('2026-07-21T09:00-04:00')).toBe('2026-07-21T13:00:00.000Z');
    expect(read('2026-07-21T09:00Z')).toBe('2026-07-21T09:00:00.000Z');
    expect(read('2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z');
  });

  it('may be so long after the one before; a day is 24 hours, also when clocks are changed', () => {
    expect(read('+90m')).toBe('2026-10-24T13:30:00.000Z');
    expect(read('+1d')).toBe('2026-10-25T12:00:00.000Z');
    expect(read('+0.5h')).toBe('2026-10-24T12:30:00.000Z');
  });

  it.each([
    ['2026-03-29T02:30', 'the clocks of Europe/Berlin leave 2026-03-29T02:30 out'],
    ['2026-02-30', '2026-02-30 is no moment of the calendar'],
  ])('cannot be %s', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('is told as the clocks of the zone show it', () => {
    const text = (zone: string, at: string): string => new Moments(zone).text(new Date(at));
    expect(text('Europe/Berlin', '2026-12-21T08:00:00Z')).toBe('2026-12-21T09:00:00+01:00');
    expect(text('UTC', '2026-12-21T08:00:00.250Z')).toBe('2026-12-21T08:00:00.250Z');
    expect(text('America/St_Johns', '2026-12-21T08:00:00Z')).toBe('2026-12-21T04:30:00-03:30');
  });
});
