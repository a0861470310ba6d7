/** Text of others inside a table cell or a list item: no line breaks, no cell borders. */
export function inline(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\|]/g, '\\$&');
}
