import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';

/** RFC 9110, section 7.6.1: these speak about one connection and end with it. */
const hopByHop: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The headers of a message that travel on, with repeated ones kept apart (cookies must not be joined). */
export function endToEndHeaders(message: Pick<IncomingMessage, 'rawHeaders' | 'headers'>): OutgoingHttpHeaders {
  const named = (message.headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  const dropped = new Set([...hopByHop, ...named]);
  const headers = new Map<string, string[]>();
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
    const [name, value] = [message.rawHeaders[index]?.toLowerCase(), message.rawHeaders[index + 1]];
    if (name === undefined || value === undefined || dropped.has(name)) continue;
    headers.set(name, [...(headers.get(name) ?? []), value]);
  }
  return Object.fromEntries([...headers].map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
}

/** The headers of a request on its way to a service. */
export function forwardedHeaders(request: IncomingMessage): OutgoingHttpHeaders {
  const { expect: _answeredHere, ...headers } = endToEndHeaders(request);
  const client = request.socket.remoteAddress ?? 'unknown';
  const before = request.headers['x-forwarded-for'];
  return {
    ...headers,
    'x-forwarded-for': [before ?? [], client].flat().join(', '),
    'x-forwarded-proto': 'http',
    ...(request.headers.host === undefined ? {} : { 'x-forwarded-host': request.headers.host }),
    // Said explicitly: Node frames a body of unknown length by itself only for methods that usually have one.
    ...(request.headers['transfer-encoding'] === undefined ? {} : { 'transfer-encoding': 'chunked' }),
  };
}
