import type pc from 'picocolors';

/** Colours, or none where they would be noise. */
export type Paint = ReturnType<typeof pc.createColors>;

/** Where a command writes, and what that place can do. */
export interface Terminal {
  /** Whether somebody watches standard output: lines may move, colours show. */
  readonly isInteractive: boolean;
  /** Whether somebody can answer a question. */
  readonly canAsk: boolean;
  readonly paint: Paint;
  /** The size now; it changes while a command runs. */
  size(): { readonly columns: number; readonly rows: number };
  /** Writes to standard output as it is: text from elsewhere goes through `printable` before. */
  write(text: string): void;
  writeError(text: string): void;
  /** Asks for one line. @returns it without its line break; undefined when the input ends. @throws InterruptedError */
  ask(question: string): Promise<string | undefined>;
}

/** Somebody pressed Ctrl-C instead of answering a question. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';

  constructor() {
    super('interrupted before anything was changed');
  }
}
