-- A release that is marked bad, by a person or by a rollback, stops every promotion of it that has not been taken back or
-- ended: in the same transaction each gets another version, so that no run goes on without having looked at the release
-- again, and is due.
create index promotion_of_release on promotion (release_id) where ended_at is null;

create function stop_promotions_of_bad_release() returns trigger
language plpgsql as $$
begin
  with stopped as (
    update promotion set version = version + 1
    where release_id = new.id and kind = 'promote' and ended_at is null and rollback is null
    returning id
  )
  insert into dispatch (promotion_id, due_at) select id, new.bad_since from stopped order by id
  on conflict (promotion_id) do update set
    due_at = least(dispatch.due_at, excluded.due_at),
    run_id = case when dispatch.due_at > excluded.due_at then null else dispatch.run_id end,
    handed_at = case when dispatch.due_at > excluded.due_at then null else dispatch.handed_at end;
  return null;
end $$;

create trigger stop_promotions_of_bad_release after update of bad_since on release
for each row when (old.bad_since is null and new.bad_since is not null)
execute function stop_promotions_of_bad_release();
