import { sql, type Kysely } from 'kysely';
import type { ObservedEnvironment } from '../overview-store.ts';
import { changeChannel, newsText } from './change-channel.ts';
import type { EngineTables } from './tables.ts';

/** What is seen again as it was is written no more often than this: only that it was looked at is new. */
const keptFor = '30 seconds';

/** Remembers what was seen, the later of two looks, and tells whoever listens when it is other than before. */
export async function recordObservations(
  db: Kysely<EngineTables>,
  seen: readonly ObservedEnvironment[],
): Promise<void> {
  if (seen.length === 0) return;
  await sql`
    with seen as (
      select * from jsonb_to_recordset(${JSON.stringify(seen)}::jsonb)
        as s (application text, environment text, at timestamptz, health text, trouble text, drift text)
    ), other as (
      select s.application, s.environment, s.health, s.trouble, s.drift, s.at,
        (o.health, o.drift) is distinct from (s.health, s.drift) as is_news
      from seen s left join environment_observation o using (application, environment)
      where o.at is null or (s.at > o.at and (
        (o.health, o.trouble, o.drift) is distinct from (s.health, s.trouble, s.drift) or s.at > o.at + interval '${sql.raw(keptFor)}'
      ))
    ), kept as (
      insert into environment_observation as o (application, environment, at, health, trouble, drift)
      select application, environment, at, health, trouble, drift from other
      on conflict (application, environment) do update
        set at = excluded.at, health = excluded.health, trouble = excluded.trouble, drift = excluded.drift
        where excluded.at > o.at
      returning 1
    )
    select pg_notify(${changeChannel}, ${newsText({ kind: 'settings' })})
    where (select count(*) from kept) > 0 and exists (select 1 from other where is_news)
  `.execute(db);
}
