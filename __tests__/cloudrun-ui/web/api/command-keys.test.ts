import { CommandKeys } from '../../../../cloudrun-ui/web/src/api/command-keys.ts';

describe('the keys of what is asked for', () => {
  it('stay the same for the same wish until it is answered, and are new afterwards', () => {
    const keys = new CommandKeys();
    const first = keys.keyOf({ reason: 'the sale' });
    expect(keys.keyOf({ reason: 'the sale' })).toBe(first);
    keys.answered({ reason: 'the sale' });
    expect(keys.keyOf({ reason: 'the sale' })).not.toBe(first);
  });

  it('are other ones for another wish, also when that one is answered first', () => {
    const keys = new CommandKeys();
    const first = keys.keyOf({ reason: 'the sale' });
    const second = keys.keyOf({ reason: 'the fair' });
    expect(second).not.toBe(first);
    keys.answered({ reason: 'the fair' });
    expect(keys.keyOf({ reason: 'the sale' })).toBe(first);
  });

  it('are there for a wish that says nothing', () => {
    const keys = new CommandKeys();
    expect(keys.keyOf(undefined)).toBe(keys.keyOf(undefined));
  });
});
