import type { Duplex } from 'node:stream';
import type pg from 'pg';
import { FunctionError } from '../function-error.ts';
import { CopyOutScanner } from './copy-out-scanner.ts';

/** One COPY on each side, which agree in columns and format. */
export interface CopyStatements {
  /** `COPY … TO STDOUT`. */
  readonly from: string;
  /** `COPY … FROM STDIN`. */
  readonly to: string;
}

export interface Forwarded {
  readonly rows: number;
  readonly bytes: number;
}

export interface ForwardOptions {
  /** So long neither side may keep still. */
  readonly stallSeconds: number;
  readonly signal: AbortSignal;
}

/**
 * Sends what one server copies out to another as it comes, without looking at a row, and no faster than it is taken. The two
 * sessions cannot be used any more when it fails, since nobody can say what they still have to tell.
 * @throws what either server refused it with; FunctionError `connection-lost` when one went away or kept still; the signal's reason
 */
export async function forwardRows(
  source: pg.Client,
  target: pg.Client,
  { from, to }: CopyStatements,
  { stallSeconds, signal }: ForwardOptions,
): Promise<Forwarded> {
  signal.throwIfAborted();
  const taking = new TakenRows(to);
  const sending = new SentRows(from, (bytes) => taking.write(bytes));
  const watch = watchFor(stallSeconds, signal, () => sending.bytes);
  try {
    target.query(taking);
    await Promise.race([taking.isReady, watch.failed]);
    taking.onDrain(() => {
      sending.goOn();
    });
    source.query(sending);
    // A target that refuses says so before the source is done.
    const refused = taking.rows.then(() => new Promise<never>(() => undefined));
    const sent = await Promise.race([sending.rows, refused, watch.failed]);
    taking.end();
    const taken = await Promise.race([taking.rows, watch.failed]);
    if (taken !== sent) {
      throw new FunctionError('internal', `The source sent ${String(sent)} rows, and the target took ${String(taken)}.`);
    }
    return { rows: taken, bytes: sending.bytes };
  } catch (error) {
    source.connection.stream.destroy();
    target.connection.stream.destroy();
    throw error;
  } finally {
    watch.stop();
  }
}

/** Fails when nothing has moved for too long, or nobody wants it to. */
function watchFor(stallSeconds: number, signal: AbortSignal, progress: () => number) {
  const { promise: failed, reject } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  let seen = -1;
  const timer = setInterval(() => {
    const now = progress();
    if (now === seen) {
      reject(
        new FunctionError(
          'connection-lost',
          `Nothing was copied for ${String(stallSeconds)} s: one of the two databases does not answer. Call again with the same key.`,
        ),
      );
    }
    seen = now;
  }, stallSeconds * 1000);
  const abort = (): void => {
    reject(signal.reason as Error);
  };
  signal.addEventListener('abort', abort, { once: true });
  return {
    failed,
    stop: (): void => {
      clearInterval(timer);
      signal.removeEventListener('abort', abort);
    },
  };
}

/** What the driver calls on whatever it is given to carry out, of which only some is used here. */
abstract class Copying {
  readonly text: string;
  readonly #rows = Promise.withResolvers<number>();
  #told = 0;

  constructor(text: string) {
    this.text = text;
    this.#rows.promise.catch(() => undefined);
  }

  /** How many the server says there were, once it is ready for something else. */
  get rows(): Promise<number> {
    return this.#rows.promise;
  }

  abstract submit(connection: pg.Connection): void;

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.#told = Number(text.split(' ').pop());
  }

  handleReadyForQuery(): void {
    this.#rows.resolve(this.#told);
  }

  handleError(error: Error): void {
    this.#rows.reject(error);
  }

  handleCopyInResponse(): void {}
  handleCopyData(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handlePortalSuspended(): void {}
  handleEmptyQuery(): void {}
}

/** The side that copies in. */
class TakenRows extends Copying {
  readonly #ready = Promise.withResolvers<undefined>();
  #socket: Duplex | undefined;

  /** Once the server waits for rows. */
  get isReady(): Promise<undefined> {
    return this.#ready.promise;
  }

  override submit(connection: pg.Connection): void {
    this.#socket = connection.stream;
    this.#ready.promise.catch(() => undefined);
    connection.query(this.text);
  }

  override handleCopyInResponse(): void {
    this.#ready.resolve(undefined);
  }

  override handleError(error: Error): void {
    this.#ready.reject(error);
    super.handleError(error);
  }

  onDrain(listener: () => void): void {
    this.#socket?.on('drain', listener);
    void this.rows.catch(() => undefined).then(() => this.#socket?.off('drain', listener));
  }

  /** @returns whether it takes more at once. */
  write(bytes: Buffer): boolean {
    return this.#socket?.write(bytes) ?? false;
  }

  end(): void {
    this.#socket?.write(copyDone);
  }
}

const copyDone = Buffer.from([0x63, 0, 0, 0, 4]);

type DataListener = (bytes: Buffer) => void;

/** The side that copies out. What it sends goes past the driver for as long as it is rows. */
class SentRows extends Copying {
  readonly #pass: (bytes: Buffer) => boolean;
  readonly #scanner = new CopyOutScanner();
  #socket: Duplex | undefined;
  #bytes = 0;

  constructor(text: string, pass: (bytes: Buffer) => boolean) {
    super(text);
    this.#pass = pass;
  }

  get bytes(): number {
    return this.#bytes;
  }

  goOn(): void {
    this.#socket?.resume();
  }

  override submit(connection: pg.Connection): void {
    const socket = connection.stream;
    this.#socket = socket;
    const ofDriver = socket.listeners('data') as DataListener[];
    socket.removeAllListeners('data');
    const listener: DataListener = (bytes) => {
      const { rows, rest } = this.#scanner.scan(bytes);
      let takesMore = true;
      for (const row of rows) {
        this.#bytes += row.length;
        takesMore = this.#pass(row);
      }
      if (rest !== undefined) {
        socket.off('data', listener);
        for (const each of ofDriver) socket.on('data', each);
        for (const each of ofDriver) each(rest);
      } else if (!takesMore) {
        socket.pause();
      }
    };
    socket.on('data', listener);
    connection.query(this.text);
  }
}
