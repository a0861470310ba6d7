-- Those who take something back go before everybody who waits to bring something, and among themselves in the order in
-- which they came.
create or replace function rollback_goes_first() returns trigger
language plpgsql as $$
begin
  new.queued_at := case
    when old.state = 'QUEUED' and old.queued_at < timestamptz '1970-01-02T00:00:00Z' then old.queued_at
    else clock_timestamp() - interval '1000 years'
  end;
  return new;
end $$;
