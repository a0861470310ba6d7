/** What of a server's answer to COPY … TO STDOUT goes on to another server, and what does not. */
export interface Scanned {
  /** Whole and partial frames of rows, as they came. */
  readonly rows: readonly Buffer[];
  /** From the first byte on that is no longer about rows; undefined: there are more rows to come. */
  readonly rest: Buffer | undefined;
}

const headBytes = 5;
const copyData = 0x64;
/** What a server may say at any time: that it copies out, a notice, a setting, a notification. */
const asides: ReadonlySet<number> = new Set([0x48, 0x4e, 0x53, 0x41]);

/**
 * Reads no more of what a server sends than the heads of frames: a frame of rows is the same in both directions, so it is
 * passed on as it is.
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export class CopyOutScanner {
  #head: Buffer = Buffer.alloc(0);
  /** Of the frame that has begun, what is still to come. */
  #leftBytes = 0;
  #isOfRows = false;

  scan(bytes: Buffer): Scanned {
    const all = this.#head.length === 0 ? bytes : Buffer.concat([this.#head, bytes]);
    this.#head = Buffer.alloc(0);
    const rows: Buffer[] = [];
    let at = 0;
    /** Where the stretch of rows that is being walked begins; frames beside one another go on as one. */
    let from: number | undefined;
    const passUntil = (end: number): void => {
      if (from !== undefined && end > from) rows.push(all.subarray(from, end));
      from = undefined;
    };
    while (at < all.length) {
      if (this.#leftBytes > 0) {
        if (this.#isOfRows) from ??= at;
        else passUntil(at);
        const taken = Math.min(this.#leftBytes, all.length - at);
        this.#leftBytes -= taken;
        at += taken;
        continue;
      }
      if (all.length - at < headBytes) {
        passUntil(at);
        this.#head = Buffer.from(all.subarray(at));
        return { rows, rest: undefined };
      }
      const type = all.readUInt8(at);
      if (type !== copyData && !asides.has(type)) {
        passUntil(at);
        return { rows, rest: all.subarray(at) };
      }
      this.#isOfRows = type === copyData;
      // The length counts itself, and not the type before it.
      this.#leftBytes = 1 + all.readUInt32BE(at + 1);
    }
    passUntil(at);
    return { rows, rest: undefined };
  }
}
