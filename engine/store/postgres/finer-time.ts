import { sql, type RawBuilder } from 'kysely';

/**
 * Whether the time of an audit entry is stored finer than a millisecond. Drivers read times to the millisecond, which is
 * what hashes cover, so that only the database itself can tell.
 */
export const hasFinerTime: RawBuilder<boolean> = sql<boolean>`date_trunc('milliseconds', at) <> at`;

/** For an entry of a chain: the flag where it is set, and nothing where the time is as it was written. */
export function finerTime(isFiner: boolean): { readonly hasFinerTime?: true } {
  return isFiner ? { hasFinerTime: true } : {};
}
