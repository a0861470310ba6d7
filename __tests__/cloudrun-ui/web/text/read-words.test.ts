import { readWords } from '../../../../cloudrun-ui/web/src/text/read-words.ts';

describe('the words of an address', () => {
  it('are those under the names that are asked for, also those that are called by a number', () => {
    const search = { application: 'shop', release: 7, limit: '5' };
    expect(readWords(search, 'application', 'release', 'environment')).toEqual({ application: 'shop', release: '7' });
  });

  it('are not what is empty or no word at all', () => {
    const search = { a: '', b: true, c: ['x'], d: { e: 'x' }, f: null, g: undefined };
    expect(readWords(search, 'a', 'b', 'c', 'd', 'f', 'g')).toEqual({});
  });
});
