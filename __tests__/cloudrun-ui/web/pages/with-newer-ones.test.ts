import { withNewerOnes } from '../../../../cloudrun-ui/web/src/pages/history/with-newer-ones.ts';

describe('a list that something new belongs to', () => {
  it('has it at its top, and is otherwise as it was', () => {
    const data = {
      pages: [
        { items: ['b'], next: 'x' },
        { items: ['a'], next: null },
      ],
      pageParams: [null, 'x'],
    };
    const now = withNewerOnes(data, ['d', 'c']);
    expect(now.pages.map(({ items }) => items)).toEqual([['d', 'c', 'b'], ['a']]);
    expect(now.pages[1]).toBe(data.pages[1]);
    expect(now.pageParams).toBe(data.pageParams);
  });

  it('has nothing to be put into before it was read', () => {
    const data = { pages: [] };
    expect(withNewerOnes(data, ['a'])).toBe(data);
  });
});
