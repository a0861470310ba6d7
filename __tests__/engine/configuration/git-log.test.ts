import { commitsIn } from '../../../engine/configuration/git-log.ts';

describe('a git log', () => {
  it('is read whatever its commits say', () => {
    const first = [
      'a'.repeat(40),
      '',
      '2026-11-02T10:00:00+01:00',
      'Ana',
      'ana@shop.example',
      'One\n\nPromotion: pr-1\n',
    ];
    const second = ['b'.repeat(40), `${'a'.repeat(40)} ${'c'.repeat(40)}`, '2026-11-02T10:00:00Z', 'B\n', '', 'Two'];
    expect(commitsIn([...second, ...first].join('\0'))).toEqual([
      {
        commit: 'b'.repeat(40),
        parent: 'a'.repeat(40),
        at: new Date('2026-11-02T10:00:00Z'),
        author: { name: 'B\n', email: '' },
        message: 'Two',
      },
      {
        commit: 'a'.repeat(40),
        parent: undefined,
        at: new Date('2026-11-02T09:00:00Z'),
        author: { name: 'Ana', email: 'ana@shop.example' },
        message: 'One\n\nPromotion: pr-1\n',
      },
    ]);
  });

  it('of nothing is empty', () => {
    expect(commitsIn('')).toEqual([]);
  });
});
