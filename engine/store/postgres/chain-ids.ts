import type { Kysely } from 'kysely';
import type { ChainFilter } from '../service-store.ts';
import type { EngineTables } from './tables.ts';

const pageSize = 500;

/** The promotions whose chains are asked for, in one order. */
export async function* chainIds(
  db: Kysely<EngineTables>,
  { application, environment, since, until }: ChainFilter,
): AsyncGenerator<string, void, undefined> {
  let after = '';
  for (;;) {
    let query = db.selectFrom('promotion').select('id').where('id', '>', after).orderBy('id').limit(pageSize);
    if (application !== undefined) query = query.where('application', '=', application);
    if (environment !== undefined) query = query.where('to_environment', '=', environment);
    if (until !== undefined) query = query.where('created_at', '<=', until);
    if (since !== undefined)
      query = query.where((is) => is.or([is('ended_at', '>=', since), is('ended_at', 'is', null)]));
    const page = await query.execute();
    for (const { id } of page) yield id;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = last.id;
  }
}
