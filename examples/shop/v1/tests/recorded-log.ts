import { createLog } from '../platform/log.ts';
import type { Log } from '../platform/log.ts';

/** A log whose lines a test can read. */
export function recordedLog(): { readonly log: Log; readonly lines: () => readonly Record<string, unknown>[] } {
  const written: string[] = [];
  return {
    log: createLog({ service: 'tested' }, (line) => written.push(line)),
    lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}
