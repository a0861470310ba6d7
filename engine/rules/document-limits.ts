import { Lexer, Parser, type CST } from 'yaml';

/** Rules are written by people; this is some twenty thousand lines. */
export const mostBytes = 1_048_576;
export const deepestNesting = 64;
/** Nodes that aliases may add; what stops a few lines from becoming gigabytes. */
export const mostAliasedNodes = 10_000;

/** Words, marks and line ends: some twenty thousand lines of settings, and what takes well below a second to read. */
export const mostLexemes = 200_000;

/** No setting is anywhere near that deep. */
export const deeper = 'deeper nesting; look for brackets or an indentation too many';

export type TokenReading =
  | { readonly ok: true; readonly tokens: readonly CST.Token[] }
  | { readonly ok: false; readonly offset: number; readonly expected: string; readonly found: string };

/**
 * Reads a text into YAML's tokens and stops where it nests deeper than `deepestNesting` or holds more than
 * `mostLexemes`. What composes values out of tokens recurses and would run out of stack; what makes the tokens does not,
 * so the limits are kept here.
 */
export function tokensOf(text: string): TokenReading {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    if (++lexemes > mostLexemes) {
      return {
        ok: false,
        offset: parser.offset,
        expected: `at most ${String(mostLexemes)} words and marks`,
        found: 'more; put a part into a file of its own, which this one extends',
      };
    }
    if (parser.stack.length <= deepestNesting) continue;
    const collections = parser.stack.filter(
      ({ type }) => type === 'block-map' || type === 'block-seq' || type === 'flow-collection',
    );
    if (collections.length > deepestNesting) {
      const expected = `at most ${String(deepestNesting)} levels of nesting`;
      return { ok: false, offset: parser.offset, expected, found: deeper };
    }
  }
  tokens.push(...parser.end());
  return { ok: true, tokens };
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
      found: isUtf16 ? 'UTF-16; save the file as UTF-8' : 'a byte that UTF-8 does not have; save the file as UTF-8',
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
