import { setTimeout as pause } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { Client } from 'pg';
import pino from 'pino';
import { changeStreamMessages, promotionStreamMessages } from '../../../cloudrun-ui/server/streams/serve-streams.ts';
import { defaultLimits } from '../../../cloudrun-ui/server/server-ports.ts';
import { startServer, type RunningServer } from '../../../cloudrun-ui/server/start-server.ts';
import { PostgresChanges } from '../../../engine/store/postgres/change-listener.ts';
import { connectStore } from '../../../engine/store/postgres/connect.ts';
import { PromotionService } from '../../../engine/promotion-service.ts';
import { engineActor, type Actor } from '../../../engine/workflow/actor.ts';
import { readEventStream, type StreamedMessage } from '../../support/event-stream.ts';
import { noKeeping } from '../../support/no-keeping.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { admin, operator, promoter, ServiceDesk, viewer } from '../../engine/service/service-fixture.ts';
import type { Identity } from '../../../cloudrun-ui/server/identity/identity.ts';

jest.setTimeout(60_000);

/** Reads a stream as a browser does. */
class Reader {
  readonly messages: StreamedMessage[] = [];
  readonly #gone = new AbortController();
  readonly #done: Promise<void>;

  constructor(url: string, lastId?: string, person?: string) {
    this.#done = this.#read(url, lastId, person).catch(() => undefined);
  }

  get lastId(): string {
    return this.messages.at(-1)?.id ?? '';
  }

  /** Everything in a field of a kind of message. */
  of(event: string, field: string): readonly unknown[] {
    return this.messages.filter((each) => each.event === event).flatMap(({ data }) => data[field] as unknown[]);
  }

  async until(isDone: () => boolean, withinMs = 10_000): Promise<void> {
    for (let waitedMs = 0; !isDone(); waitedMs += 20) {
      if (waitedMs > withinMs) throw new Error(`never came; ${JSON.stringify(this.messages).slice(0, 2000)}`);
      await pause(20);
    }
  }

  async leave(): Promise<void> {
    this.#gone.abort();
    await this.#done;
  }

  /** Resolves when the server ends it. */
  ended(): Promise<void> {
    return this.#done;
  }

  async #read(url: string, lastId: string | undefined, person: string | undefined): Promise<void> {
    const headers = {
      ...(lastId === undefined ? {} : { 'Last-Event-ID': lastId }),
      ...(person === undefined ? {} : { 'X-Test-Person': person }),
    };
    const response = await fetch(url, { headers, signal: this.#gone.signal });
    for await (const message of readEventStream(response)) this.messages.push(message);
  }
}

/** Everybody may look, but for whoever says that he is somebody else. */
const everybody: Identity = {
  kind: 'iap',
  identify({ headers }) {
    const id = headers.get('X-Test-Person');
    const actor: Actor = id === null ? { ...viewer, via: 'ui' } : { id, verified: true, roles: [], via: 'ui' };
    return Promise.resolve({ kind: 'known', actor });
  },
};

/** One of several servers on one database, each with its own connections. */
async function startInstance(url: string, desk: ServiceDesk): Promise<RunningServer> {
  const { store, close } = await connectStore({ url, maximumConnections: 4 });
  const changes = new PostgresChanges(url);
  await changes.start();
  const server = await startServer(
    {
      version: '1',
      service: new PromotionService({ ...desk.context, store }),
      identity: everybody,
      answers: store.answers,
      clock: desk.clock,
      log: pino({ level: 'silent' }),
      webFolder: undefined,
      publicOrigin: undefined,
      limits: defaultLimits,
      changes,
      keeping: noKeeping,
      versions: () => store.versions(new Date(desk.clock.now().getTime() - 60_000)),
      checkReady: () => Promise.resolve(),
    },
    { address: '127.0.0.1', port: 0 },
  );
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await changes.close();
      await close();
    },
  };
}

let server: ScratchPostgres;
let url: string;
let desk: ServiceDesk;
let one: RunningServer;
let other: RunningServer;
const readers: Reader[] = [];
beforeAll(async () => {
  server = await startScratchPostgres();
  url = await server.createStoreDatabase();
  desk = await ServiceDesk.open(url);
  one = await startInstance(url, desk);
  other = await startInstance(url, desk);
});
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.leave();
});
afterAll(async () => {
  await one.stop();
  await other.stop();
  await desk.close();
  await server.stop();
});

