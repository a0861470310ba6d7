import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { pgDump } from '@electric-sql/pglite-tools/pg_dump';
import type { DumpOutcome, DumpWorkerData } from './pg-dump-messages.ts';

/**
 * The thread that pg_dump blocks. Its libpq believes it talks to PGlite; each write is handed to the thread that owns
 * the socket, and this one sleeps until the answer is there.
 */
const data = workerData as DumpWorkerData;
const flag = new Int32Array(data.flag);
const wire: MessagePort = data.wire;

/** The one method that pg_dump's transport calls, and the two that the wrapper around it calls before and after. */
const server = {
  query: async () => ({ rows: [{ search_path: 'unused' }] }),
  exec: async () => [],
  execProtocolRawStream(request: Uint8Array, options: { readonly onRawData: (reply: Uint8Array) => void }): void {
    Atomics.store(flag, 0, 0);
    wire.postMessage(Uint8Array.from(request));
    // The call that ended the last wait may come as late as in this one.
    while (Atomics.load(flag, 0) === 0) Atomics.wait(flag, 0, 0);
    const reply = receiveMessageOnPort(wire)?.message as Uint8Array | undefined;
    if (reply !== undefined && reply.length > 0) options.onRawData(reply);
  },
};

async function dump(): Promise<DumpOutcome> {
  try {
    const file = await pgDump({
      // Only these methods are used by the pinned version; a database in this process is exactly what is not wanted.
      pg: server as unknown as Parameters<typeof pgDump>[0]['pg'],
      args: [...data.args],
    });
    return { sql: await file.text() };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.postMessage(await dump());
