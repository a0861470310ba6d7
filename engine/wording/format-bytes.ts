import { twoDigits, type Rounding } from './two-digits.ts';

const units = ['KiB', 'MiB', 'GiB', 'TiB'] as const;

/**
 * A size to two digits, in the unit that suits it: `800 bytes`, `84 MiB`, `1.2 GiB`.
 * @param rounding default: nearest. What is too small for a bound is rounded down, and what is too large up.
 */
export function formatBytes(bytes: number, rounding: Rounding = 'nearest'): string {
  if (bytes < 1000) return `${String(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`;
  let [value, unit] = [bytes / 1024, 0];
  while (twoDigits(value, rounding) >= 1000 && unit < units.length - 1) [value, unit] = [value / 1024, unit + 1];
  return `${String(twoDigits(value, rounding))} ${units[unit] ?? ''}`;
}

/** A size that somebody has set, exactly: `2 GiB`, `1.5 MiB`, `1,500 bytes`. */
export function describeBytes(bytes: number): string {
  const text = formatBytes(bytes);
  const [number = '', unit = ''] = text.split(' ');
  const exponent = units.findIndex((each) => each === unit) + 1;
  return Number(number) * 1024 ** exponent === bytes ? text : `${bytes.toLocaleString('en-US')} bytes`;
}
