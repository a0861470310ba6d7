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

  it('are used once while an answer is waited for, however often the same is wished for', async () => {
    const keys = new CommandKeys();
    const sent: string[] = [];
    const run = async (wish: { readonly reason: string }, key: string) => {
      sent.push(key);
      await Promise.resolve();
      return wish.reason;
    };
    const both = [keys.once({ reason: 'the sale' }, run), keys.once({ reason: 'the sale' }, run)];
    expect(await Promise.all(both)).toEqual(['the sale', 'the sale']);
    expect(sent).toHaveLength(1);
    keys.answered({ reason: 'the sale' });
    await keys.once({ reason: 'the sale' }, run);
    expect(new Set(sent).size).toBe(2);
  });

  it('are kept when nothing was answered, so that what was done already is not done again', async () => {
    const keys = new CommandKeys();
    const sent: string[] = [];
    const run = (_: unknown, key: string): Promise<never> => {
      sent.push(key);
      return Promise.reject(new Error('no answer'));
    };
    await expect(keys.once('it', run)).rejects.toThrow('no answer');
    await expect(keys.once('it', run)).rejects.toThrow('no answer');
    expect(sent).toEqual([sent[0], sent[0]]);
  });

  it('are there for a wish that says nothing', () => {
    const keys = new CommandKeys();
    expect(keys.keyOf(undefined)).toBe(keys.keyOf(undefined));
  });
});
