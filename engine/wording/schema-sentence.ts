const words: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

/**
 * What is wrong with a value, to follow its place: what a schema says of its own accord is about programs, and people need to
 * know what must be there. What a schema was given as words stays as it is.
 */
export function sentenceOf(message: string): string {
  const [, expected, received] = /^Invalid input: expected (\w+), received (\w+)/.exec(message) ?? [];
  if (received === 'undefined' || received === 'null') return 'is missing';
  if (expected !== undefined) return `must be ${words[expected] ?? expected}`;
  return /^(Invalid|Too)/.test(message) ? 'has an unknown form' : message;
}
