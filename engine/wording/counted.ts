/**
 * A number with what it counts: `1 gate`, `6 gates`, `0 gates`.
 * @param many default: `one` with an s.
 */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${String(number)} ${number === 1 ? one : many}`;
}
