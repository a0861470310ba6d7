import { sql } from 'kysely';

/**
 * When the undo window of an environment `e` ends: what waits to remove what older releases need says so, also while it
 * waits for the environment to open. Only what belongs to the release that runs there counts.
 */
export const undoWindowEnd = sql<Date | null>`(
  select min((c.parked ->> 'until')::timestamptz) from promotion c
  where c.kind = 'contract' and c.ended_at is null and c.application = e.application and c.to_environment = e.name
    and c.release_id = e.release_id and c.parked ->> 'reason' in ('undo-window', 'window')
)`;
