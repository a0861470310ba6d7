import { once } from 'node:events';
import path from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import type pg from 'pg';
import type { Connections } from '../connections.ts';
import { CONTROL_SCHEMA } from '../control/control-schema.ts';
import { FunctionError } from '../function-error.ts';
import type { DumpOutcome, DumpWorkerData } from './pg-dump-messages.ts';
import { canonicalSchema } from './canonical-schema.ts';
import { WireRelay } from './wire-relay.ts';

/** Beside this file, in the language that it is in: TypeScript in the source, JavaScript where it is deployed. */
const workerFile = new URL(`./pg-dump-worker${path.extname(import.meta.filename)}`, import.meta.url);

export interface DumpOptions {
  /** Which part; everything when absent. */
  readonly section?: 'pre-data' | 'post-data';
  /** An exported snapshot to read under. */
  readonly snapshot?: string;
}

/**
 * The schema of a database as `pg_dump --schema-only` prints it, without the control schema and without the lines that
 * say when and by what it was printed. pg_dump runs as WebAssembly in a thread of its own, over a connection of its own.
 * @throws FunctionError `connection-failed`, `connection-lost`, `sql-failed` with what pg_dump said
 */
export async function dumpSchema(
  connections: Connections,
  database: string,
  options: DumpOptions = {},
): Promise<string> {
  const client = await connections.connect(database);
  try {
    await client.query("SELECT set_config('client_connection_check_interval', '2s', false)");
    const outcome = await runPgDump(client, argumentsOf(options));
    if ('failure' in outcome) throw failureOf(outcome.failure);
    return canonicalSchema(outcome.sql);
  } finally {
    client.connection.stream.destroy();
  }
}

/** Keeps what pg_dump says of the database and drops what it says of its own place on this machine. */
function failureOf(output: string): FunctionError {
  const said =
    /error: .*/s.exec(output)?.[0].replaceAll(/[\w./-]*pg-dump-worker\.[jt]s: /g, ' ') ?? 'pg_dump ended early';
  return new FunctionError('sql-failed', `The schema could not be read: ${said}`);
}

function argumentsOf(options: DumpOptions): readonly string[] {
  return [
    options.section === undefined ? '--schema-only' : `--section=${options.section}`,
    `--exclude-schema=${CONTROL_SCHEMA}`,
    ...(options.snapshot === undefined ? [] : [`--snapshot=${options.snapshot}`]),
  ];
}

async function runPgDump(client: pg.Client, args: readonly string[]): Promise<DumpOutcome> {
  const settings = await reportedSettings(client);
  const { port1: here, port2: there } = new MessageChannel();
  const flag = new SharedArrayBuffer(4);
  const word = new Int32Array(flag);
  const socket = client.connection.stream;
  socket.removeAllListeners('data');
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => undefined);
  const relay = new WireRelay(socket, settings, {
    reply: (bytes) => {
      here.postMessage(bytes);
      Atomics.store(word, 0, 1);
      Atomics.notify(word, 0);
    },
    lost: () => {
      lost.reject(
        new FunctionError('connection-lost', 'The database closed the connection while its schema was read.'),
      );
    },
  });
  here.on('message', (bytes: Uint8Array) => {
    relay.request(Buffer.from(bytes));
  });
  const worker = new Worker(workerFile, {
    workerData: { args, flag, wire: there } satisfies DumpWorkerData,
    transferList: [there],
  });
  try {
    const died = once(worker, 'exit').then((): never => {
      throw new Error('The thread of pg_dump ended without an answer');
    });
    died.catch(() => undefined);
    const [outcome] = (await Promise.race([once(worker, 'message'), died, lost.promise])) as [DumpOutcome];
    return outcome;
  } finally {
    here.close();
    await worker.terminate();
  }
}

/** What a server tells each client when it connects. */
async function reportedSettings(client: pg.Client): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    `SELECT name, setting FROM pg_catalog.pg_settings
     WHERE name IN ('server_version', 'server_encoding', 'client_encoding', 'standard_conforming_strings',
                    'is_superuser', 'DateStyle', 'IntervalStyle', 'TimeZone', 'integer_datetimes')`,
  );
  return new Map(rows.map((row) => [row.name, row.setting]));
}