function read(path: string, lastId?: string, person?: string): Reader {
  const reader = new Reader(path, lastId, person);
  readers.push(reader);
  return reader;
}
const follow = (at: RunningServer, id: string, lastId?: string): Reader =>
  read(`${at.url}/api/promotions/${id}/stream`, lastId);
const writeLine = (promotionId: string, line: string): Promise<void> =>
  desk.store.appendLogs([{ promotionId, step: 'initialize', attempt: 1, at: desk.clock.now(), line }]);
const linesOf = (reader: Reader): readonly string[] =>
  (reader.of('log', 'lines') as readonly { line: string }[]).map(({ line }) => line);
const seqsOf = (reader: Reader): readonly number[] =>
  (reader.of('event', 'events') as readonly { seq: number }[]).map(({ seq }) => seq);
const asked = (): Promise<string> => desk.run({ isDryRun: true });

describe('following a promotion', () => {
  it('is told within moments, on whichever server, what another process did', async () => {
    const id = await asked();
    const readers = [follow(one, id), follow(other, id)];
    for (const reader of readers) await reader.until(() => reader.messages.some(({ event }) => event === 'promotion'));
    await writeLine(id, 'hello');
    await desk.service.note(operator, id, 'looked at it');
    const since = performance.now();
    for (const reader of readers) {
      await reader.until(
        () => linesOf(reader).includes('hello') && JSON.stringify(reader.messages).includes('looked at it'),
      );
    }
    expect(performance.now() - since).toBeLessThan(1000);
  });

  it('misses nothing and gets nothing twice when it comes back, to the same server or to another one', async () => {
    const id = await asked();
    const seen: Reader[] = [];
    let lastId: string | undefined;
    for (let round = 0; round < 6; round += 1) {
      const reader = follow(round % 2 === 0 ? one : other, id, lastId);
      seen.push(reader);
      for (const part of ['a', 'b', 'c']) await writeLine(id, `${String(round)}${part}`);
      await desk.service.note(operator, id, `note ${String(round)}`);
      await reader.until(() => linesOf(reader).length > 0 && seqsOf(reader).length > 0);
      await reader.leave();
      lastId = reader.lastId;
      await writeLine(id, `${String(round)} while nobody looked`);
    }
    const last = follow(one, id, lastId);
    await last.until(() => linesOf(last).includes('5 while nobody looked'));
    const lines = [...seen, last].flatMap(linesOf);
    const expected = (await desk.store.logs(id, 0, 1000)).map(({ line }) => line);
    expect(lines).toEqual(expected);
    await last.until(() => [...seen, last].flatMap(seqsOf).length >= 7);
    const seqs = [...seen, last].flatMap(seqsOf);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  });

  it('sees no line before those that were numbered first, whatever is committed first', async () => {
    const id = await asked();
    const writers = [new Client({ connectionString: url }), new Client({ connectionString: url })] as const;
    for (const writer of writers) await writer.connect();
    const write = (writer: Client, line: string) =>
      writer.query("select append_step_logs(array[$1], array['deploy'], array[1], array[now()], array[$2])", [
        id,
        line,
      ]);
    const reader = follow(one, id);
    await writers[0].query('begin');
    await write(writers[0], 'numbered first');
    const second = write(writers[1], 'numbered second');
    await pause(300);
    expect(linesOf(reader)).toEqual([]);
    await writers[0].query('commit');
    await second;
    await reader.until(() => linesOf(reader).length === 2);
    expect(linesOf(reader)).toEqual(['numbered first', 'numbered second']);
    for (const writer of writers) await writer.end();
  });

  it('is told how the promotion is each time that it is otherwise, in messages as they are documented', async () => {
    const id = await asked();
    const reader = follow(one, id);
    await reader.until(() => reader.messages.length > 1);
    await desk.change(id, (draft) => {
      draft.moveTo('CANCELLED', engineActor);
    });
    await reader.until(() =>
      reader.messages.some(({ data }) => (data['promotion'] as { state?: string } | undefined)?.state === 'CANCELLED'),
    );
    for (const { event, data } of reader.messages) promotionStreamMessages.parse({ event, data });
  });

  it('is refused with a status that tells where there is no such promotion', async () => {
    const answer = await fetch(`${one.url}/api/promotions/pr-0/stream`);
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([404, 'application/problem+json']);
  });
});

