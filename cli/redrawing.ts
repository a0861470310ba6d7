import type { Terminal } from './terminal.ts';

/** Draws a block of lines over the one drawn before, without a flicker and without scrolling. */
export class Redrawing {
  readonly #terminal: Terminal;
  #height = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** What does not fit into the window's height is left out and counted; lines are not wrapped. */
  draw(lines: readonly string[]): void {
    const { rows } = this.#terminal.size();
    const most = Math.max(1, rows - 1);
    const left = lines.length - most;
    const shown =
      left > 0 ? [...lines.slice(0, most - 1), `… ${String(left + 1)} more lines; a higher window shows them`] : lines;
    const up = this.#height === 0 ? '' : `\u001b[${String(this.#height)}F`;
    const text = shown.map((line) => `${line}\u001b[K\n`).join('');
    // Without wrapping a line is always one row, so that going up by as many rows as lines ends where it began.
    this.#terminal.write(`\u001b[?7l${up}${text}\u001b[J\u001b[?7h`);
    this.#height = shown.length;
  }
}
