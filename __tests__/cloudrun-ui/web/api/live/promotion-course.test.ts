import {
  courseNotBegun,
  followCourse,
  newerOf,
  type Course,
} from '../../../../../cloudrun-ui/web/src/api/live/promotion-course.ts';
import type { LogLine, Promotion } from '../../../../../cloudrun-ui/web/src/api/queries.ts';

const line = (seq: number): LogLine => ({
  seq,
  at: '2030-01-01T00:00:00Z',
  step: 'deploy',
  attempt: 1,
  line: String(seq),
});
const follow = (course: Course, event: string, data: unknown): Course =>
  followCourse(course, { event, data: JSON.stringify(data), id: '' });
const logs = (course: Course, ...seqs: readonly number[]): Course => follow(course, 'log', { lines: seqs.map(line) });
const seqs = ({ lines }: Course): readonly number[] => lines.map(({ seq }) => seq);

describe('the course of a promotion', () => {
  it('has each line once, in its order, also those that are told again after a reconnection', () => {
    const first = logs(logs(courseNotBegun, 1, 2), 3);
    expect(seqs(first)).toEqual([1, 2, 3]);
    expect(seqs(logs(first, 1, 2, 3, 4))).toEqual([1, 2, 3, 4]);
    expect(logs(first, 2, 3)).toBe(first);
  });

  it('is as it was told last', () => {
    const told = follow(courseNotBegun, 'promotion', { promotion: { id: 'pr-1', state: 'QUEUED' } });
    expect(follow(told, 'promotion', { promotion: { id: 'pr-1', state: 'FAILED' } }).promotion).toMatchObject({
      state: 'FAILED',
    });
  });

  it('counts what people did, after which there is more to ask for, and nothing else', () => {
    const told = follow(courseNotBegun, 'event', { events: [{ type: 'approval-given' }, { type: 'step-started' }] });
    expect(told.deeds).toBe(1);
    expect(follow(told, 'event', { events: [{ type: 'step-finished' }] })).toBe(told);
    expect(follow(told, 'something newer', {})).toBe(told);
  });
});

describe('two of the same promotion', () => {
  const promotion = (id: string, updatedAt: string) => ({ id, updatedAt }) as Promotion;
  const old = promotion('pr-1', '2030-01-01T00:00:00.000Z');
  const fresh = promotion('pr-1', '2030-01-01T00:00:01.000Z');

  it('are shown as the newer one, wherever it came from', () => {
    expect(newerOf(old, fresh)).toBe(fresh);
    expect(newerOf(fresh, old)).toBe(fresh);
    expect(newerOf(old, undefined)).toBe(old);
  });

  it('are not mixed up with another one', () => {
    expect(newerOf(old, promotion('pr-2', '2031-01-01T00:00:00.000Z'))).toBe(old);
  });
});
