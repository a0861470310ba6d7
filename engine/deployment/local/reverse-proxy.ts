import {
  createServer,
  request as sendRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { loopbackHost } from './loopback-ports.ts';
import { endToEndHeaders, forwardedHeaders } from './proxy-headers.ts';
import type { ShareSequence } from './share-sequence.ts';
import type { SideCounter, SideCounters } from './side-counter.ts';
import type { TrafficCounter } from './traffic-counter.ts';
import type { Upstream } from './upstream.ts';
import { causeText } from '../../wording/cause-text.ts';

/** Safe methods (RFC 9110, section 9.2.1): sending such a request twice does nothing twice. */
const repeatable: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Longer than what common clients keep idle connections, so that it is they who close first and no request is lost. */
const keepAliveSeconds = 120;

export interface Route {
  /** The instance that answers new requests; undefined while none can. */
  readonly upstream: Upstream | undefined;
}

/** A second route that gets a share of the requests, and what both are counted by meanwhile. */
export interface Split {
  readonly canary: Route;
  readonly share: ShareSequence;
  readonly counters: SideCounters;
}

type Side = keyof SideCounters;

/** Where one request goes. */
interface Way {
  readonly side: Side;
  readonly upstream: Upstream;
  /** Undefined while there is one side only. */
  readonly counter: SideCounter | undefined;
}

/** The stable address of one service in one environment; passes each request to the instance that serves just then. */
export class ReverseProxy {
  readonly service: string;
  readonly port: number;
  readonly #server: Server;
  #route: Route | undefined;
  #split: Split | undefined;
  #traffic: TrafficCounter;
  #unanswered = 0;

  private constructor(service: string, port: number, traffic: TrafficCounter) {
    this.service = service;
    this.port = port;
    this.#traffic = traffic;
    this.#server = createServer({ keepAliveTimeout: keepAliveSeconds * 1000 }, (incoming, outgoing) => {
      this.#answer(incoming, outgoing);
    });
  }

  /** @throws when the port is not free. */
  static async listen(service: string, port: number, traffic: TrafficCounter): Promise<ReverseProxy> {
    const proxy = new ReverseProxy(service, port, traffic);
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once('error', (error) => {
        const message = `${service} cannot be served at ${loopbackHost}:${String(port)} (${causeText(error)}): free the port`;
        reject(new Error(message, { cause: error }));
      });
      proxy.#server.listen({ host: loopbackHost, port, exclusive: true }, resolve);
    });
    return proxy;
  }

  /** Requests since it began that no instance answered, or not to their end. */
  get unanswered(): number {
    return this.#unanswered;
  }

  get url(): string {
    return `http://${loopbackHost}:${String(this.port)}`;
  }

  /**
   * Sends every request from now on to another route, or all but the share of a canary; requests under way stay where
   * they are.
   */
  shift(route: Route | undefined, split?: Split): void {
    this.#route = route;
    this.#split = split;
  }

  /** Counts every request from now on elsewhere. */
  count(traffic: TrafficCounter): void {
    this.#traffic = traffic;
  }

  /** Takes no new connection; `finish` ends those that are open. */
  refuseConnections(): void {
    this.#server.close();
    this.#server.closeIdleConnections();
  }

  finish(): void {
    this.#server.closeAllConnections();
  }

  #answer(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const traffic = this.#traffic;
    traffic.requests += 1;
    const way = this.#way(this.#split?.share.next() === true ? 'canary' : 'baseline');
    if (way === undefined) {
      traffic.failed += 1;
      this.#unanswered += 1;
      refuse(outgoing, 503, `no instance of ${this.service} is ready`);
      return;
    }
    const exchange = new Exchange(incoming, outgoing, () => {
      traffic.failed += 1;
      this.#unanswered += 1;
    });
    this.#forward(exchange, way, 'kept');
  }

  /** Where a request of one side can go now: to the other side while its own has no instance. */
  #way(preferred: Side): Way | undefined {
    const split = this.#split;
    const upstreams = { canary: split?.canary.upstream, baseline: this.#route?.upstream };
    const other: Side = preferred === 'canary' ? 'baseline' : 'canary';
    const side = upstreams[preferred] === undefined ? other : preferred;
    const upstream = upstreams[side];
    return upstream === undefined ? undefined : { side, upstream, counter: split?.counters[side] };
  }

  /** @param connection `fresh`: never one that was idle, which its other end may be closing this very moment. */
  #forward(exchange: Exchange, way: Way, connection: 'kept' | 'fresh'): void {
    const { incoming, outgoing } = exchange;
    const { side, upstream } = way;
    exchange.countBy(way.counter);
    const mayRepeat = repeatable.has(incoming.method ?? '') && !hasBody(incoming);
    upstream.acquire();
    outgoing.once('close', () => {
      upstream.release();
    });
    const request = sendRequest({
      host: loopbackHost,
      port: upstream.port,
      method: incoming.method,
      path: incoming.url,
      headers: forwardedHeaders(incoming),
      setHost: false,
      agent: connection === 'kept' && mayRepeat ? upstream.agent : false,
    });
    request.once('response', (response) => {
      exchange.answerWith(response);
    });
    request.on('error', (error) => {
      if (exchange.isOver) return;
      // On the same side, or a side that loses its connections would leave its requests to the other.
      const next = this.#way(side);
      const isIdleConnectionLost = request.reusedSocket && !outgoing.headersSent && mayRepeat;
      if (isIdleConnectionLost && connection === 'kept' && next !== undefined) this.#forward(exchange, next, 'fresh');
      else exchange.fail(`${this.service} did not answer: ${causeText(error)}`);
    });
    outgoing.once('close', () => {
      if (!outgoing.writableFinished) request.destroy();
    });
    if (hasBody(incoming)) incoming.pipe(request);
    else request.end();
  }
}

