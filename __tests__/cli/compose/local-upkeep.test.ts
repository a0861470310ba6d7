import { LocalUpkeep } from '../../../cli/compose/local-upkeep.ts';
import { VirtualClock } from '../../../engine/workflow/clock.ts';

describe('what is done now and then', () => {
  it('is done when its time has come, the first time after as long as it says, one run at a time', async () => {
    const clock = new VirtualClock(new Date('2026-11-20T10:00:00.000Z'));
    const done: string[] = [];
    const task = (name: string) => async () => {
      done.push(name);
      if (name === 'fails') throw new Error('not today');
    };
    const upkeep = new LocalUpkeep(clock, [
      { everySeconds: 10, run: task('often') },
      { everySeconds: 10, run: task('fails') },
      { everySeconds: 3600, afterSeconds: 60, run: task('late') },
    ]);
    upkeep.inBackground();
    upkeep.inBackground();
    expect(done).toEqual(['often', 'fails']);
    clock.advance(10);
    upkeep.inBackground();
    expect(done).toEqual(['often', 'fails', 'often', 'fails']);
    clock.advance(50);
    upkeep.inBackground();
    expect(done.slice(4)).toEqual(['often', 'fails', 'late']);
    await upkeep.close();
  });
});
