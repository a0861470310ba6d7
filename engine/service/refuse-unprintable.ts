import { RefusedError } from './service-errors.ts';

/**
 * Refuses a name or an id that no store can hold and no terminal should show: control characters, halves of characters.
 * @throws RefusedError
 */
export function refuseUnprintable(what: string, text: string): void {
  if (!/\p{Cc}/u.test(text) && text.isWellFormed()) return;
  throw new RefusedError(`${JSON.stringify(text).slice(0, 80)} is no ${what}: it has a control character in it`);
}
