import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { LocalClock } from '../../../cli/compose/local-clock.ts';
import { LocalClockMover, stepOf } from '../../../cli/compose/local-clock-mover.ts';
import { LocalFolders } from '../../../cli/compose/local-folders.ts';

let folders: LocalFolders;
beforeEach(async () => {
  folders = new LocalFolders(await mkdtemp(join(tmpdir(), 'clock-mover-')));
});
afterEach(async () => {
  await rm(folders.root, { recursive: true, force: true });
});

describe('moving the clock', () => {
  it('goes all the way, has every step looked at by the new time, and never further', async () => {
    const clock = new LocalClock(folders);
    const looks: { readonly seconds: number; readonly at: number }[] = [];
    const world = {
      async passTime(seconds: number) {
        looks.push({ seconds, at: clock.aheadSeconds });
      },
    };
    await clock.write({ aheadSeconds: 10, towardSeconds: 10 + 7300 });
    const mover = new LocalClockMover(clock, world);
    while (await mover.step());
    expect(clock.read()).toEqual({ aheadSeconds: 7310, towardSeconds: 7310 });
    expect(looks.reduce((sum, { seconds }) => sum + seconds, 0)).toBeCloseTo(7300);
    let ahead = 10;
    for (const look of looks) expect(look.at).toBeCloseTo((ahead += look.seconds));
    // Gates want to know the last hour to within a few seconds.
    expect(looks.filter(({ at }) => at > 7310 - 3600).every(({ seconds }) => seconds <= 20)).toBe(true);
  });

  it('goes on from wherever a process that ended in the middle left it', async () => {
    const clock = new LocalClock(folders);
    await clock.write({ aheadSeconds: 30, towardSeconds: 50 });
    const mover = new LocalClockMover(clock, { passTime: () => Promise.resolve() });
    mover.start(() => undefined);
    while (clock.read().aheadSeconds < 50) await new Promise((resolve) => setTimeout(resolve, 5));
    await mover.stop();
    expect(clock.aheadSeconds).toBe(50);
  });

  it('takes steps that add up to the way, whatever its length', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 31 * 86_400, noNaN: true }), (way) => {
        let left = way;
        let steps = 0;
        for (; left > 0 && steps < 10_000; steps += 1) {
          const step = stepOf(left);
          if (!(step > 0 && step <= left)) throw new Error(`a step of ${String(step)} on a way of ${String(left)}`);
          left -= step;
        }
        expect(left).toBe(0);
      }),
    );
  });
});
