import { truncateTo } from './display-width.ts';
import type { Terminal } from './terminal.ts';

const eraseLine = '\r\u001b[2K';

/** One line at the bottom of a terminal that is written over again and again; nothing at all where nobody watches. */
export class LiveLine {
  readonly #terminal: Terminal;
  #shown = '';

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** @param text printable and without colours, so that its width can be known. */
  show(text: string): void {
    if (!this.#terminal.isInteractive) return;
    // A line that wraps cannot be erased as one; the last column wraps on some terminals.
    const line = truncateTo(text, this.#terminal.size().columns - 1);
    if (line === this.#shown) return;
    this.#shown = line;
    this.#terminal.write(`${eraseLine}${this.#terminal.paint.dim(line)}`);
  }

  /** Makes room for a line that stays. */
  clear(): void {
    if (this.#shown === '') return;
    this.#shown = '';
    this.#terminal.write(eraseLine);
  }
}
