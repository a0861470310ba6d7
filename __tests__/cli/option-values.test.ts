import { placeOf } from '../../cli/option-values.ts';

describe('the place of a log or a back-up', () => {
  it('is what was typed, else what the variable says, else the usual one where one is wanted', () => {
    expect(placeOf('here.log', 'there.log')).toBe('here.log');
    expect(placeOf(true, 'there.log')).toBe('there.log');
    expect(placeOf(undefined, 'there.log')).toBe('there.log');
    expect(placeOf(true, undefined)).toBe(true);
    expect(placeOf(undefined, undefined)).toBeUndefined();
  });

  it('is the usual one where a script leaves it empty, so that no word behind it is taken for it', () => {
    expect(placeOf('', undefined)).toBe(true);
    expect(placeOf('', 'there.log')).toBe('there.log');
  });
});
