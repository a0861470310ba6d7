-- A message is handed to each channel that hears it, so that one that is down keeps no other waiting and is told nothing twice.
create table delivery (
  event_id text not null references outbox (event_id) on delete cascade,
  channel text not null,
  attempts int not null default 0,
  due_at timestamptz not null,
  delivered_at timestamptz,
  given_up_at timestamptz,
  -- Why the newest attempt failed.
  error text,
  primary key (event_id, channel)
);
create index delivery_due on delivery (due_at) where delivered_at is null and given_up_at is null;

-- What is told of no promotion: a hold, for example.
alter table outbox alter column promotion_id drop not null;
