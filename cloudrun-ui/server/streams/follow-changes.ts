import { setTimeout as pause } from 'node:timers/promises';
import type { ChangeNews } from '../../../engine/store/change-news.ts';
import type { ChangeHub } from './change-hub.ts';
import type { StreamMessage } from './open-stream.ts';

const longestWaitMs = 60_000;
/** What changes again and again is told at most so often. */
const intervalMs = 200;

/** What of everything is told to whoever follows. */
export interface Lookout {
  /** Finds out anew what he may see. */
  refresh(): Promise<void>;
  /** Of some promotions those that he may see. */
  seen(ids: readonly string[]): Promise<readonly string[]>;
}

/**
 * Tells what has changed: `change` with the ids of promotions that he may see, and whether something that belongs to none did;
 * or `reset`, after which everything has to be looked at again. Whoever comes back to the process that he was at, with the id
 * of what he had last, is told what he missed; whoever comes to another one begins with `reset`. Either way nothing is lost.
 */
export async function* followChanges(
  hub: ChangeHub,
  lookout: Lookout,
  lastId: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<StreamMessage, void, undefined> {
  using watch = hub.watch(() => true);
  await lookout.refresh();
  const [epoch, place = ''] = (lastId ?? '').split('.');
  let known = hub.place;
  if (epoch === hub.epoch && /^\d{1,15}$/.test(place) && hub.since(Number(place)) !== undefined) known = Number(place);
  else yield message('reset', {});
  while (!signal.aborted) {
    const told = hub.since(known);
    known = hub.place;
    // Roles are settings, and the rules may be others after a while.
    if (told === undefined || told.length === 0 || told.some(({ news }) => news.kind !== 'promotions')) {
      await lookout.refresh();
    }
    if (told === undefined || told.some(({ news }) => news.kind === 'everything')) yield message('reset', {});
    else {
      const { promotions, settings } = changeOf(told.map(({ news }) => news));
      const seen = await lookout.seen(promotions);
      if (seen.length > 0 || settings) yield message('change', { promotions: seen, settings });
    }
    await watch.next(longestWaitMs, signal);
    await pause(intervalMs, undefined, { signal }).catch(() => undefined);
  }

  function message(event: string, data: unknown): StreamMessage {
    return { event, data, id: `${hub.epoch}.${String(known)}` };
  }
}

function changeOf(news: readonly ChangeNews[]) {
  const ids = news.flatMap((each) => (each.kind === 'promotions' ? each.ids : []));
  return { promotions: [...new Set(ids)], settings: news.some(({ kind }) => kind === 'settings') };
}
