/**
 * A number with what it counts: `1 gate`, `6 gates`, `0 gates`, `1,204 rows`.
 * @param many default: `one` with an s.
 */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}
