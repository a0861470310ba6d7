import fc from 'fast-check';
import { CopyOutScanner } from '../../../../functions/db-migration/copy/copy-out-scanner.ts';

function frame(type: string, body: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeUInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

const body = fc.uint8Array({ maxLength: 30 });
const frames = fc.array(fc.tuple(fc.constantFrom('d', 'd', 'd', 'H', 'N', 'S', 'A'), body));
const end = fc.tuple(fc.constantFrom('c', 'E', 'C', 'Z'), body);

/** The same bytes, as a socket may bring them. */
function cut(bytes: Buffer, at: readonly number[]): readonly Buffer[] {
  const places = [...new Set(at.map((each) => each % (bytes.length + 1)))].toSorted((one, other) => one - other);
  return [...places, bytes.length].map((to, index) => bytes.subarray(index === 0 ? 0 : places[index - 1], to));
}

describe('what a server copies out', () => {
  it('is passed on frame by frame, and what follows is handed back, however the bytes come', () => {
    fc.assert(
      fc.property(frames, end, fc.array(fc.nat({ max: 2000 })), (all, [last, what], at) => {
        const tail = Buffer.concat([frame(last, what), frame('Z', Buffer.from('I'))]);
        const bytes = Buffer.concat([...all.map(([type, each]) => frame(type, each)), tail]);
        const scanner = new CopyOutScanner();
        const passed: Buffer[] = [];
        let rest: Buffer | undefined;
        for (const piece of cut(bytes, at)) {
          // Once rows are over, the driver reads again.
          if (rest !== undefined) rest = Buffer.concat([rest, piece]);
          else {
            const scanned = scanner.scan(piece);
            passed.push(...scanned.rows);
            rest = scanned.rest;
          }
        }
        const rows = all.filter(([type]) => type === 'd').map(([type, each]) => frame(type, each));
        expect(Buffer.concat(passed).equals(Buffer.concat(rows))).toBe(true);
        expect(rest?.equals(tail)).toBe(true);
      }),
    );
  });

  it('goes on as one stretch where frames of rows stand beside one another', () => {
    const { rows } = new CopyOutScanner().scan(
      Buffer.concat([frame('H', Buffer.alloc(3)), frame('d', Buffer.from('ab')), frame('d', Buffer.from('cd'))]),
    );
    expect(rows).toHaveLength(1);
  });
});
