const turns = 2 ** 32;
/** 2³² divided by the golden ratio: of all steps round a circle, the one whose points lie most evenly at any time. */
const step = 0x9e3779b9;

/**
 * Says of one request after the other whether it belongs to a share. Deterministic and close to the share at any time,
 * not only in the long run; and unlike "every tenth" it stays so for each of several clients that take turns, or for a
 * page that always sends its requests in the same order.
 */
export class ShareSequence {
  readonly #end: number;
  #position = 0;

  /** @param percentage from 0 to 100. */
  constructor(percentage: number) {
    this.#end = (percentage / 100) * turns;
  }

  next(): boolean {
    this.#position = (this.#position + step) % turns;
    return this.#position < this.#end;
  }
}
