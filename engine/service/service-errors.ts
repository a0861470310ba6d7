import { closest } from '../rules/closest-word.ts';

/** What was asked for does not exist. */
export class NotFoundError extends Error {
  override readonly name: string = 'NotFoundError';
}

/** An application, an environment or a role that nobody has heard of: most likely a mistyped word. */
export class UnknownNameError extends NotFoundError {
  override readonly name = 'UnknownNameError';

  /** @param aliases other words that would have been understood. */
  constructor(
    kind: 'application' | 'environment' | 'role',
    word: string,
    known: readonly string[],
    aliases: readonly string[] = [],
  ) {
    super(`there is no ${kind} ${word}.${suggestionFor(word, [...known, ...aliases])} ${knownWords(known)}`);
  }
}

/** A release by a name that none has: most likely a mistyped word. */
export class UnknownReleaseError extends NotFoundError {
  override readonly name = 'UnknownReleaseError';

  /** @param known the names that the application's releases have, newest first. */
  constructor(application: string, word: string, known: readonly string[]) {
    super(`${application} has no release ${word}.${suggestionFor(word, known)} ${knownWords(known)}`);
  }
}

/** ` Did you mean …?`, or nothing when no known word is near. */
export function suggestionFor(word: string, known: readonly string[]): string {
  const near = closest(word, known);
  return near === undefined ? '' : ` Did you mean ${near}?`;
}

/** More than these nobody reads. */
const mostKnownWords = 20;

function knownWords(known: readonly string[]): string {
  if (known.length === 0) return 'None is known yet.';
  const more = known.length - mostKnownWords;
  const shown = known.slice(0, mostKnownWords).join(', ');
  return more > 0 ? `Known: ${shown} and ${String(more)} more.` : `Known: ${shown}.`;
}

/** Something was left out and several things can be meant, or none; the message lists the choices. */
export class UnclearRequestError extends Error {
  override readonly name = 'UnclearRequestError';

  /** @param how one of the choices is named, where the message does not say it. */
  constructor(message: string, choices: readonly string[], how = '') {
    const choosing = `choose of ${choices.join(', ')}${how === '' ? '' : ` ${how}`}`;
    super(choices.length === 0 ? message : `${message}; ${choosing}`);
  }
}

/** What was asked for cannot be done as things are; the message says what can. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  /** Set when requirements of the rules are the reason. */
  readonly isRequirement: boolean;

  constructor(message: string, isRequirement = false) {
    super(message);
    this.isRequirement = isRequirement;
  }
}

/** What was asked for is so already: a refusal that is no failure, since asking again and again ends in the same. */
export class NothingToDoError extends RefusedError {}

/** What a move that the rules refuse is told with: what has to be said first, or that it is no move of theirs. */
export function refusedMove(reason: string, candidates?: readonly string[]): RefusedError | UnclearRequestError {
  return candidates === undefined ? new RefusedError(reason, true) : new UnclearRequestError(reason, candidates);
}

/** The promotion was written by a newer engine, which alone may change it. */
export class NewerEngineError extends Error {
  override readonly name = 'NewerEngineError';
  constructor(promotionId: string, found: number, known: number) {
    super(
      `${promotionId} was written by a newer version (state ${String(found)}, known here ${String(known)}); use that version`,
    );
  }
}
