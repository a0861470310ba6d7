/**
 * Everything that moves a cursor, changes colours, reorders or hides text: control and format characters, line and
 * paragraph separators, halves of surrogate pairs. The joiner that holds emoji together is harmless.
 */
const unprintable = /(?!\u200d)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const short: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** One line of text from elsewhere, with nothing in it that could control the terminal; what could is written out. */
export function printable(text: string): string {
  return text.replaceAll(unprintable, (character) => short.get(character) ?? escaped(character));
}

/** Text from elsewhere line by line, each printable; tabs, which only indent, become spaces. */
export function printableLines(text: string): readonly string[] {
  return text.split(/\r?\n/).map((line) => printable(line.replaceAll('\t', '  ')));
}

/** JSON that means the same and is as harmless on a terminal. */
export function printableJson(json: string): string {
  return json.replaceAll(unprintable, (character) => (character === '\n' ? character : inUtf16(character)));
}

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\u{${code}}`;
}

function inUtf16(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
