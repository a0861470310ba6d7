import { unzipSync } from 'fflate';
import { zip } from '../../../scripts/function-archive/zip.ts';

const files = { 'b.txt': 'two', 'a/deep.txt': 'one', 'A.txt': 'x'.repeat(10_000) };
const bytesOf = (names: readonly string[]) =>
  zip(new Map(names.map((name) => [name, Buffer.from(files[name as keyof typeof files])])));

describe('a zip', () => {
  it('holds what it was given', () => {
    const unpacked = unzipSync(bytesOf(Object.keys(files)));
    expect(
      Object.fromEntries(Object.entries(unpacked).map(([name, bytes]) => [name, Buffer.from(bytes).toString()])),
    ).toEqual(files);
  });

  it('is the same whatever the order in which its files were found', () => {
    const [one, other] = [bytesOf(['b.txt', 'a/deep.txt', 'A.txt']), bytesOf(['A.txt', 'b.txt', 'a/deep.txt'])];
    expect(Buffer.from(one).equals(other)).toBe(true);
  });

  it('lets everybody read its files and nobody run them', () => {
    const bytes = Buffer.from(bytesOf(['b.txt']));
    const directory = bytes.indexOf('PK\x01\x02');
    expect(bytes.readUInt32LE(directory + 38) >>> 16).toBe(0o100644);
    expect(bytes.readUInt8(directory + 5)).toBe(3);
  });

  it('tells other bytes apart', () => {
    const other = zip(new Map([['b.txt', Buffer.from('Two')]]));
    expect(Buffer.from(bytesOf(['b.txt'])).equals(other)).toBe(false);
  });
});
