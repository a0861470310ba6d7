import { streamSSE } from 'hono/streaming';
import type { Actor } from '../../../engine/promotion-service.ts';
import type { ServerContext } from '../endpoint/serve-endpoint.ts';
import { problemOfError } from '../problems/problem-of-error.ts';
import { ProblemError } from '../problems/problem.ts';
import type { ServerPorts } from '../server-ports.ts';

/** One message of a stream. */
export interface StreamMessage {
  readonly event: string;
  readonly data: unknown;
  /** Sent back by whoever connects again, as `Last-Event-ID`. */
  readonly id: string;
}

/** Proxies cut what is silent. */
const beatMs = 15_000;
/** How soon a browser connects again. */
const retryMs = 1000;
/** Windows that one person has open. */
const mostStreams = 50;

/** Streams that are open, by person. */
export class OpenStreams {
  readonly #counts = new Map<string, number>();

  /** @throws ProblemError when one person has too many. @returns what ends it. */
  enter({ id }: Actor): () => void {
    const count = this.#counts.get(id) ?? 0;
    if (count >= mostStreams) {
      throw new ProblemError('too-many-requests', `you have ${String(count)} streams open`, {
        remedy: 'close some of them',
        headers: { 'Retry-After': '5' },
      });
    }
    this.#counts.set(id, count + 1);
    return () => {
      const left = (this.#counts.get(id) ?? 1) - 1;
      if (left === 0) this.#counts.delete(id);
      else this.#counts.set(id, left);
    };
  }
}

/** Answers with a stream of server-sent events, until whoever asked goes, the server stops, or there is nothing to say any more. */
export function openStream(
  context: ServerContext,
  { log, stopping }: Pick<ServerPorts, 'log' | 'stopping'>,
  open: OpenStreams,
  messages: (signal: AbortSignal) => AsyncIterable<StreamMessage>,
): Response {
  const leave = open.enter(context.get('actor'));
  context.header('X-Accel-Buffering', 'no');
  return streamSSE(context, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => {
      gone.abort();
    });
    const beat = setInterval(() => {
      stream.write(': alive\n\n').catch(() => undefined);
    }, beatMs);
    try {
      await stream.write(`retry: ${String(retryMs)}\n\n`);
      for await (const { event, data, id } of messages(AbortSignal.any([gone.signal, stopping]))) {
        await stream.writeSSE({ event, id, data: JSON.stringify(data) });
      }
    } catch (error) {
      const known = problemOfError(error);
      if (known === undefined) log.error({ err: error, path: context.req.path }, 'a stream failed');
      const { kind, message } = known ?? new ProblemError('internal', 'something failed that should not');
      await stream.writeSSE({ event: 'problem', data: JSON.stringify({ code: kind, detail: message }) });
    } finally {
      clearInterval(beat);
      leave();
    }
  });
}
