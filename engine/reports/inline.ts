/**
 * Text of others inside a table cell or a list item: no line breaks, no cell borders, no markup of its own. What stood on
 * lines of their own stays apart.
 */
export function inline(text: string): string {
  return linesOf(text).join('; ').replaceAll(/\s+/g, ' ').replaceAll(/[\\|]/g, '\\$&').replaceAll('<', '&lt;');
}

/** The lines in which something is said. */
export function linesOf(text: string): readonly string[] {
  return text
    .split(/[\r\n\u2028\u2029]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
