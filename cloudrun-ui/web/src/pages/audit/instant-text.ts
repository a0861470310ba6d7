const format = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'UTC',
});

/** A moment on paper, where nothing is under the pointer and nobody knows whose clock it was: in UTC. */
export function instantText(at: string): string {
  return `${format.format(new Date(at))} UTC`;
}
