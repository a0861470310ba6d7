import { olderFirst } from '../../../../cloudrun-ui/web/src/pages/configuration/older-first.ts';
import { chooseTwo } from '../../../../cloudrun-ui/web/src/pages/history/choose-two.ts';

describe('choosing two of a list', () => {
  it('lets the older choice go for a third, and the same again be taken back', () => {
    const two = ['a', 'b'].reduce<readonly string[]>(chooseTwo, []);
    expect(two).toEqual(['a', 'b']);
    expect(chooseTwo(two, 'c')).toEqual(['b', 'c']);
    expect(chooseTwo(two, 'a')).toEqual(['b']);
  });

  it('compares commits in the order in which they were made, in whichever they were chosen', () => {
    const revisions = [{ commit: 'new' }, { commit: 'middle' }, { commit: 'old' }];
    expect(olderFirst(['new', 'old'], revisions)).toEqual(['old', 'new']);
    expect(olderFirst(['old', 'new'], revisions)).toEqual(['old', 'new']);
    expect(olderFirst(['gone'], revisions)).toEqual([]);
  });
});
