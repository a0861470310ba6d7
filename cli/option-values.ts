import { InvalidArgumentError } from 'commander';
import { secondsOf } from '../engine/rules/durations.ts';
import { personSchema } from '../engine/rules/names.ts';

/** A whole number from 1, as typed behind an option. @throws InvalidArgumentError */
export function positiveInteger(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || !Number.isSafeInteger(number)) {
    throw new InvalidArgumentError('It must be a whole number from 1.');
  }
  return number;
}

/** Seconds, not negative. @throws InvalidArgumentError */
export function seconds(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text) || !Number.isFinite(Number(text))) {
    throw new InvalidArgumentError('It must be a number of seconds, such as 5.');
  }
  return Number(text);
}

/** How long something is, in seconds, as people type it. @throws InvalidArgumentError */
export function spanOfTime(text: string): number {
  const value = secondsOf(text.trim());
  if (value === undefined || value <= 0) {
    throw new InvalidArgumentError('It must be how long, such as 90s, 30m, 24h or 7d.');
  }
  return value;
}

/** Text that says something. @throws InvalidArgumentError */
export function someText(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return text;
}

const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** An instant in ISO 8601 with its time zone. @throws InvalidArgumentError */
export function isoInstant(text: string): Date {
  const at = new Date(text);
  if (!instantPattern.test(text) || Number.isNaN(at.getTime())) {
    throw new InvalidArgumentError(
      'It must be an instant in ISO 8601 with its time zone, such as 2026-11-26T14:05:00Z.',
    );
  }
  return at;
}

/** One more value of an option that can be given several times. @throws InvalidArgumentError */
export function oneMore(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, someText(text)];
}

/**
 * Where something is to be kept: as typed behind an option, else as a variable says; true: at the usual place. A script
 * says that by `--log=`, behind which words that follow are not taken for the place.
 */
export function placeOf(
  typed: string | boolean | undefined,
  variable: string | undefined,
): string | boolean | undefined {
  if (typeof typed === 'string' && typed !== '') return typed;
  return variable ?? (typed === '' ? true : typed);
}

/** An e-mail address or an account name. @throws InvalidArgumentError */
export function person(text: string): string {
  if (!personSchema.safeParse(text).success) {
    throw new InvalidArgumentError('It must be a person: an e-mail address or an account name.');
  }
  return text;
}
