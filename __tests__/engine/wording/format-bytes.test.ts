import { describeBytes, formatBytes } from '../../../engine/wording/format-bytes.ts';

describe('a size', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1 KiB'],
    [1536, '1.5 KiB'],
    [84 * 1024 ** 2, '84 MiB'],
    [1000 * 1024, '1 MiB'],
    [1.2 * 1024 ** 3, '1.2 GiB'],
    [5000 * 1024 ** 4, '5000 TiB'],
  ])('of %p bytes is %p', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it('that misses a bound is not shown as the bound', () => {
    expect(formatBytes(2 * 1024 ** 3 + 1, 'up')).toBe('2.1 GiB');
    expect(formatBytes(2 * 1024 ** 3 - 1, 'down')).toBe('1.9 GiB');
  });

  it.each([
    [2_147_483_648, '2 GiB'],
    [1.5 * 1024 ** 2, '1.5 MiB'],
    [800, '800 bytes'],
    [1500, '1,500 bytes'],
    [2_147_483_649, '2,147,483,649 bytes'],
  ])('of %p bytes that somebody has set is told exactly, as %p', (bytes, text) => {
    expect(describeBytes(bytes)).toBe(text);
  });
});
