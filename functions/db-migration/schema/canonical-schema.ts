import { createHash } from 'node:crypto';

/**
 * Removes what differs between two dumps of one schema (versions in the header, the key of `\restrict`) or between
 * servers that understand it and servers that do not (`transaction_timeout`, new in 17). Only the lines that pg_dump
 * writes before and after the objects are touched; a function's body may hold the same text.
 */
export function canonicalSchema(dump: string): string {
  const lines = dump.split('\n');
  const body = lines.findIndex((line) => line.startsWith("SELECT pg_catalog.set_config('search_path'"));
  const header = lines.slice(0, Math.max(0, body)).filter((line) => !VOLATILE.test(line));
  const rest = lines.slice(Math.max(0, body));
  while (rest.length > 0 && (rest.at(-1) === '' || VOLATILE.test(rest.at(-1) ?? ''))) rest.pop();
  return `${[...header, ...rest].join('\n').replace(/^\n+/, '')}\n`;
}

const VOLATILE = /^(\\restrict |\\unrestrict |-- Dumped (from|by) |SET transaction_timeout = )/;

/** SHA-256, hexadecimal, of a canonical schema. */
export function schemaHash(canonical: string): string {
  return createHash('sha256').update(canonical).digest('hex');
}
