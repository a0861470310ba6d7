import { canonicalSchema, schemaHash } from '../../../../functions/db-migration/schema/canonical-schema.ts';

const BODY = `SELECT pg_catalog.set_config('search_path', '', false);

CREATE FUNCTION public.f() RETURNS text LANGUAGE sql AS $$
SET transaction_timeout = 0;
-- Dumped from database version 1
$$;
`;

function dump(version: string, key: string, timeout: string): string {
  return `\\restrict ${key}\n\n-- Dumped from database version ${version}\n-- Dumped by pg_dump version ${version}\n\nSET lock_timeout = 0;\n${timeout}${BODY}\n\\unrestrict ${key}\n\n`;
}

describe('a canonical schema', () => {
  it('is the same whatever printed it and when', () => {
    const old = canonicalSchema(dump('16.1', 'abc', ''));
    expect(canonicalSchema(dump('18.4', 'xyz', 'SET transaction_timeout = 0;\n'))).toBe(old);
    expect(schemaHash(old)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('keeps the same words inside a function', () => {
    expect(canonicalSchema(dump('18.4', 'abc', ''))).toContain(
      '$$\nSET transaction_timeout = 0;\n-- Dumped from database version 1\n$$;\n',
    );
  });

  it('does not change when it is made again', () => {
    const once = canonicalSchema(dump('18.4', 'abc', ''));
    expect(canonicalSchema(once)).toBe(once);
  });
});
