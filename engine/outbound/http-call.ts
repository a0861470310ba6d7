import { once } from 'node:events';
import { request as requestPlain, type IncomingMessage } from 'node:http';
import { request as requestSecure } from 'node:https';
import { connect as connectPlainly, isIP } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { OutboundRefusedError, type OutboundPolicy } from './address-policy.ts';
import { checkedLookup, refuseAddress, type ResolveHost } from './checked-lookup.ts';
import { describeSeconds } from '../contract/describe-seconds.ts';

export interface HttpCall {
  readonly url: string;
  /** Default: GET. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** From the first byte sent to the last byte read. */
  readonly timeoutSeconds: number;
  /** What is read of an answer with a status; the rest is left unread. 0: the status alone is waited for. */
  readonly mostBytes: (status: number) => number;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly statusText: string;
  /** The beginning of the body. */
  readonly body: string;
  readonly isCut: boolean;
  /** From sending to the status. */
  readonly responseTimeMs: number;
  /** Of the answer's Retry-After header, when it says seconds. */
  readonly retryAfterSeconds: number | undefined;
}

/**
 * Calls addresses that rules name: checked after they were resolved, and pinned for the connection. A redirect is an
 * answer like any other and is not followed, since it would lead to an address that nobody has written down.
 */
export class HttpCaller {
  readonly #policy: OutboundPolicy;
  readonly #resolveHost: ResolveHost | undefined;

  /** @param resolveHost default: the system's resolver. */
  constructor(policy: OutboundPolicy, resolveHost?: ResolveHost) {
    this.#policy = policy;
    this.#resolveHost = resolveHost;
  }

  /** The same caller, which may reach these private networks, too. */
  withNetworks(networks: readonly string[]): HttpCaller {
    const { privateNetworks } = this.#policy;
    if (privateNetworks === 'all' || networks.length === 0) return this;
    return new HttpCaller({ ...this.#policy, privateNetworks: [...privateNetworks, ...networks] }, this.#resolveHost);
  }

  /**
   * @throws OutboundRefusedError; an error named TimeoutError when the time is over; the signal's reason when it is
   *   aborted; what the connection failed with.
   */
  async call(call: HttpCall): Promise<HttpAnswer> {
    call.signal.throwIfAborted();
    const url = checkedUrl(call.url);
    refuseAddress(url.hostname, this.#policy);
    const timeout = AbortSignal.timeout(call.timeoutSeconds * 1000);
    const signal = AbortSignal.any([call.signal, timeout]);
    const startedAt = performance.now();
    try {
      const response = await this.#send(url, call, signal);
      const responseTimeMs = performance.now() - startedAt;
      const status = response.statusCode ?? 0;
      const { body, isCut } = await beginningOf(response, call.mostBytes(status));
      return {
        status,
        statusText: response.statusMessage ?? '',
        body,
        isCut,
        responseTimeMs,
        retryAfterSeconds: secondsIn(response.headers['retry-after']),
      };
    } catch (error) {
      call.signal.throwIfAborted();
      if (timeout.aborted) throw new HttpTimeoutError(url, call.timeoutSeconds);
      throw error;
    }
  }

  /**
   * Opens a connection to where an address leads and closes it again; nothing is sent on it but what TLS needs.
   * @throws as `call` does
   */
  async connect(address: string, timeoutSeconds: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const url = checkedUrl(address);
    refuseAddress(url.hostname, this.#policy);
    const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
    const either = AbortSignal.any([signal, timeout]);
    const isSecure = url.protocol === 'https:';
    const place = {
      host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
      lookup: checkedLookup(this.#policy, this.#resolveHost),
    };
    const socket = isSecure
      ? connectSecurely({ ...place, servername: serverNameOf(place.host) })
      : connectPlainly(place);
    try {
      await once(socket, isSecure ? 'secureConnect' : 'connect', { signal: either });
    } catch (error) {
      signal.throwIfAborted();
      if (timeout.aborted) throw new HttpTimeoutError(url, timeoutSeconds);
      throw error;
    } finally {
      socket.destroy();
    }
  }

  #send(url: URL, call: HttpCall, signal: AbortSignal): Promise<IncomingMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const send = url.protocol === 'https:' ? requestSecure : requestPlain;
    const request = send(url, {
      method: call.method ?? 'GET',
      headers: { ...call.headers, ...lengthOf(call.body) },
      lookup: checkedLookup(this.#policy, this.#resolveHost),
      // No connection is shared: one that another call opened was checked by another policy.
      agent: false,
      signal,
    });
    request.once('response', resolve);
    request.on('error', reject);
    request.end(call.body);
    return promise;
  }
}

/** Took longer than it may. */
export class HttpTimeoutError extends Error {
  override readonly name = 'TimeoutError';

  constructor(url: URL, seconds: number) {
    super(`${url.origin} did not answer within ${describeSeconds(seconds)}`);
  }
}

function checkedUrl(text: string): URL {
  // The parser's own error would repeat the address, which may hold a secret.
  if (!URL.canParse(text)) throw new OutboundRefusedError('the address of the call is not a valid URL');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new OutboundRefusedError(`${url.protocol} is not called: only http: and https: are`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new OutboundRefusedError(`${url.host} is not called: the address carries a password; name a secret instead`);
  }
  return url;
}

/** Certificates name hosts; an address has no name to ask for. */
function serverNameOf(host: string): string {
  return isIP(host) === 0 ? host : '';
}

function lengthOf(body: string | undefined): Readonly<Record<string, string>> {
  return body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
}

async function beginningOf(response: IncomingMessage, mostBytes: number): Promise<{ body: string; isCut: boolean }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  if (mostBytes === 0) {
    response.destroy();
    return { body: '', isCut: true };
  }
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    // Leaving the loop ends the connection: an answer may be endless.
    if (bytes > mostBytes) break;
  }
  return { body: Buffer.concat(chunks).subarray(0, mostBytes).toString('utf8'), isCut: bytes > mostBytes };
}

function secondsIn(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) : undefined;
}
