import canonicalizeUntyped from 'canonicalize';

const canonicalize = canonicalizeUntyped as unknown as (value: unknown) => string | undefined;

/** The one text of a JSON value (RFC 8785). @throws on what JSON cannot carry (undefined, NaN, functions). */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('only JSON values have a canonical form');
  return text;
}
