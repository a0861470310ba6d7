// Made once: a page with a hundred times on it would make it a hundred times.
const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' });

/** An instant to the second, with its zone; for under the pointer. */
export function exactTime(at: Date): string {
  return format.format(at);
}
