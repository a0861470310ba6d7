import { Heartbeat } from '../../cli/heartbeat.ts';
import { afterStart } from '../../scripts/sample-promotion.ts';

/** The seconds at which it is said, looking once a second. */
function saidAt(seconds: number, beat: Heartbeat): readonly number[] {
  return Array.from({ length: seconds }, (_, index) => index + 1).filter((second) => beat.isDue(afterStart(second)));
}

describe('a sign of life where no line moves', () => {
  it('is given soon, and then after pauses that double', () => {
    expect(saidAt(100, new Heartbeat(afterStart(0), 10_000))).toEqual([10, 30, 70]);
  });

  it('waits anew when something else was said', () => {
    const beat = new Heartbeat(afterStart(0), 10_000);
    saidAt(30, beat);
    beat.rest(afterStart(35));
    expect([44, 45].map((second) => beat.isDue(afterStart(second)))).toEqual([false, true]);
  });

  it('never keeps silent for more than ten minutes', () => {
    const said = saidAt(4000, new Heartbeat(afterStart(0), 10_000));
    const pauses = said.map((second, index) => second - (said[index - 1] ?? 0));
    expect(Math.max(...pauses)).toBe(600);
  });
});
