import fc from 'fast-check';
import { factOf, read, refusal } from '../reading.ts';

type Lines = readonly (readonly [number, number])[];

function write(classes: readonly Lines[]): string {
  const all = classes.flat();
  const covered = all.filter(([, hits]) => hits > 0).length;
  const line = ([number, hits]: readonly [number, number]): string =>
    `<line number="${String(number)}" hits="${String(hits)}" branch="false"/>`;
  const body = classes.map(
    (lines, index) => `<class name="C${String(index)}" filename="c${String(index)}.py" line-rate="1" branch-rate="0">
      <methods><method name="m" signature="()"><lines>${lines.map(line).join('')}</lines></method></methods>
      <lines>${lines.map(line).join('')}</lines></class>`,
  );
  return `<?xml version="1.0" ?>
<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
<coverage version="7.6" timestamp="1795168740000" lines-valid="${String(all.length)}" lines-covered="${String(covered)}" line-rate="0.5" branch-rate="0">
  <sources><source>/src</source></sources>
  <packages><package name="."><classes>${body.join('')}</classes></package></packages>
</coverage>`;
}

const anyLines = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 2 })), { minLength: 1, maxLength: 20 })
  .map((pairs): Lines => [...new Map(pairs)]);

describe('Cobertura', () => {
  it('gives the share of lines that ran, each once though its method lists it too', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(anyLines, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 60 }),
        async (classes, chunkBytes) => {
          const all = classes.flat();
          const covered = all.filter(([, hits]) => hits > 0).length;
          const { linesPercent } = await factOf('coverage', write(classes), { chunkBytes });
          expect(linesPercent).toBe(Math.floor((covered * 10_000) / all.length) / 100);
        },
      ),
    ));

  it('says when it was made, in seconds or in milliseconds', async () => {
    expect((await read(write([[[1, 1]]]))).collectedAt).toEqual(new Date(1_795_168_740_000));
    const seconds = write([[[1, 1]]]).replace('1795168740000', '1795168740');
    expect((await read(seconds)).collectedAt).toEqual(new Date(1_795_168_740_000));
  });

  it('merges the lines of several classes in one file', async () => {
    const text = write([
      [
        [1, 0],
        [2, 1],
      ],
      [
        [1, 1],
        [2, 0],
      ],
    ]).replaceAll(/c\d\.py/g, 'one.cs');
    expect(await factOf('coverage', text)).toMatchObject({ linesPercent: 100 });
  });

  const inClass = (line: string, root = 'line-rate="1"'): string =>
    `<coverage ${root}><packages><package><classes><class filename="a"><lines>${line}</lines></class></classes></package></packages></coverage>`;

  it.each([
    [inClass('<line number="1" hits="-1"/>'), /line 1: hits must be a count and is "-1"/],
    [inClass('<line number="1" hits="NaN"/>'), /hits must be a count/],
    [inClass('<line number="1.5" hits="1"/>'), /number must be a count/],
    [inClass('<line number="9999999999" hits="1"/>'), /has the number 9999999999/],
    [inClass('<line hits="1"/>'), /without number or file/],
    [inClass(''), /names no line/],
    [inClass('<line number="1" hits="1"/>', 'line-rate="NaN"'), /line-rate must be from 0 to 1/],
    [inClass('<line number="1" hits="1"/>', 'line-rate="1.2"'), /line-rate must be from 0 to 1/],
    [
      inClass('<line number="1" hits="1"/>', 'lines-valid="4" lines-covered="1"'),
      /totals say 25.00 % and its lines 100.00 %/,
    ],
    ['<coverage generated="1"><project><metrics/></project></coverage>', /is not Cobertura: it has no <packages>/],
    ['<report/>', /begins with <report>/],
    ['<!DOCTYPE coverage SYSTEM "file:///etc/passwd"><coverage/>', /declares a document type/],
    ['<!DOCTYPE coverage [<!ENTITY a "b">]><coverage/>', /declares a document type/],
  ])('is refused: %s', async (text, reason) => {
    expect(await refusal(text, { format: 'cobertura' })).toMatch(reason);
  });
});
