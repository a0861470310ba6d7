/**
 * What an input must be, as data: TypeScript judges it at synth, and the HCL module writes it as a `validation` block.
 * Patterns are therefore in the common part of JavaScript and RE2, anchored, without look-around.
 */
export type InputCheck =
  | {
      readonly kind: 'pattern';
      readonly pattern: string;
      readonly longest?: number;
      readonly bound: string;
      /** Whether it is an address that people put a password into; a refused one is then not told. */
      readonly mayHoldPassword?: true;
    }
  | { readonly kind: 'one-of'; readonly values: readonly string[] }
  | {
      readonly kind: 'whole-number';
      readonly least: number;
      readonly most: number;
      /** Why the numbers are what they are. */
      readonly because?: string;
    }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'secret' };

export type PatternCheck = Extract<InputCheck, { kind: 'pattern' }>;

/** What an address with a password has in it: `https://bob:…@github.com`. In the common part of JavaScript and RE2. */
export const passwordPattern = ':[^@]*@';

/**
 * What the value must be, as a sentence goes on after the input's name: `must be between 1 and 99`.
 * @param value what was given instead; a fraction is told that it must be whole.
 */
export function boundOf(check: InputCheck, value?: unknown): string {
  switch (check.kind) {
    case 'pattern':
      return check.bound;
    case 'one-of':
      return `must be one of ${check.values.join(', ')}`;
    case 'whole-number': {
      const reason = check.because === undefined ? '' : ` (${check.because})`;
      const kind = typeof value === 'number' && !Number.isInteger(value) ? 'a whole number ' : '';
      return `must be ${kind}between ${String(check.least)} and ${String(check.most)}${reason}`;
    }
    case 'boolean':
      return 'must be true or false';
    case 'secret':
      return 'must be a reference to a secret, never its value';
  }
}

/** Whether one resolved value suits; a secret's form is judged where secrets are read. */
export function suits(check: InputCheck, value: unknown): boolean {
  switch (check.kind) {
    case 'pattern':
      return (
        typeof value === 'string' &&
        value.length <= (check.longest ?? Number.POSITIVE_INFINITY) &&
        new RegExp(check.pattern, 'u').test(value)
      );
    case 'one-of':
      return typeof value === 'string' && check.values.includes(value);
    case 'whole-number':
      return Number.isInteger(value) && Number(value) >= check.least && Number(value) <= check.most;
    case 'boolean':
      return typeof value === 'boolean';
    case 'secret':
      return true;
  }
}
