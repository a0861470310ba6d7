-- A promotion of a release along a path, unless one is on its way there already. What is being taken back, and what only
-- looks, is in nobody's way. Decided under a lock, so that of two requests at the same moment one comes second.
create function create_promotion_once(p jsonb, heads jsonb, steps jsonb, events jsonb, messages jsonb) returns jsonb
language plpgsql as $$
declare
  existing text;
begin
  perform pg_advisory_xact_lock(hashtextextended(jsonb_build_array(
    'on-its-way', p -> 'application', p -> 'release_id', p -> 'from_environment', p -> 'to_environment')::text, 0));
  -- What is asked again under its key is answered by it, whatever has become of it.
  select id into existing from promotion where idempotency_key = p ->> 'idempotency_key';
  if not found then
    select id into existing from promotion
    where release_id = p ->> 'release_id' and ended_at is null and kind = 'promote' and not is_dry_run
      and application = p ->> 'application' and from_environment = p ->> 'from_environment'
      and to_environment = p ->> 'to_environment' and jsonb_typeof(rollback) is distinct from 'object'
    order by created_at desc, id desc limit 1;
    if found then
      return jsonb_build_object('id', existing, 'isOnItsWay', true);
    end if;
    existing := create_promotion(p, heads, steps, events, messages);
  end if;
  return jsonb_build_object('id', existing, 'isOnItsWay', false);
end $$;
