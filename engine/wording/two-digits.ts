/** Where what is left out goes: a measure that misses its bound must not be shown as the bound itself. */
export type Rounding = 'nearest' | 'down' | 'up';

/** What binary fractions are off by; a number that is whole in tenths is not rounded away from them. */
const tolerance = 1e-9;

/** A number to two digits: tenths below ten, whole from there on. @param rounding default: nearest. */
export function twoDigits(number: number, rounding: Rounding = 'nearest'): number {
  const tenths = rounded(number * 10, rounding);
  return tenths < 100 ? tenths / 10 : rounded(number, rounding);
}

function rounded(number: number, rounding: Rounding): number {
  switch (rounding) {
    case 'nearest':
      return Math.round(number);
    case 'down':
      return Math.floor(number + tolerance);
    case 'up':
      return Math.ceil(number - tolerance);
  }
}
