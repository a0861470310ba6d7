/** One message of a stream of server-sent events. */
export interface StreamMessage {
  readonly event: string;
  readonly data: string;
  /** Of the last message that had one. */
  readonly id: string;
}

const lineEnd = /\r\n|\r|\n/;

/** Reads what a server sends, in whatever pieces it arrives, as the standard for `text/event-stream` has it. */
export class SseParser {
  #rest = '';
  #event = '';
  #data: string[] = [];
  #id: string;

  /** @param id of the last message that was had before. */
  constructor(id = '') {
    this.#id = id;
  }

  /** @returns the messages that are whole with this piece. */
  feed(piece: string): readonly StreamMessage[] {
    const text = `${this.#rest}${piece}`;
    const lines = text.split(lineEnd);
    this.#rest = lines.pop() ?? '';
    // A carriage return at the very end may be half of a line's end: the rest of it comes with the next piece.
    if (text.endsWith('\r')) this.#rest = `${lines.pop() ?? ''}\r`;
    return lines.flatMap((line) => this.#take(line));
  }

  #take(line: string): readonly StreamMessage[] {
    if (line === '') return this.#finish();
    const colon = line.indexOf(':');
    // A comment: that somebody is there still.
    if (colon === 0) return [];
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.#event = value;
    else if (field === 'data') this.#data.push(value);
    else if (field === 'id' && !value.includes('\0')) this.#id = value;
    return [];
  }

  #finish(): readonly StreamMessage[] {
    const [event, data] = [this.#event, this.#data];
    this.#event = '';
    this.#data = [];
    if (data.length === 0) return [];
    return [{ event: event === '' ? 'message' : event, data: data.join('\n'), id: this.#id }];
  }
}
