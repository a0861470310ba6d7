import { csvLine } from '../../../cloudrun-ui/server/audit/csv.ts';

describe('a line of a table', () => {
  it.each([
    [['a', 'b'], 'a,b\r\n'],
    [['a,b', 'say "yes"', 'two\nlines'], '"a,b","say ""yes""","two\nlines"\r\n'],
    [['=1+1', '+1', '-1', '@x'], "'=1+1,'+1,'-1,'@x\r\n"],
    [['', 'x=1'], ',x=1\r\n'],
  ])('of %j is %j', (cells, expected) => {
    expect(csvLine(cells)).toBe(expected);
  });
});
