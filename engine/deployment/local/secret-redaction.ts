/** Shorter values (`info`, `true`) are words that log lines are full of, not secrets. */
const shortestSecret = 8;

/** Makes a function that blanks the secrets among an environment's variables wherever a service has printed them. */
export function redactionOf(variables: Readonly<Record<string, string>>): (text: string) => string {
  const secrets = Object.values(variables)
    .flatMap(secretsIn)
    .filter((secret) => secret.length > 0)
    // A secret that contains another must go first, or its remainder would stay.
    .sort((left, right) => right.length - left.length);
  return (text) => secrets.reduce((redacted, secret) => redacted.replaceAll(secret, '[redacted]'), text);
}

function secretsIn(value: string): string[] {
  const address = URL.canParse(value) ? new URL(value) : undefined;
  if (address?.host !== undefined && address.host !== '') return passwordsOf(address, value);
  // Services print line by line, so a key of several lines is looked for line by line.
  return value.split(/\r?\n/).filter((line) => line.length >= shortestSecret);
}

function passwordsOf(address: URL, value: string): string[] {
  if (address.password === '' && address.search === '') return [];
  const asWritten = /^[^:]+:\/\/[^:@/]*:([^@]*)@/.exec(value)?.[1] ?? '';
  return [value, asWritten, address.password, decoded(address.password)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
