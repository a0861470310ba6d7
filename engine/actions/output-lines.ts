import type { Masking } from './secret-masking.ts';

/** Bounds of what one action may leave in the log. */
export interface OutputLimits {
  readonly mostLines: number;
  readonly longestLine: number;
}

export const defaultOutputLimits: OutputLimits = { mostLines: 2_000, longestLine: 2_000 };

const keptLines = 5;

/** Cuts what an action prints into lines, masks them, and passes on no more than a log can bear. */
export class OutputLines {
  readonly #write: (line: string) => void;
  readonly #masking: Masking;
  readonly #limits: OutputLimits;
  readonly #rests = new Map<string, { text: string; isCut: boolean }>();
  readonly #last: string[] = [];
  #lines = 0;

  constructor(write: (line: string) => void, masking: Masking, limits = defaultOutputLimits) {
    this.#write = write;
    this.#masking = masking;
    this.#limits = limits;
  }

  /** @param stream names where the text comes from; each stream has lines of its own. */
  add(stream: string, text: string): void {
    const rest = this.#rests.get(stream) ?? { text: '', isCut: false };
    const lines = (rest.text + text).split(/\r?\n/);
    const last = lines.pop() ?? '';
    for (const [index, line] of lines.entries()) {
      // The rest of a line of which the beginning was written already.
      if (index > 0 || !rest.isCut) this.#line(line);
    }
    const isCut = rest.isCut && lines.length === 0;
    this.#rests.set(stream, isCut ? { text: '', isCut } : this.#keep(last));
  }

  /** Writes what had no end of line, and how much was left out. */
  finish(): void {
    for (const { text } of this.#rests.values()) if (text !== '') this.#line(text);
    this.#rests.clear();
    const left = this.#lines - this.#limits.mostLines;
    if (left > 0) this.#write(`… and ${String(left)} more lines`);
  }

  /** The end of the output, for a message. */
  get last(): readonly string[] {
    return this.#last;
  }

  /**
   * A line without an end is written when it is long enough, without its end, where a secret may have begun of which the
   * rest is yet to come; what follows of the line is dropped.
   */
  #keep(text: string): { text: string; isCut: boolean } {
    const { mask, longestForm } = this.#masking;
    if (text.length <= this.#limits.longestLine + longestForm) return { text, isCut: false };
    const masked = mask(text);
    this.#show(`${masked.slice(0, masked.length - longestForm)}…`);
    return { text: '', isCut: true };
  }

  #line(line: string): void {
    this.#show(this.#masking.mask(line));
  }

  #show(masked: string): void {
    this.#lines += 1;
    const { mostLines, longestLine } = this.#limits;
    const shown = masked.length > longestLine ? `${masked.slice(0, longestLine)}…` : masked;
    if (shown.trim() !== '') {
      this.#last.push(shown);
      if (this.#last.length > keptLines) this.#last.shift();
    }
    if (this.#lines <= mostLines) this.#write(shown);
  }
}
