import { Dispatcher } from '../../../engine/workflow/dispatcher.ts';
import type { Executor } from '../../../engine/workflow/executor.ts';

const runs = ['a', 'b', 'c'].map((name) => ({ promotionId: `pr-${name}`, runId: `run-${name}` }));
const store = { takeDispatch: async () => runs };

describe('the dispatcher', () => {
  it('hands every due promotion to the executor under its run', async () => {
    const started: unknown[] = [];
    const executor: Executor = {
      start: async (run) => {
        started.push(run);
      },
    };
    expect(await new Dispatcher(store, executor, 1).dispatchDue()).toBe(3);
    expect(started).toEqual(runs);
  });

  it.each([
    ['says so later', () => Promise.reject(new Error('no build'))],
    [
      'throws at once',
      () => {
        throw new Error('no log file');
      },
    ],
  ])('starts the others when one cannot be started and %s', async (_, refuse: () => Promise<void>) => {
    const started: string[] = [];
    const executor: Executor = {
      start: (run) => {
        if (run.promotionId === 'pr-b') return refuse();
        started.push(run.promotionId);
        return Promise.resolve();
      },
    };
    // Whoever asked for a promotion must not hear of another one's failure; the row is handed out again.
    expect(await new Dispatcher(store, executor, 1).dispatchDue()).toBe(2);
    expect(started).toEqual(['pr-a', 'pr-c']);
  });

  it('asks only for what its engine can run', async () => {
    const asked: unknown[] = [];
    const watching = {
      takeDispatch: async (...given: readonly unknown[]) => {
        asked.push(given.at(-1));
        return [];
      },
    };
    await new Dispatcher(watching, { start: () => Promise.resolve() }, 7).dispatchDue();
    expect(asked).toEqual([7]);
  });
});
