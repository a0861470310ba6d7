-- Lines of one promotion are stored one writer after the other: whoever draws the next numbers waits until those before are
-- there for everybody. So a reader who has seen a line has seen every line before it, and can go on behind it.
create function append_step_logs(
  promotion_ids text[], steps text[], attempts int[], times timestamptz[], lines text[]
) returns void
language plpgsql as $$
begin
  -- In one order for all, so that nobody waits in a circle.
  perform pg_advisory_xact_lock(hashtextextended(ordered.id, 11))
  from (select distinct u.id from unnest(promotion_ids) as u (id) order by u.id) as ordered;
  insert into step_log (promotion_id, step, attempt, at, line)
  select * from unnest(promotion_ids, steps, attempts, times, lines);
end $$;
