import { splitRemedy } from '../../../engine/wording/split-remedy.ts';

describe('what a refusal says to do', () => {
  it.each([
    ['there is no promotion pr-1; promote list shows those there are', 'there is no promotion pr-1'],
    ['shop has no release v9. Did you mean v3? It has v3, v2.', 'shop has no release v9'],
    ['several are meant; choose of dev, qa', 'several are meant'],
    [
      'v1 ran there, so that is a rollback: promote rollback shop --env qa. --again promotes v1 all the same.',
      'v1 ran there, so that is a rollback',
    ],
    ['pr-1 is changing qa right now; wait for it, or stop it: promote cancel pr-1', 'pr-1 is changing qa right now'],
    [
      'qa runs v1 already, verified: nothing to do. --again promotes it once more.',
      'qa runs v1 already, verified: nothing to do',
    ],
    [
      'this is no longer what you were asked. Changed: image. Look at it again: promote status pr-1',
      'this is no longer what you were asked. Changed: image',
    ],
  ])('stands apart from why, and nothing of it is lost: %s', (text, why) => {
    const { message, remedy = '' } = splitRemedy(text);
    expect(message).toBe(why);
    expect(text.endsWith(remedy)).toBe(true);
    expect(text.slice(why.length, text.length - remedy.length)).toMatch(/^[.;:] $/);
  });

  it.each(['ana has voted in the stage SRE already', 'nobody may promote there', 'there is no role x. Known: sre.'])(
    'is absent where it only says what is so: %s',
    (text) => {
      expect(splitRemedy(text)).toEqual({ message: text, remedy: undefined });
    },
  );
});
