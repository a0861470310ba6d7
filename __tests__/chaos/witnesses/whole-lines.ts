/**
 * The lines of a file that others are writing to. What is read of a line that crosses a page while it is appended can be
 * its beginning alone: a line is one once it is ended.
 */
export function wholeLines(text: string): readonly string[] {
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '');
}
