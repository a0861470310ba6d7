import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { DumpOutcome, DumpWorkerData } from '../../../../functions/db-migration/schema/pg-dump-messages.ts';

const workerFile = new URL('../../../../functions/db-migration/schema/pg-dump-worker.ts', import.meta.url);

function refusal(message: string): Buffer {
  const body = Buffer.from(`SFATAL\0C28000\0M${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E', 'latin1');
  head.writeUInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

describe('the thread of pg_dump', () => {
  it('waits for its answer, also when it is woken before it has one', async () => {
    const { port1: here, port2: there } = new MessageChannel();
    const flag = new SharedArrayBuffer(4);
    const word = new Int32Array(flag);
    const answer = async (bytes: Buffer): Promise<void> => {
      for (let times = 0; times < 5; times += 1) {
        await pause(20);
        Atomics.notify(word, 0);
      }
      here.postMessage(bytes);
      Atomics.store(word, 0, 1);
      Atomics.notify(word, 0);
    };
    const answering: Promise<void>[] = [];
    here.on('message', () => answering.push(answer(refusal('this server lets nobody in'))));
    const worker = new Worker(workerFile, {
      workerData: { args: ['--schema-only'], flag, wire: there } satisfies DumpWorkerData,
      transferList: [there],
    });
    try {
      const [outcome] = (await once(worker, 'message')) as [DumpOutcome];
      expect(outcome).toMatchObject({ failure: expect.stringContaining('this server lets nobody in') as string });
    } finally {
      await Promise.all(answering);
      here.close();
      await worker.terminate();
    }
  });
});
