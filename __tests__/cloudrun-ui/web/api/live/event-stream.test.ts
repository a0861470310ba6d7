import { setTimeout as pause } from 'node:timers/promises';
import { EventStream, type StreamTiming } from '../../../../../cloudrun-ui/web/src/api/live/event-stream.ts';

const timing: StreamTiming = { firstPauseMs: 5, longestPauseMs: 40, longestSilenceMs: 60 };

/** A server that answers each connection as the next of its turns says. */
class Server {
  /** The `Last-Event-ID` of each connection. */
  readonly lastIds: (string | null)[] = [];
  readonly #turns: (() => Response | Promise<Response>)[];

  constructor(...turns: (() => Response | Promise<Response>)[]) {
    this.#turns = turns;
  }

  readonly fetch = async (_: unknown, init?: RequestInit): Promise<Response> => {
    this.lastIds.push(new Headers(init?.headers).get('Last-Event-ID'));
    const turn = this.#turns[this.lastIds.length - 1] ?? silent;
    const { promise, reject } = Promise.withResolvers<never>();
    init?.signal?.addEventListener('abort', () => {
      reject(new Error('aborted'));
    });
    return Promise.race([promise, turn()]);
  };
}

const streaming = (body: string | ReadableStream): Response =>
  new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
/** Sends something, then is cut off. */
const sends = (text: string) => (): Response => streaming(text);
const silent = (): Response => streaming(new ReadableStream());
const away = (): Promise<Response> => Promise.reject(new TypeError('fetch failed'));
const answers =
  (status: number, headers: Record<string, string> = {}) =>
  (): Response =>
    new Response('{}', { status, headers: { 'Content-Type': 'application/problem+json', ...headers } });

const open: EventStream[] = [];
afterEach(() => {
  for (const stream of open.splice(0)) stream.stop();
});

function follow(server: Server, lastId?: string) {
  const told: string[] = [];
  const stream = new EventStream({
    url: '/api/stream',
    lastId,
    fetch: server.fetch,
    random: () => 0.5,
    timing,
    onMessage: ({ data }) => told.push(data),
    onOpen: () => told.push('open'),
    onLost: () => told.push('lost'),
    onRefused: ({ status }) => told.push(`refused ${String(status)}`),
  });
  open.push(stream);
  stream.start();
  return { told, stream };
}

async function until(isSo: () => boolean): Promise<void> {
  for (let waitedMs = 0; !isSo(); waitedMs += 5) {
    if (waitedMs > 5000) throw new Error('it never came');
    await pause(5);
  }
}

describe('a stream of events', () => {
  it('comes back with the id of what it had last, and is not called lost for that', async () => {
    const server = new Server(sends('data: a\nid: 1\n\ndata: b\nid: 2\n\n'), sends('data: c\nid: 3\n\n'));
    const { told } = follow(server);
    await until(() => server.lastIds.length === 3);
    expect(server.lastIds).toEqual([null, '2', '3']);
    expect(told).toEqual(['open', 'a', 'b', 'open', 'c', 'open']);
  });

  it('asks for what came since the half of a message that it had, again from its beginning', async () => {
    const server = new Server(sends('data: a\nid: 1\n\ndata: b\nid: 2'), sends('data: b\nid: 2\n\n'));
    const { told } = follow(server);
    await until(() => server.lastIds.length === 3);
    expect(server.lastIds).toEqual([null, '1', '2']);
    expect(told.filter((each) => each === 'b')).toHaveLength(1);
  });

  it('is lost once it was tried in vain, goes on trying ever more rarely, and is found again', async () => {
    const server = new Server(
      sends('data: a\nid: 1\n\n'),
      away,
      answers(503),
      answers(502),
      sends('data: b\nid: 2\n\n'),
    );
    const { told } = follow(server);
    await until(() => told.includes('b'));
    expect(server.lastIds.slice(0, 5)).toEqual([null, '1', '1', '1', '1']);
    expect(told.slice(0, 7)).toEqual(['open', 'a', 'lost', 'lost', 'lost', 'open', 'b']);
  });

  it('takes one that is silent for longer than a server ever is for dead', async () => {
    const server = new Server(silent, sends('data: a\nid: 1\n\n'));
    const { told } = follow(server);
    await until(() => told.includes('a'));
    expect(told.slice(0, 3)).toEqual(['open', 'open', 'a']);
  });

  it('gives up where it is refused, and nowhere else', async () => {
    const server = new Server(answers(429, { 'Retry-After': '0' }), answers(403), sends('data: a\n\n'));
    const { told } = follow(server);
    await until(() => told.includes('refused 403'));
    await pause(100);
    expect(told).toEqual(['lost', 'refused 403']);
  });

  it('stops and goes on behind what it had', async () => {
    const server = new Server(() => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('data: a\nid: 7\n\n'));
        },
      });
      return streaming(body);
    });
    const { told, stream } = follow(server);
    await until(() => told.includes('a'));
    stream.stop();
    await pause(50);
    expect(server.lastIds).toEqual([null]);
    stream.start();
    await until(() => server.lastIds.length === 2);
    expect(server.lastIds).toEqual([null, '7']);
  });

  it('begins behind what somebody has already', async () => {
    const server = new Server(silent);
    follow(server, '3-9');
    await until(() => server.lastIds.length === 1);
    expect(server.lastIds).toEqual(['3-9']);
  });
});
