-- Whoever takes something back goes before everybody who waits to bring something, however long they have waited.
create function rollback_goes_first() returns trigger
language plpgsql as $$
begin
  new.queued_at := timestamptz '1970-01-01T00:00:00Z';
  return new;
end $$;
create trigger rollback_goes_first before update of state on promotion
  for each row when (new.state = 'QUEUED' and (new.kind = 'rollback' or new.rollback is not null))
  execute function rollback_goes_first();
