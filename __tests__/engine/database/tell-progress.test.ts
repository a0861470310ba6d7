import { setTimeout as pause } from 'node:timers/promises';
import type { DatabaseProgress } from '../../../engine/database/database-function.ts';
import { whileTelling } from '../../../engine/database/tell-progress.ts';
import type { Ports } from '../../../engine/workflow/ports.ts';

const running = (statement: number, more: object = {}): DatabaseProgress => ({
  applied: [],
  running: {
    version: 4,
    direction: 'up',
    statement,
    of: 3,
    seconds: 2,
    waitsForLock: false,
    indexPercent: null,
    ...more,
  },
});

/** A database that answers how far it has come, one answer after the other; then its change is done. */
function change(...answers: readonly (DatabaseProgress | Error)[]) {
  const lines: string[] = [];
  const done = Promise.withResolvers<string>();
  let asked = 0;
  const database = {
    async progress(): Promise<DatabaseProgress> {
      const answer = answers[asked];
      asked += 1;
      if (asked >= answers.length) done.resolve('changed');
      if (answer instanceof Error) throw answer;
      return answer ?? { applied: [], running: null };
    },
  };
  const effect = { signal: new AbortController().signal };
  const context = {
    ports: { database } as unknown as Ports,
    effect,
    log: (line: string) => void lines.push(line),
    lookMs: 5,
  };
  return { context, lines, done };
}

describe('a database that is being changed', () => {
  it('tells which statement runs each time that it is another one, and once it waits for somebody', async () => {
    const { context, lines, done } = change(
      running(1),
      running(1),
      running(2, { waitsForLock: true }),
      { applied: [], running: null },
      running(3, { indexPercent: 47 }),
    );
    expect(await whileTelling(context, 'shop', done.promise)).toBe('changed');
    expect(lines).toEqual([
      'migration 4: statement 1 of 3, for 2.0 s',
      'migration 4: statement 2 of 3, waits for a lock that somebody else holds, for 2.0 s',
      'migration 4: statement 3 of 3, index 40 %, for 2.0 s',
    ]);
  });

  it('goes on where nobody can tell, and fails with what it fails with and nothing else', async () => {
    const { context, lines, done } = change(new Error('there is nothing at this path'), new Error('it is away'));
    expect(await whileTelling(context, 'shop', done.promise)).toBe('changed');
    expect(lines).toEqual([]);
    const failing = change(running(1));
    await expect(whileTelling(failing.context, 'shop', Promise.reject(new Error('no such table')))).rejects.toThrow(
      'no such table',
    );
  });

  it('is not asked any more once it is changed', async () => {
    const { context, lines } = change(running(1), running(2), running(3));
    await whileTelling(context, 'shop', Promise.resolve());
    await pause(30);
    expect(lines).toEqual([]);
  });
});
