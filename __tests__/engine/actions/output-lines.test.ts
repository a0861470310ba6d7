import fc from 'fast-check';
import { OutputLines } from '../../../engine/actions/output-lines.ts';
import { maskingOf } from '../../../engine/actions/secret-masking.ts';

function written(
  chunks: readonly string[],
  secrets: readonly string[] = [],
  limits = { mostLines: 50, longestLine: 40 },
) {
  const lines: string[] = [];
  const output = new OutputLines((line) => lines.push(line), maskingOf(secrets), limits);
  for (const chunk of chunks) output.add('stdout', chunk);
  output.finish();
  return { lines, last: output.last };
}

describe('what an action prints', () => {
  it('is cut into lines, wherever the pipe cut it', () => {
    expect(written(['on', 'e\r\ntw', 'o\n\nthree']).lines).toEqual(['one', 'two', '', 'three']);
  });

  it('keeps the streams apart', () => {
    const lines: string[] = [];
    const output = new OutputLines((line) => lines.push(line), maskingOf([]));
    output.add('stdout', 'a');
    output.add('stderr', 'b\n');
    output.add('stdout', 'c\n');
    output.finish();
    expect(lines).toEqual(['b', 'ac']);
  });

  it('shows the beginning of a line that is too long, and drops its rest', () => {
    const { lines } = written(['x'.repeat(30), 'x'.repeat(30), 'x'.repeat(30), '\nnext\n']);
    expect(lines).toEqual([`${'x'.repeat(40)}…`, 'next']);
  });

  it('says how many lines were left out', () => {
    const { lines } = written([Array.from({ length: 60 }, (_, index) => String(index)).join('\n')]);
    expect(lines).toHaveLength(51);
    expect(lines.at(-1)).toBe('… and 10 more lines');
  });

  it('keeps its last lines for the message', () => {
    expect(written(['1\n2\n3\n4\n5\n6\n\n']).last).toEqual(['2', '3', '4', '5', '6']);
  });

  it.each([
    ['as it is', 'hunter2!x/'],
    ['in a URL', 'hunter2!x%2F'],
    ['in base64', Buffer.from('hunter2!x/').toString('base64')],
  ])('holds no secret %s', (_, form) => {
    expect(written([`a ${form} b\n`], ['hunter2!x/']).lines).toEqual(['a *** b']);
  });

  it('holds no line of a secret of several lines', () => {
    expect(written(['line-one-of-key\nline-two-of-key\n'], ['line-one-of-key\nline-two-of-key']).lines).toEqual([
      '***',
      '***',
    ]);
  });

  it('holds no secret, wherever pipe and bounds cut the text', () => {
    const secret = 'S3CR3T-of-the-team';
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(secret), fc.constant('\n'), fc.string({ maxLength: 50 })), { maxLength: 12 }),
        fc.array(fc.nat(400), { maxLength: 8 }),
        (parts, cuts) => {
          const text = parts.join('');
          const places = [0, ...cuts.filter((cut) => cut < text.length).toSorted((a, b) => a - b), text.length];
          const chunks = places.slice(1).map((end, index) => text.slice(places[index], end));
          const shown = written(chunks, [secret]).lines.join('\n');
          expect(shown).not.toContain(secret);
          // Nor the half that a cut would leave.
          expect(shown).not.toContain(secret.slice(0, 12));
        },
      ),
    );
  });
});
