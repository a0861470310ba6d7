import fc from 'fast-check';
import { factOf, refusal } from '../reading.ts';

interface File {
  readonly name: string;
  readonly lines: ReadonlyMap<number, number>;
}

const anyFile: fc.Arbitrary<File> = fc.record({
  name: fc.constantFrom('a.ts', 'src/b.ts', 'c d.ts'),
  lines: fc
    .array(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 3 })), { minLength: 1 })
    .map((pairs) => new Map(pairs)),
});

function write(files: readonly File[], lineEnd: string): string {
  const records = files.map(({ name, lines }) => {
    const hit = [...lines.values()].filter((times) => times > 0).length;
    return [
      'TN:',
      `SF:${name}`,
      'FN:1,main',
      'FNDA:3,main',
      'BRDA:1,0,0,-',
      ...[...lines].map(([line, times]) => `DA:${String(line)},${String(times)}`),
      `LF:${String(lines.size)}`,
      `LH:${String(hit)}`,
      'end_of_record',
    ];
  });
  return `${records.flat().join(lineEnd)}${lineEnd}`;
}

describe('lcov', () => {
  it('gives the share of lines that any record ran, in hundredths and never rounded up', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(anyFile, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 40 }),
        async (files, lineEnd, chunkBytes) => {
          const ran = new Map<string, boolean>();
          for (const { name, lines } of files) {
            for (const [line, times] of lines) {
              const key = `${name}:${String(line)}`;
              ran.set(key, (ran.get(key) ?? false) || times > 0);
            }
          }
          const covered = [...ran.values()].filter(Boolean).length;
          const { linesPercent } = await factOf('coverage', write(files, lineEnd), { format: 'lcov', chunkBytes });
          expect(linesPercent * ran.size).toBeLessThanOrEqual(covered * 100 + 1e-6);
          expect((linesPercent + 0.01) * ran.size).toBeGreaterThan(covered * 100 - 1e-6);
        },
      ),
    ));

  it('is exact at a threshold', async () => {
    const lines = Array.from({ length: 100 }, (_, line) => `DA:${String(line + 1)},${line < 29 ? '1' : '0'}`);
    expect(await factOf('coverage', `SF:a\n${lines.join('\n')}\nend_of_record\n`)).toEqual({
      kind: 'coverage',
      linesPercent: 29,
    });
  });

  it('counts lines that ran more often than a computer counts', async () => {
    const text = 'SF:a\nDA:1,99999999999999999999999\nDA:2,0,checksum\nend_of_record\n';
    expect(await factOf('coverage', text)).toMatchObject({ linesPercent: 50 });
  });

  it('trusts its lines when its totals say better', async () => {
    const text = 'SF:a\nDA:1,1\nDA:2,0\nLF:2\nLH:2\nend_of_record\n';
    expect(await factOf('coverage', text)).toMatchObject({ linesPercent: 50 });
  });

  it.each([
    ['SF:a\nDA:1,1\n', /line 2: is cut off: a record has no end/],
    ['SF:a\nend_of_record\n', /names no line that could be covered/],
    ['TN:only\n', /names no source file/],
    ['SF:a\nSF:b\n', /line 2: begins a record inside another one/],
    ['DA:1,1\n', /line 1: DA stands in no record/],
    ['end_of_record\n', /line 1: ends a record that has not begun/],
    ['SF:a\nDA:1,-1\nend_of_record\n', /line 2: DA must be a line and how often it ran, and is "1,-1"/],
    ['SF:a\nDA:1,NaN\nend_of_record\n', /line 2: DA must be/],
    ['SF:a\nDA:1,1\nLF:1e9\nend_of_record\n', /line 3: LF must be a count/],
    ['SF:a\nLF:5\nLH:5\nend_of_record\n', /counts 5 lines and none is listed/],
    ['SF:a\nDA:1,1\nLF:10\nLH:1\nend_of_record\n', /contradicts itself: its totals say 10.00 % and its lines 100.00 %/],
    ['SF:a\nDA:1,5\nLF:10\nLH:11\nend_of_record\n', /line 5: contradicts itself: LH counts 11 lines that ran, of 10/],
    ['mode: atomic\nsome/file.go:1.2,3.4 1 1\n', /line 1: is not lcov: "mode: atomic" is no record/],
  ])('is refused: %j', async (text, reason) => {
    expect(await refusal(text, { format: 'lcov' })).toMatch(reason);
  });
});