/** One request and its answer, which fails at most once. */
class Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly #onFailure: () => void;
  readonly #arrivedAt = performance.now();
  #counter: SideCounter | undefined;
  #responseTimeMs: number | undefined;
  #hasFailed = false;

  constructor(incoming: IncomingMessage, outgoing: ServerResponse, onFailure: () => void) {
    this.incoming = incoming;
    this.outgoing = outgoing;
    this.#onFailure = onFailure;
    outgoing.once('close', () => {
      this.#count();
    });
  }

  /** The counter of the side that answers. */
  countBy(counter: SideCounter | undefined): void {
    this.#counter = counter;
  }

  /** The client left, or everything is said. */
  get isOver(): boolean {
    return this.outgoing.destroyed || this.outgoing.writableEnded;
  }

  answerWith(response: IncomingMessage): void {
    if (this.isOver) {
      response.resume();
      return;
    }
    this.#responseTimeMs = performance.now() - this.#arrivedAt;
    response.once('error', (error) => {
      this.fail(`the answer broke off: ${causeText(error)}`);
    });
    this.outgoing.writeHead(response.statusCode ?? 502, response.statusMessage, endToEndHeaders(response));
    response.pipe(this.outgoing);
  }

  fail(reason: string): void {
    if (this.isOver || this.#hasFailed) return;
    this.#hasFailed = true;
    this.#onFailure();
    // Half an answer cannot be taken back; a connection that breaks off is the only honest sign left.
    if (this.outgoing.headersSent) this.outgoing.destroy();
    else refuse(this.outgoing, 502, reason);
  }

  /** A client that left before its answer says nothing about who would have given it. */
  #count(): void {
    const { headersSent, statusCode, writableFinished } = this.outgoing;
    const hasFailed = this.#hasFailed || (headersSent && statusCode >= 500);
    if (!hasFailed && !writableFinished) return;
    this.#counter?.count(this.#responseTimeMs ?? performance.now() - this.#arrivedAt, hasFailed);
  }
}

function hasBody(message: IncomingMessage): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = message.headers;
  return encoding !== undefined || (length !== undefined && length !== '0');
}

function refuse(outgoing: ServerResponse, status: 502 | 503, reason: string): void {
  const body = `${JSON.stringify({ error: reason })}\n`;
  outgoing.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(status === 503 ? { 'retry-after': '1' } : {}),
  });
  outgoing.end(body);
}
