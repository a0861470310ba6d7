import type { Kysely } from 'kysely';
import type { Release } from '../../release.ts';
import { toRelease } from './record-mapping.ts';
import type { EngineTables } from './tables.ts';

/** Of every application, the newest mark first. */
export async function readBadReleases(db: Kysely<EngineTables>): Promise<readonly Release[]> {
  const rows = await db
    .selectFrom('release')
    .selectAll()
    .where('bad_since', 'is not', null)
    .orderBy('bad_since', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(toRelease);
}