describe('following everything', () => {
  const follow = (at: RunningServer, lastId?: string): Reader => read(`${at.url}/api/stream`, lastId);
  const changed = (reader: Reader): readonly string[] => reader.of('change', 'promotions') as readonly string[];

  it('begins with a reset, and is told which promotions changed and that settings did', async () => {
    const reader = follow(other);
    await reader.until(() => reader.messages[0]?.event === 'reset');
    const id = await asked();
    await reader.until(() => changed(reader).includes(id));
    await desk.service.hold(operator, { application: 'shop', environment: 'production', reason: 'audit' });
    await reader.until(() => reader.messages.some(({ data }) => data['settings'] === true));
    for (const { event, data } of reader.messages) changeStreamMessages.parse({ event, data });
  });

  it('is told what it missed when it comes back, and begins anew at another server', async () => {
    const reader = follow(one);
    await reader.until(() => reader.messages.length > 0);
    await asked();
    await reader.until(() => changed(reader).length > 0);
    await reader.leave();
    const id = await asked();
    await pause(300);
    const same = follow(one, reader.lastId);
    await same.until(() => changed(same).includes(id));
    expect(same.messages[0]?.event).toBe('change');
    const another = follow(other, reader.lastId);
    await another.until(() => another.messages[0]?.event === 'reset');
  });

  it('tells somebody who may see a part of it of that part alone, by the roles that he has at the time', async () => {
    const bind = (environment: string) => ({
      subject: 'quinn@shop.example',
      role: 'viewer',
      application: 'shop',
      environment,
    });
    const quinn = read(`${one.url}/api/stream`, undefined, 'quinn@shop.example');
    const vera = follow(one);
    for (const reader of [quinn, vera]) await reader.until(() => reader.messages[0]?.event === 'reset');
    const unseen = await asked();
    await vera.until(() => changed(vera).includes(unseen));
    await pause(500);
    expect(changed(quinn)).toEqual([]);
    await desk.service.bindRole(admin, bind('qa'));
    await quinn.until(() => quinn.messages.some(({ data }) => data['settings'] === true));
    const seen = await asked();
    await quinn.until(() => changed(quinn).includes(seen));
    await desk.service.unbindRole(admin, bind('qa'));
    await quinn.until(() => quinn.messages.filter(({ data }) => data['settings'] === true).length === 2);
    const unseenAgain = await asked();
    await vera.until(() => changed(vera).includes(unseenAgain));
    await pause(500);
    expect(changed(quinn)).not.toContain(unseenAgain);
  });

  it('finds what a process changed that died before it could tell', async () => {
    const reader = follow(one);
    await reader.until(() => reader.messages.length > 0);
    const id = await asked();
    await reader.until(() => changed(reader).includes(id));
    await pause(1500);
    const before = changed(reader).length;
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query('update promotion set version = version + 1 where id = $1', [id]);
    await client.end();
    await reader.until(() => changed(reader).length > before);
  });

  it('begins anew when the connection that listens was lost', async () => {
    const reader = follow(one);
    await reader.until(() => reader.messages.length > 0);
    const resets = (): number => reader.messages.filter(({ event }) => event === 'reset').length;
    const before = resets();
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'promotion-process changes' and datname = current_database()",
    );
    await client.end();
    await reader.until(() => resets() > before);
    const id = await asked();
    await reader.until(() => changed(reader).includes(id));
  });

  it('is let go when the server stops, to go on at another one', async () => {
    const third = await startInstance(url, desk);
    const id = await desk.service.run(promoter, { application: 'shop', release: 'v2', to: 'qa', isDryRun: true });
    const readers = [follow(third), read(`${third.url}/api/promotions/${id}/stream`)];
    for (const reader of readers) await reader.until(() => reader.messages.length > 0);
    const begun = performance.now();
    await third.stop();
    for (const reader of readers) await reader.ended();
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});
