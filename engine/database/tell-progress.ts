import { setTimeout as pause } from 'node:timers/promises';
import type { Ports } from '../workflow/ports.ts';
import { formatDuration } from '../wording/format-duration.ts';
import type { DatabaseProgress } from './database-function.ts';

/** A change that takes no longer needs no telling. */
const usualLookMs = 2000;

interface Telling {
  readonly ports: Pick<Ports, 'database'>;
  readonly effect: { readonly signal: AbortSignal };
  readonly log: (line: string) => void;
  /** How often it is looked. Default: every two seconds. */
  readonly lookMs?: number;
}

/** While a database is changed, tells which statement runs, each time that it is another one or begins to wait. */
export async function whileTelling<T>(context: Telling, database: string, change: Promise<T>): Promise<T> {
  const done = new AbortController();
  const telling = tellProgress(context, database, AbortSignal.any([done.signal, context.effect.signal]));
  try {
    return await change;
  } finally {
    done.abort();
    await telling;
  }
}

async function tellProgress(telling: Telling, database: string, signal: AbortSignal): Promise<void> {
  const { ports, log, lookMs = usualLookMs } = telling;
  let told = '';
  for (;;) {
    await pause(lookMs, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return;
    // What only tells must never be why a migration fails; a function of another version cannot tell.
    const progress = await ports.database.progress(database, signal).catch(() => undefined);
    const line = progress === undefined ? undefined : progressText(progress);
    if (line === undefined || line.what === told) continue;
    told = line.what;
    log(`${line.what}, for ${line.since}`);
  }
}

function progressText({ running }: DatabaseProgress): { readonly what: string; readonly since: string } | undefined {
  if (running === null) return undefined;
  const { version, direction, statement, of, seconds, waitsForLock, indexPercent } = running;
  const undoing = direction === 'down' ? 'undoing ' : '';
  const wait = waitsForLock ? ', waits for a lock that somebody else holds' : '';
  // In tenths: a line for every per cent would be a hundred of them.
  const index = indexPercent === null ? '' : `, index ${String(Math.floor(indexPercent / 10) * 10)} %`;
  const what = `${undoing}migration ${String(version)}: statement ${String(statement)} of ${String(of)}${wait}${index}`;
  return { what, since: formatDuration(seconds * 1000) };
}
