import { withoutSecrets } from '../../../engine/workflow/without-secrets.ts';

describe('a value without secrets', () => {
  it('has every text in it masked, however deep, and is otherwise the same', () => {
    const at = new Date();
    const value = { a: ['password=hunter2', 7, null, true], b: { c: 'https://ana:hunter2@git.example/x' }, at };
    expect(withoutSecrets(value)).toEqual({
      a: ['password=***', 7, null, true],
      b: { c: 'https://***@git.example/x' },
      at,
    });
  });

  it('is the same again', () => {
    const once = withoutSecrets({ text: 'authorization: Bearer abcdefghijklmnopqrstuvwxyz' });
    expect(withoutSecrets(once)).toEqual(once);
  });
});
