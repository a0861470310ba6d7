import type { LocalClockOptions, LocalOptions } from '../../../cli/command-context.ts';
import { afterStart } from '../../../scripts/sample-promotion.ts';
import { record } from '../support/recorded-command.ts';

function moving() {
  const asked: Omit<LocalClockOptions, 'context'>[] = [];
  const clock = ({ context: _, ...options }: LocalClockOptions) => {
    asked.push(options);
    return Promise.resolve(0);
  };
  return { asked, local: { clock } };
}

describe('promote local clock', () => {
  it('says what the time is when nothing is asked for', async () => {
    const { asked, local } = moving();
    expect((await record(['local', 'clock', '--json'], { local })).exitCode).toBe(0);
    expect(asked).toEqual([{ isJson: true, advanceSeconds: undefined, until: undefined, reason: undefined }]);
  });

  it('moves it by a span, or to a moment as people type it', async () => {
    const { asked, local } = moving();
    await record(['local', 'clock', '--advance', '24h', '--reason', 'the soak of v2'], { local });
    await record(['local', 'clock', '--until', '2d'], { local });
    expect(asked).toMatchObject([
      { advanceSeconds: 86_400, reason: 'the soak of v2' },
      { until: afterStart(60 + 2 * 86_400) },
    ]);
  });

  it.each([
    [['--advance', '0s'], 'It must be how long, such as 90s, 30m, 24h or 7d.'],
    [['--advance', '-1h'], 'It must be how long'],
    [['--advance', 'tomorrow'], 'It must be how long'],
    [['--until', '2020-01-01'], 'is over already'],
    [['--advance', '1h', '--until', '2h'], 'give --advance or --until, not both'],
  ])('refuses %p', async (words, message) => {
    const { asked, local } = moving();
    const { exitCode, errors } = await record(['local', 'clock', ...words], { local });
    expect([exitCode, asked]).toEqual([2, []]);
    expect(errors).toContain(message);
  });
});

describe('promote local stop', () => {
  it('answers programs, too', async () => {
    const asked: boolean[] = [];
    const stop = ({ isJson }: LocalOptions) => {
      asked.push(isJson);
      return Promise.resolve(0);
    };
    expect((await record(['local', 'stop', '--json'], { local: { stop } })).exitCode).toBe(0);
    await record(['local', 'stop'], { local: { stop } });
    expect(asked).toEqual([true, false]);
  });
});
