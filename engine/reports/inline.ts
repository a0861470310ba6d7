/** Text of others inside a table cell or a list item: no line breaks, no cell borders, no markup of its own. */
export function inline(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\|]/g, '\\$&').replaceAll('<', '&lt;');
}
