/** An instant in a sentence for people, `2026-11-26 23:15:39 UTC`. Programs are given ISO 8601 with milliseconds. */
export function instantText(at: Date): string {
  return `${at.toISOString().slice(0, '2026-11-26T23:15:39'.length).replace('T', ' ')} UTC`;
}
