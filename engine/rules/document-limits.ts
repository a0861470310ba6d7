import { Lexer, Parser } from 'yaml';

/** Rules are written by people; this is some twenty thousand lines. */
export const mostBytes = 1_048_576;
export const deepestNesting = 64;
/** Nodes that aliases may add; what stops a few lines from becoming gigabytes. */
export const mostAliasedNodes = 10_000;

/**
 * The offset at which a text nests deeper than `deepestNesting`, or undefined. The YAML composer recurses and would run
 * out of stack; lexer and parser do not, and are left as soon as the limit is passed.
 */
export function tooDeepAt(text: string): number | undefined {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    // Draining is what makes the parser advance; the tokens themselves are not wanted.
    for (const _token of parser.next(lexeme));
    if (parser.stack.length <= deepestNesting) continue;
    const collections = parser.stack.filter(
      ({ type }) => type === 'block-map' || type === 'block-seq' || type === 'flow-collection',
    );
    if (collections.length > deepestNesting) return parser.offset;
  }
  return undefined;
}

export type DecodedText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly expected: string; readonly found: string; readonly validUpTo: string };

/** Reads bytes as UTF-8, without replacing what is not: a name with a hole in it would be another name. */
export function decodeUtf8(bytes: Uint8Array): DecodedText {
  const strict = new TextDecoder('utf-8', { fatal: true });
  try {
    return { ok: true, text: strict.decode(bytes) };
  } catch {
    const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    const lenient = new TextDecoder('utf-8').decode(bytes);
    return {
      ok: false,
      expected: 'text in UTF-8',
      found: isUtf16 ? 'UTF-16; save the file as UTF-8' : 'a byte that UTF-8 does not have',
      validUpTo: isUtf16 ? '' : validPrefix(bytes, lenient),
    };
  }
}

/** The text before the first invalid byte: where re-encoding first differs from what was read. */
function validPrefix(bytes: Uint8Array, lenient: string): string {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const content = hasMark ? bytes.subarray(3) : bytes;
  const again = new TextEncoder().encode(lenient);
  let same = 0;
  while (same < content.length && content[same] === again[same]) same++;
  // A cut inside a multi-byte character decodes to the replacement character; step back to its start.
  return new TextDecoder('utf-8').decode(content.subarray(0, same)).replace(/\uFFFD+$/, '');
}
