import type { Duplex } from 'node:stream';

const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;

/**
 * Stands between a libpq that thinks it is connecting and a connection that already is: answers the handshake itself,
 * with what the real server said of its settings, and from then on passes requests and whole answers.
 */
export class WireRelay {
  readonly #socket: Duplex;
  readonly #settings: ReadonlyMap<string, string>;
  readonly #reply: (bytes: Buffer) => void;
  readonly #lost: () => void;
  #started = false;
  #unsent: Buffer = Buffer.alloc(0);
  #awaiting = false;
  #answer: Buffer[] = [];
  #partial: Buffer = Buffer.alloc(0);
  #ended = false;

  /**
   * @param socket of an authenticated connection that nothing else reads any more
   * @param on.reply called once for each `request`
   * @param on.lost called when the server has gone before libpq said goodbye. libpq cannot be told: this build of it
   * asks for the rest of an answer for ever.
   */
  constructor(
    socket: Duplex,
    settings: ReadonlyMap<string, string>,
    on: { readonly reply: (bytes: Buffer) => void; readonly lost: () => void },
  ) {
    this.#socket = socket;
    this.#settings = settings;
    this.#reply = on.reply;
    this.#lost = on.lost;
    socket.on('data', (bytes: Buffer) => {
      this.#receive(bytes);
    });
    socket.on('error', () => {
      this.#lose();
    });
    socket.on('close', () => {
      this.#lose();
    });
    socket.resume();
  }

  /** Takes what libpq wrote. */
  request(bytes: Buffer): void {
    if (!this.#started) {
      this.#handshake(bytes);
      return;
    }
    this.#unsent = Buffer.concat([this.#unsent, bytes]);
    const { length, types } = wholeMessages(this.#unsent);
    this.#unsent = this.#unsent.subarray(length);
    if (types.includes('X')) {
      this.#ended = true;
      this.#socket.end(bytes);
      this.#reply(Buffer.alloc(0));
      return;
    }
    // Only a simple query and a sync are answered; until one is complete, libpq goes on writing.
    this.#awaiting ||= types.includes('Q') || types.includes('S');
    this.#socket.write(bytes);
    if (!this.#awaiting || this.#unsent.length > 0) this.#reply(Buffer.alloc(0));
  }

  #handshake(bytes: Buffer): void {
    const code = bytes.length >= 8 ? bytes.readInt32BE(4) : 0;
    if (code === SSL_REQUEST || code === GSS_REQUEST) {
      this.#reply(Buffer.from('N'));
      return;
    }
    this.#started = true;
    const settings = [...this.#settings].map(([name, value]) => message('S', terminated(name, value)));
    const authenticated = message('R', Buffer.alloc(4));
    const cancelKey = message('K', Buffer.alloc(8));
    this.#reply(Buffer.concat([authenticated, ...settings, cancelKey, message('Z', Buffer.from('I'))]));
  }

  #receive(bytes: Buffer): void {
    this.#answer.push(bytes);
    this.#partial = this.#partial.length === 0 ? bytes : Buffer.concat([this.#partial, bytes]);
    const { length, types } = wholeMessages(this.#partial);
    this.#partial = this.#partial.subarray(length);
    if (!types.includes('Z') || this.#partial.length > 0 || !this.#awaiting) return;
    this.#awaiting = false;
    const answer = Buffer.concat(this.#answer);
    this.#answer = [];
    this.#reply(answer);
  }

  #lose(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#lost();
  }
}

/** How many bytes of the buffer are whole messages, and their types in order. */
function wholeMessages(buffer: Buffer): { readonly length: number; readonly types: readonly string[] } {
  const types: string[] = [];
  let at = 0;
  while (buffer.length - at >= 5) {
    const end = at + 1 + buffer.readInt32BE(at + 1);
    if (end > buffer.length) break;
    types.push(String.fromCharCode(buffer.readUInt8(at)));
    at = end;
  }
  return { length: at, types };
}

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

function terminated(...texts: readonly string[]): Buffer {
  return Buffer.from(texts.map((text) => `${text}\0`).join(''));
}
