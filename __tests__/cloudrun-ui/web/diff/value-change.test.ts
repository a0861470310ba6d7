import { diffText } from '../../../../cloudrun-ui/web/src/diff/value-change.ts';

describe('differences that are copied', () => {
  it('are lines as patches have them, and leave out what is not there', () => {
    const changes = [
      { setting: 'limit', before: '5', after: '9' },
      { setting: 'gone', before: 'yes', after: null },
      { setting: 'new', before: null, after: '' },
    ];
    expect(diffText(changes, ['staging', 'production'])).toBe(
      '--- staging\n+++ production\n- limit: 5\n+ limit: 9\n- gone: yes\n+ new: \n',
    );
  });
});
