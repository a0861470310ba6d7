import fc from 'fast-check';
import { LoadSchedule, type LoadTask } from '../../../../functions/db-migration/copy/load-schedule.ts';
import type { Chunk } from '../../../../functions/db-migration/copy/plan-chunks.ts';

const chunkOf = (table: number): Chunk => ({ table, pages: undefined, bytes: 1 });

describe('the order of loading', () => {
  it('does everything once, and builds no index before its table has its rows, whoever is done first', () => {
    const parts = fc.record({
      chunks: fc.array(fc.nat({ max: 4 })),
      builds: fc.array(fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 9 }))),
      sessions: fc.integer({ min: 1, max: 4 }),
      luck: fc.infiniteStream(fc.nat()),
    });
    fc.assert(
      fc.property(parts, ({ chunks, builds, sessions, luck }) => {
        const schedule = new LoadSchedule(
          [0, 1, 2, 3, 4],
          chunks.map(chunkOf),
          builds.map(([table, cost], build) => ({ table, cost, build })),
          sessions,
        );
        const copied: number[] = [];
        const built: number[] = [];
        const doing: LoadTask<number>[] = [];
        for (;;) {
          for (let task = schedule.take(); task !== undefined; task = schedule.take()) {
            doing.push(task);
            if (task.kind === 'build') {
              const { table } = task.build;
              expect(copied.filter((each) => each === table)).toHaveLength(chunks.filter((each) => each === table).length);
            }
            if (doing.length === sessions) break;
          }
          if (doing.length === 0) break;
          const [task] = doing.splice(luck.next().value % doing.length, 1);
          if (task === undefined) throw new Error('nobody does anything');
          schedule.finish(task);
          if (task.kind === 'copy') copied.push(task.chunk.table);
          else built.push(task.build.build);
        }
        expect(schedule.isDone).toBe(true);
        expect(copied.toSorted()).toEqual(chunks.toSorted());
        expect(built.toSorted((one, other) => one - other)).toEqual(builds.map((_, index) => index));
      }),
    );
  });

  it('builds beside copying, the costliest first, and leaves one session to copy', () => {
    const build = (cost: number) => ({ table: 1, cost, build: `costs ${String(cost)}` });
    const schedule = new LoadSchedule([1, 2], [chunkOf(2), chunkOf(2)], [build(1), build(9)], 2);
    expect(schedule.take()).toMatchObject({ kind: 'build', build: { cost: 9 } });
    expect(schedule.take()).toMatchObject({ kind: 'copy' });
    expect(schedule.take()).toMatchObject({ kind: 'copy' });
    expect(schedule.take()).toMatchObject({ kind: 'build', build: { cost: 1 } });
  });
});
