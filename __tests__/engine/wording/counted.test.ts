import { counted } from '../../../engine/wording/counted.ts';

it.each([
  [0, '0 gates'],
  [1, '1 gate'],
  [2, '2 gates'],
  [1204, '1,204 gates'],
])('%i is told as %s', (number, words) => {
  expect(counted(number, 'gate')).toBe(words);
});

it('takes a plural of its own', () => {
  expect([counted(1, 'test was', 'tests were'), counted(3, 'test was', 'tests were')]).toEqual([
    '1 test was',
    '3 tests were',
  ]);
});
