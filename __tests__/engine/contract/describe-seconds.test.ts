import { describeSeconds } from '../../../engine/contract/describe-seconds.ts';

describe('a duration', () => {
  it.each([
    [0, '0 s'],
    [90, '90 s'],
    [0.5, '0.5 s'],
    [1800, '30 min'],
    [5400, '90 min'],
    [86_400, '24 h'],
    [129_600, '36 h'],
    [172_800, '2 d'],
  ])('of %d seconds is said as %s', (seconds, text) => {
    expect(describeSeconds(seconds)).toBe(text);
  });
});
