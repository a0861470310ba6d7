-- How long a promotion lay failed before somebody had it go on, which is no time that it took. Null: it never did.
alter table promotion add column lay_failed_ms double precision;
update promotion p set lay_failed_ms = t.ms
from (
  select promotion_id, sum(extract(epoch from until - at) * 1000) as ms
  from (
    select promotion_id, at, data ->> 'to' as state, lead(at) over (partition by promotion_id order by seq) as until
    from event where type = 'state-changed'
  ) as told
  where state in ('FAILED', 'ROLLBACK_FAILED') and until is not null
  group by promotion_id
) as t
where t.promotion_id = p.id;

-- It lies failed once it has ended, and while it stopped half-way and waits for a person to take it back.
create function count_lain_failed() returns trigger
language plpgsql as $$
declare
  since timestamptz := coalesce(old.ended_at, (old.parked ->> 'since')::timestamptz);
begin
  new.lay_failed_ms := coalesce(old.lay_failed_ms, 0) + greatest(0, extract(epoch from new.updated_at - since) * 1000);
  return new;
end $$;
create trigger count_lain_failed before update of state on promotion
  for each row when (
    (old.ended_at is not null and new.ended_at is null)
    or (old.ended_at is null and old.state = 'PROMOTION_FAILED' and old.parked ->> 'reason' = 'manual'
      and (new.state <> old.state or new.parked ->> 'reason' is distinct from 'manual'))
  )
  execute function count_lain_failed();
