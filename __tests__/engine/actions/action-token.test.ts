import { actionToken, isOlderRun } from '../../../engine/actions/action-token.ts';

it('a run knows the processes of older runs of its key from its own, newer ones and strangers', () => {
  const key = 'pr-1:warm-cache';
  expect(isOlderRun(actionToken(key, 6), key, 7)).toBe(true);
  expect(isOlderRun(actionToken(key, 7), key, 7)).toBe(false);
  expect(isOlderRun(actionToken(key, 8), key, 7)).toBe(false);
  expect(isOlderRun(actionToken('pr-1:other', 6), key, 7)).toBe(false);
  expect(isOlderRun('00000000-0000-4000-8000-000000000001', key, 7)).toBe(false);
});

it('two runs of one key and fence never take each other for their own', () => {
  expect(actionToken('k', 1)).not.toBe(actionToken('k', 1));
});

it('a token has the form of a UUID, also for the highest fence', () => {
  expect(actionToken('k', 2 ** 47)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});
