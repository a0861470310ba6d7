import { momentWords, parseMoment } from '../../../../cloudrun-ui/web/src/pages/changed/parse-moment.ts';

const now = new Date(2026, 10, 26, 15, 30, 0);
const words = (text: string): string | undefined => {
  const moment = parseMoment(text, now);
  return moment === undefined ? undefined : momentWords(moment, now);
};

describe('a moment that somebody types', () => {
  it.each([
    ['90s', new Date(now.getTime() - 90_000)],
    ['2h', new Date(now.getTime() - 7_200_000)],
    ['14:05', new Date(2026, 10, 26, 14, 5)],
    ['16:00', new Date(2026, 10, 25, 16, 0)],
    ['2026-11-26 14:05', new Date(2026, 10, 26, 14, 5)],
    ['2026-11-20T14:05:30', new Date(2026, 10, 20, 14, 5, 30)],
    ['2026-11-20', new Date(2026, 10, 20)],
  ])('%s is understood', (text, at) => {
    expect(parseMoment(text, now)?.at).toEqual(at);
  });

  it.each(['', 'yesterday', '25:00', '2026-13-01', '2027-01-01', '-2h'])('%p is none that is over', (text) => {
    expect(parseMoment(text, now)).toBeUndefined();
  });

  it('is told with the day that was taken, where only a time was given', () => {
    expect(words('14:05')).toMatch(/^14:05 on Thursday,? 26 November 2026, which is today$/);
    expect(words('16:00')).toMatch(
      /^16:00 on Wednesday,? 25 November 2026, which was yesterday: 16:00 is still to come today$/,
    );
    expect(words('2026-11-20 14:05')).toMatch(/^14:05 on Friday,? 20 November 2026$/);
  });
});
