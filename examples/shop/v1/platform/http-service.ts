import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Phase } from './phase.ts';
import { RequestProblem, problemReply } from './reply.ts';
import type { Reply } from './reply.ts';
import { readJsonBody } from './request-body.ts';
import { matchRoute } from './route.ts';
import type { Route } from './route.ts';

export interface HttpServiceOptions {
  readonly routes: readonly Route[];
  readonly phase: Phase;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** Longer than the proxies in front keep theirs, so that it is never the service that closes an idle connection first. */
const keepAliveTimeoutMs = 75_000;

/** What nginx made the custom for a client that left, or was cut off, before its answer. */
const abortedStatus = 499;

/** Answers HTTP on loopback: routing, one log line and one measurement per request, and an end that loses nothing. */
export class HttpService {
  readonly #options: HttpServiceOptions;
  readonly #server: Server;
  readonly #inFlight = new Set<Promise<undefined>>();

  constructor(options: HttpServiceOptions) {
    this.#options = options;
    this.#server = createServer(
      { keepAliveTimeout: keepAliveTimeoutMs, requestTimeout: 30_000 },
      (message, response) => {
        // `answer` reports every failure itself; nothing is left to wait for.
        this.#answer(message, response).catch((error: unknown) => {
          options.log.error('answer-failed', error);
          response.destroy();
        });
      },
    );
  }

  /** @returns the port it listens on. */
  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    this.#options.phase.serve();
    return (this.#server.address() as AddressInfo).port;
  }

  /**
   * Answers not ready and asks clients to close for a while, then accepts nothing more and finishes what is in flight.
   * @returns whether everything ended by itself; false when connections had to be cut at the bound.
   */
  async stop(lameDuckMs: number, boundMs: number): Promise<boolean> {
    this.#options.phase.stop();
    await new Promise((resolve) => setTimeout(resolve, lameDuckMs));
    let isClean = true;
    const bound = setTimeout(() => {
      isClean = false;
      this.#server.closeAllConnections();
    }, boundMs);
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
    clearTimeout(bound);
    // The server is closed a moment before the last requests are counted and logged.
    await Promise.all(this.#inFlight);
    return isClean;
  }

  async #answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { metrics, log, phase, routes } = this.#options;
    const started = performance.now();
    const method = message.method ?? 'GET';
    const { pathname, searchParams } = parseTarget(message.url ?? '/');
    const match = matchRoute(routes, method, pathname);
    const pattern = match.kind === 'found' ? match.route.pattern : 'unmatched';
    const requestId = requestIdOf(message);

    metrics.requestStarted();
    const ended = Promise.withResolvers<undefined>();
    this.#inFlight.add(ended.promise);
    response.once('close', () => {
      const durationMs = performance.now() - started;
      const status = response.writableFinished ? response.statusCode : abortedStatus;
      metrics.requestEnded(method, pattern, status, durationMs / 1_000);
      this.#inFlight.delete(ended.promise);
      ended.resolve(undefined);
      log.info('request', {
        requestId,
        method,
        route: pattern,
        path: pathname,
        status,
        durationMs: Math.round(durationMs * 10) / 10,
      });
    });

    const reply = await this.#replyTo(requestId, async () => {
      switch (match.kind) {
        case 'found':
          return match.route.handle({
            parameters: match.parameters,
            query: searchParams,
            headers: message.headers,
            requestId,
            readJson: () => readJsonBody(message),
          });
        case 'wrong-method':
          throw new RequestProblem(405, `${pathname} answers ${match.allowed.join(', ')}, not ${method}.`, {
            headers: { allow: match.allowed.join(', ') },
          });
        case 'unknown':
          throw new RequestProblem(404, `There is nothing at ${pathname}.`);
      }
    });
    response.writeHead(reply.status, {
      ...reply.headers,
      'content-length': Buffer.byteLength(reply.body),
      'x-content-type-options': 'nosniff',
      'x-request-id': requestId,
      ...(phase.current === 'stopping' ? { connection: 'close' } : {}),
    });
    response.end(reply.body);
  }

  async #replyTo(requestId: string, handle: () => Promise<Reply>): Promise<Reply> {
    try {
      return await handle();
    } catch (error) {
      if (!(error instanceof RequestProblem)) {
        this.#options.log.error('request-failed', error, { requestId });
        return problemReply(
          new RequestProblem(500, `Something went wrong here. Quote request ${requestId} when you ask.`),
        );
      }
      if (error.cause !== undefined) this.#options.log.error('request-failed', error.cause, { requestId });
      return problemReply(error);
    }
  }
}

function parseTarget(target: string): { readonly pathname: string; readonly searchParams: URLSearchParams } {
  const [pathname = '/', ...query] = target.split('?');
  return { pathname, searchParams: new URLSearchParams(query.join('?')) };
}

function requestIdOf(message: IncomingMessage): string {
  const given = message.headers['x-request-id'];
  return typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
}
