import { inOneOrder } from '../../../cli/render/one-order.ts';

describe('one order of several', () => {
  it('puts what a list adds behind what it has before it', () => {
    expect(
      inOneOrder([
        ['dev', 'production'],
        ['dev', 'staging', 'production'],
      ]),
    ).toEqual(['dev', 'staging', 'production']);
    expect(
      inOneOrder([
        ['staging', 'production'],
        ['dev', 'staging'],
      ]),
    ).toEqual(['dev', 'staging', 'production']);
    expect(
      inOneOrder([
        ['dev', 'qa'],
        ['qa', 'live'],
      ]),
    ).toEqual(['dev', 'qa', 'live']);
  });

  it('has every name once', () => {
    expect(inOneOrder([['a', 'b'], ['b', 'a'], ['c']])).toEqual(['a', 'b', 'c']);
    expect(inOneOrder([])).toEqual([]);
  });
});
