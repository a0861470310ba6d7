import type { LoggedEvent } from '../../../engine/log-events/event-log.ts';
import { Tick, type TickTask } from '../../../engine/log-events/tick.ts';
import { VirtualClock } from '../../../engine/workflow/clock.ts';

const clock = new VirtualClock(new Date('2026-11-20T10:00:00.000Z'));
let events: LoggedEvent[];
beforeEach(() => {
  events = [];
});

const run = (tasks: readonly TickTask[]) =>
  new Tick(tasks, { write: async (more) => void events.push(...more) }, clock).run();

describe('a tick', () => {
  it('says that it ran, for how long, and what it did', async () => {
    const slow: TickTask = {
      name: 'slow',
      run: async () => {
        clock.advance(2.5);
      },
    };
    await run([slow, slow]);
    expect(events).toMatchObject([
      {
        event: 'tick',
        message: 'tick: 2 tasks',
        fields: { tasks: 2, failedTasks: 0, failures: '', durationSeconds: 5 },
      },
    ]);
  });

  it('runs every task also when one fails, says which, and fails itself', async () => {
    const ran: string[] = [];
    const task = (name: string, error?: string): TickTask => ({
      name,
      run: async () => {
        ran.push(name);
        if (error !== undefined) throw new Error(error);
      },
    });
    const ticking = run([task('hand out', 'postgres://paula:hunter2@db/x refused'), task('tell')]);
    await expect(ticking).rejects.toThrow('hand out: postgres://');
    expect(ran).toEqual(['hand out', 'tell']);
    expect(events).toMatchObject([{ message: 'tick: 1 of 2 tasks failed', fields: { failedTasks: 1 } }]);
    expect(JSON.stringify(events)).not.toContain('hunter2');
  });
});
