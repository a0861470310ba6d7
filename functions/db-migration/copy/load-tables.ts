import type pg from 'pg';
import type { Connections } from '../connections.ts';
import { quoteName } from '../backups/user-objects.ts';
import type { IndexBuild } from '../schema/plan-post-data.ts';
import { copyChunk, type SessionPair } from './copy-chunk.ts';
import type { Forwarded } from './forward-rows.ts';
import type { LoadSchedule, LoadTask } from './load-schedule.ts';
import { closePair, openPair, type PairOptions } from './open-pair.ts';
import type { SourceTable } from './read-tables.ts';

export interface LoadOrder extends PairOptions {
  readonly transfer: string;
  readonly tables: ReadonlyMap<number, SourceTable>;
  readonly isSameVersion: boolean;
  readonly sessions: number;
  readonly stallSeconds: number;
  readonly signal: AbortSignal;
}

/**
 * Copies what is left and builds what can be built, with several sessions of each side at once.
 * @throws the first failure, once nobody works any more.
 */
export async function loadTables(
  connections: Connections,
  schedule: LoadSchedule<IndexBuild>,
  order: LoadOrder,
): Promise<Forwarded> {
  const failed = new AbortController();
  const signal = AbortSignal.any([order.signal, failed.signal]);
  const turn = new Turn();
  const total = { rows: 0, bytes: 0 };
  const work = async (): Promise<void> => {
    const pair = await openPair(connections, order);
    try {
      for (;;) {
        signal.throwIfAborted();
        const task = schedule.take();
        if (task === undefined) {
          if (schedule.isDone) return;
          await turn.next;
          continue;
        }
        const { rows, bytes } = await carryOut(pair, task, { ...order, signal });
        total.rows += rows;
        total.bytes += bytes;
        schedule.finish(task);
        turn.pass();
      }
    } finally {
      await closePair(pair);
    }
  };
  const workers = Array.from({ length: order.sessions }, async () => {
    try {
      await work();
    } catch (error) {
      failed.abort(error);
      turn.pass();
      throw error;
    }
  });
  await Promise.allSettled(workers);
  if (failed.signal.aborted) throw failed.signal.reason;
  order.signal.throwIfAborted();
  return total;
}

/** Wakes everybody who waits for something to have been done. */
class Turn {
  #turn = Promise.withResolvers<undefined>();

  get next(): Promise<undefined> {
    return this.#turn.promise;
  }

  pass(): void {
    this.#turn.resolve(undefined);
    this.#turn = Promise.withResolvers();
  }
}

async function carryOut(pair: SessionPair, task: LoadTask<IndexBuild>, order: LoadOrder): Promise<Forwarded> {
  switch (task.kind) {
    case 'copy': {
      const table = order.tables.get(task.chunk.table);
      if (table === undefined) throw new Error('A part of a table is to be copied that the source does not have');
      return copyChunk(pair, { ...order, table, chunk: task.chunk });
    }
    case 'build':
      await buildIndex(pair.target, task.build.build);
      return { rows: 0, bytes: 0 };
  }
}

/** One that is there already was built by a run that did not see the end of it. */
async function buildIndex(session: pg.Client, { table, name, sql }: IndexBuild): Promise<void> {
  const { rows } = await session.query<{ isThere: boolean }>(`SELECT to_regclass($1) IS NOT NULL AS "isThere"`, [
    quoteName({ schema: table.schema, name }),
  ]);
  if (rows[0]?.isThere !== true) await session.query(sql);
}
