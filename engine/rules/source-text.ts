/** A text whose offsets can be told as lines and columns. */
export class SourceText {
  readonly text: string;
  /** What people call it; nothing is read from it. */
  readonly file: string;
  readonly #lineStarts: readonly number[];

  constructor(text: string, file = '') {
    this.text = text;
    this.file = file;
    const starts = [0];
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#lineStarts = starts;
  }

  /** Line and column from 1; an offset behind the end is at the end. */
  placeOf(offset: number): { readonly line: number; readonly column: number } {
    const clamped = Math.min(Math.max(offset, 0), this.text.length);
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lineStarts[middle] ?? 0) <= clamped) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: clamped - (this.#lineStarts[low] ?? 0) + 1 };
  }

  /** A line from 1, without its end; undefined beyond the last. */
  line(number: number): string | undefined {
    const start = this.#lineStarts[number - 1];
    if (start === undefined) return undefined;
    const next = this.#lineStarts[number];
    return this.text.slice(start, next === undefined ? undefined : next - 1).replace(/\r$/, '');
  }
}
