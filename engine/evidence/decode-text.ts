import { counted } from '../wording/counted.ts';
import { EvidenceError } from './evidence-error.ts';
import type { ReadingLimits } from './reading-limits.ts';
import { describeBytes } from '../wording/format-bytes.ts';

/** So small that limits inside the text are noticed soon, whatever the size of the pieces that come. */
const sliceBytes = 64 * 1024;

/**
 * Turns the bytes of a report into text, piece by piece. A character is never cut in two.
 * @throws EvidenceError when it is empty, too long, or not UTF-8.
 */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  limits: Pick<ReadingLimits, 'maximumBytes'>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let offset = 0;
  let start: Uint8Array = new Uint8Array();
  for await (const chunk of bytes) {
    for (let from = 0; from < chunk.length; from += sliceBytes) {
      const slice = chunk.subarray(from, from + sliceBytes);
      if (start.length < 4) {
        start = Buffer.concat([start, slice.subarray(0, 4)]).subarray(0, 4);
        refuseOtherEncodings(start);
      }
      offset += slice.length;
      if (offset > limits.maximumBytes) {
        throw new EvidenceError(`is longer than ${describeBytes(limits.maximumBytes)}, which no report is`);
      }
      const text = decode(decoder, slice, offset - slice.length);
      if (text !== '') yield text;
    }
  }
  if (offset === 0) throw new EvidenceError('is empty');
  const rest = decode(decoder, undefined, offset);
  if (rest !== '') yield rest;
}

function decode(decoder: InstanceType<typeof TextDecoder>, slice: Uint8Array | undefined, offset: number): string {
  try {
    return slice === undefined ? decoder.decode() : decoder.decode(slice, { stream: true });
  } catch {
    const place =
      slice === undefined
        ? `byte ${String(offset)}`
        : `in the ${counted(slice.length, 'byte')} from ${String(offset)} on`;
    throw new EvidenceError('is not valid UTF-8; write the report as UTF-8', place);
  }
}

/** Other encodings of Unicode begin with a mark, or with zero bytes that no report in UTF-8 has. */
function refuseOtherEncodings(start: Uint8Array): void {
  const [first, second] = start;
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (hasMark || first === 0 || second === 0) {
    throw new EvidenceError('is UTF-16 or UTF-32; write the report as UTF-8', 'byte 0');
  }
  if (first === 0x1f && second === 0x8b) throw new EvidenceError('is compressed with gzip; unpack it first', 'byte 0');
}
