import { SseParser, type StreamMessage } from './sse-parser.ts';

/** Why a server will not stream, however often it is asked. */
export interface StreamRefusal {
  readonly status: number;
}

export interface StreamHandlers {
  readonly onMessage: (message: StreamMessage) => void;
  /** The server answers: from here on nothing is missed. */
  readonly onOpen?: () => void;
  /** It was tried again in vain; it goes on trying. */
  readonly onLost?: () => void;
  readonly onRefused?: (refusal: StreamRefusal) => void;
}

export interface EventStreamOptions extends StreamHandlers {
  readonly url: string;
  /** Of the last message that is known already. Default: none is. */
  readonly lastId?: string | undefined;
  /** Default: the browser's. */
  readonly fetch?: typeof fetch;
  /** From 0 to 1, so that not everybody comes back at once. Default: at random. */
  readonly random?: () => number;
  readonly timing?: StreamTiming;
}

export interface StreamTiming {
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** The server beats every 15 s; a stream that is silent for so long is dead, whatever the network says. */
  readonly longestSilenceMs: number;
}

const usualTiming: StreamTiming = { firstPauseMs: 1000, longestPauseMs: 15_000, longestSilenceMs: 40_000 };

/** Refused once and for all: who asks is not known, may not, or asks for what there is not. */
const refusals: readonly number[] = [400, 401, 403, 404, 421];

/**
 * A stream of server-sent events that comes back with the id of what it had last, whatever ended it. The browser's own
 * EventSource gives up for good when a proxy answers in the server's place, and forgets that id.
 */
export class EventStream {
  readonly #options: EventStreamOptions;
  readonly #timing: StreamTiming;
  #lastId: string;
  #run: AbortController | undefined;
  #wake: () => void = () => undefined;

  constructor(options: EventStreamOptions) {
    this.#options = options;
    this.#timing = options.timing ?? usualTiming;
    this.#lastId = options.lastId ?? '';
  }

  /** Begins, or goes on where it stopped. */
  start(): void {
    if (this.#run !== undefined) return;
    const run = new AbortController();
    this.#run = run;
    void this.#follow(run.signal);
  }

  /** Until it is started again. */
  stop(): void {
    this.#run?.abort();
    this.#run = undefined;
  }

  /** Tries again at once where it pauses. */
  hurry(): void {
    this.#wake();
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { firstPauseMs, longestPauseMs } = this.#timing;
    let pauseMs = firstPauseMs;
    for (;;) {
      const outcome = await this.#connect(signal);
      if (signal.aborted) return;
      if (outcome.kind === 'refused') {
        this.#options.onRefused?.({ status: outcome.status });
        return;
      }
      // A server that stops sends its readers elsewhere; only one that is not there is lost.
      if (outcome.kind === 'ended') pauseMs = firstPauseMs;
      else this.#options.onLost?.();
      const { random = Math.random } = this.#options;
      await this.#pause(Math.max(outcome.waitMs, pauseMs * (0.75 + random() / 2)), signal);
      pauseMs = Math.min(longestPauseMs, outcome.kind === 'ended' ? pauseMs : pauseMs * 2);
    }
  }

  async #connect(signal: AbortSignal): Promise<Outcome> {
    const { url, fetch: ask = fetch, onOpen } = this.#options;
    const silence = new AbortController();
    let isOpen = false;
    let timer = this.#startTimer(silence);
    const heard = (): void => {
      clearTimeout(timer);
      timer = this.#startTimer(silence);
    };
    const either = AbortSignal.any([signal, silence.signal]);
    try {
      const response = await ask(url, {
        headers: { Accept: 'text/event-stream', ...(this.#lastId === '' ? {} : { 'Last-Event-ID': this.#lastId }) },
        cache: 'no-store',
        credentials: 'same-origin',
        signal: either,
      });
      const isStream = response.headers.get('Content-Type')?.startsWith('text/event-stream') === true;
      if (!response.ok || !isStream || response.body === null) {
        await response.body?.cancel();
        if (refusals.includes(response.status)) return { kind: 'refused', status: response.status };
        return { kind: 'failed', waitMs: Number(response.headers.get('Retry-After') ?? 0) * 1000 || 0 };
      }
      isOpen = true;
      heard();
      onOpen?.();
      await this.#read(response.body, either, heard);
      return { kind: 'ended', waitMs: 0 };
    } catch {
      return { kind: isOpen ? 'ended' : 'failed', waitMs: 0 };
    } finally {
      clearTimeout(timer);
    }
  }

  async #read(body: ReadableStream<Uint8Array>, signal: AbortSignal, heard: () => void): Promise<void> {
    const parser = new SseParser(this.#lastId);
    const decoder = new TextDecoder();
    const reader = body.getReader();
    signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined), { once: true });
    for (;;) {
      const { done, value } = await reader.read();
      if (done || signal.aborted) return;
      heard();
      for (const message of parser.feed(decoder.decode(value, { stream: true }))) {
        this.#options.onMessage(message);
        // Only once it has been taken: what fails on the way is sent again.
        this.#lastId = message.id;
      }
    }
  }

  #startTimer(silence: AbortController): ReturnType<typeof setTimeout> {
    return setTimeout(() => silence.abort(), this.#timing.longestSilenceMs);
  }

  #pause(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => resolve(undefined), ms);
    this.#wake = () => resolve(undefined);
    signal.addEventListener('abort', this.#wake, { once: true });
    return promise.finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', this.#wake);
    });
  }
}

type Outcome =
  | { readonly kind: 'ended' | 'failed'; readonly waitMs: number }
  | { readonly kind: 'refused'; readonly status: number };
