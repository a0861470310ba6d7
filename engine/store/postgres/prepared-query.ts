import { createHash } from 'node:crypto';
import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Pool } from 'pg';
import type { EngineTables } from './tables.ts';

/** Of pages, with one row more by which it is seen whether there is a next one, and those that are the engine's own. */
const usualLimits: readonly number[] = [51, 101, 201, 500, 1000];

/**
 * Runs a query whose text is one of few, so that each connection plans it once and not each time: planning a page's query
 * takes longer than running it. Columns have to be named: what is planned fails when a star means more than it did.
 * @param isUsual whether the text is one of few; another one is planned each time and forgotten.
 */
export async function queryPrepared<Row extends object>(
  { pool, db }: { readonly pool: Pool; readonly db: Kysely<EngineTables> },
  name: string,
  query: RawBuilder<Row>,
  isUsual = true,
): Promise<readonly Row[]> {
  const { sql: text, parameters } = query.compile(db);
  const values = [...parameters];
  // Variants of a text have names of their own.
  const named = isUsual ? { name: `${name} ${createHash('sha1').update(text).digest('hex').slice(0, 12)}` } : {};
  const { rows } = await pool.query<Row>({ ...named, text, values });
  return rows;
}

export function isUsualLimit(limit: number): boolean {
  return usualLimits.includes(limit);
}

/** A usual limit stands in the text: what is planned for any number of rows is planned for too many. */
export function limitOf(limit: number): RawBuilder<unknown> {
  return isUsualLimit(limit) ? sql.lit(limit) : sql`${limit}`;
}
