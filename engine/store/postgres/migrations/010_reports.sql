-- What is told of each promotion that has ended: which reports have to be written, and how much of the trail they tell.
create table report (
  promotion_id text primary key references promotion (id),
  -- Null: the newest one tells all there is.
  due_at timestamptz,
  attempts int not null default 0,
  fence bigint,
  entries bigint,
  location text,
  written_at timestamptz
);
create index report_due on report (due_at) where due_at is not null;
-- What ended before there was this table has its report, or gets one when somebody asks.
insert into report (promotion_id, entries) select id, event_seq from promotion where ended_at is not null;

-- A report is due when a promotion ends, by whatever hand, and when something is written to its trail afterwards.
create function report_is_due() returns trigger
language plpgsql as $$
begin
  insert into report (promotion_id, due_at) values (new.id, clock_timestamp())
  on conflict (promotion_id) do update set due_at = excluded.due_at, attempts = 0;
  return null;
end $$;
create trigger report_is_due after update of event_seq on promotion
  for each row when (new.ended_at is not null and new.event_seq > old.event_seq)
  execute function report_is_due();

-- What is over, by its end.
create index promotion_ended on promotion (ended_at desc, id desc) where ended_at is not null;
create index promotion_rollback_of on promotion (rollback_of) where rollback_of is not null;
-- Checks that failed are counted by their kind.
create index event_step_failed on event (at) where type = 'step-failed';
create index change_by_promotion on change (promotion_id) where promotion_id is not null;
