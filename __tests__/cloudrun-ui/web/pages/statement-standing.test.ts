import { standingOfStatement } from '../../../../cloudrun-ui/web/src/pages/promotion/statement-standing.ts';

const running = (direction: 'up' | 'down', statement: number) => {
  return { direction, statement, of: 3, seconds: 1, waitsForLock: false, indexPercent: null };
};
const all = (course: Parameters<typeof standingOfStatement>[0]) =>
  [1, 2, 3].map((number) => standingOfStatement(course, number));

describe('statements of a migration', () => {
  it('are done up to the one that runs', () => {
    expect(all({ standing: 'running', running: running('up', 2) })).toEqual(['done', 'running', 'waiting']);
  });

  it('are all done, or all to come, with their migration', () => {
    expect(all({ standing: 'applied', running: null })).toEqual(['done', 'done', 'done']);
    expect(all({ standing: 'waiting', running: null })).toEqual(['waiting', 'waiting', 'waiting']);
    expect(all({ standing: 'taken-back', running: null })).toEqual(['waiting', 'waiting', 'waiting']);
  });

  it('are told for what nobody knows of one that failed or runs backwards', () => {
    expect(all({ standing: 'failed', running: null })).toEqual(['unknown', 'unknown', 'unknown']);
    expect(all({ standing: 'running', running: running('down', 1) })).toEqual(['unknown', 'unknown', 'unknown']);
  });
});
