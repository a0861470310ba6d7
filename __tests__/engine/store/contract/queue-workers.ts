import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceStore } from '../../../../engine/store/service-store.ts';
import { slotResources } from '../../../../engine/workflow/run-promotion.ts';
import { apply, claim, commit, farAway, finish, load, standInLine, takeSlot } from './store-fixture.ts';

/** What somebody outside saw: who held what, and whether two ever held the same. */
export interface Witness {
  readonly finished: string[];
  readonly collisions: string[];
  readonly errors: unknown[];
}

/** Looks at nothing due in a row after which the rest must have been forgotten: nothing but a call wakes them here. */
const mostIdleLooks = 100;

/**
 * Works through a queue as workers do, but never looks again by itself: whoever is not called when its turn comes is
 * never finished.
 */
export async function workThroughQueue(
  stores: readonly ServiceStore[],
  workersPerStore: number,
  count: number,
): Promise<Witness> {
  const held = new Map<string, string>();
  const witness: Witness = { finished: [], collisions: [], errors: [] };

  async function work(store: ServiceStore): Promise<void> {
    for (let idleLooks = 0; idleLooks < mostIdleLooks && witness.finished.length < count;) {
      const [record] = await claim(store, { limit: 1 });
      if (record === undefined) {
        idleLooks += 1;
        await pause(10);
        continue;
      }
      idleLooks = 0;
      // It ended while it was being claimed; a run then has nothing to do.
      if (record.endedAt !== undefined) {
        await store.release([{ promotionId: record.id, fence: record.fence }]);
        continue;
      }
      const outcome = await commit(store, record, takeSlot);
      if (outcome.outcome === 'slot-busy') {
        await apply(store, record, standInLine(farAway));
        continue;
      }
      const wanted = slotResources(record);
      for (const resource of wanted) {
        const holder = held.get(resource);
        if (holder !== undefined) witness.collisions.push(`${resource}: ${holder} and ${record.id}`);
        held.set(resource, record.id);
      }
      await pause(record.fence % 4);
      for (const resource of wanted) held.delete(resource);
      await apply(store, await load(store, record.id), finish);
      witness.finished.push(record.id);
    }
  }

  const workers = stores.flatMap((store) => Array.from({ length: workersPerStore }, () => work(store)));
  const results = await Promise.allSettled(workers);
  witness.errors.push(...results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : [])));
  return witness;
}
