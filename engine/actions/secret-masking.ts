import { redactSecrets } from '../workflow/errors/redact-secrets.ts';

const blank = '***';

export interface Masking {
  /** A text without secrets. */
  readonly mask: (text: string) => string;
  /** Characters of the longest form; what is cut off so far behind a text's end hides no secret in it. */
  readonly longestForm: number;
}

/**
 * Makes what blanks the given secrets, in the forms in which programs commonly print them, and whatever looks
 * like a secret besides. Lines of a secret of several lines are blanked one by one, since output is read by the line.
 */
export function maskingOf(secrets: readonly string[]): Masking {
  const forms = new Set(secrets.flatMap((secret) => [secret, ...secret.split(/\r?\n/)].flatMap(formsOf)));
  // One that contains another goes first, or its remainder would stay.
  const ordered = [...forms].filter((form) => form !== '').sort((left, right) => right.length - left.length);
  return {
    mask: (text) => redactSecrets(ordered.reduce((masked, form) => masked.replaceAll(form, blank), text)),
    longestForm: ordered[0]?.length ?? 0,
  };
}

/** Below this a secret's encoded forms are words that any output is full of. */
const shortestEncoded = 6;

function formsOf(secret: string): readonly string[] {
  if (secret.length < shortestEncoded) return [secret];
  return [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
  ];
}
