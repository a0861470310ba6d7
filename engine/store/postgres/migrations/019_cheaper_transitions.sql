-- Steps and audit entries are written by create_promotion and apply_transitions alone, which have just made the promotion's
-- row or hold its lock. That each of some forty rows of a promotion looks its promotion up once more would find nothing.
alter table step drop constraint step_promotion_id_fkey;
alter table event drop constraint event_promotion_id_fkey;

-- A promotion, its steps and its first audit entries, together. Asked again under the same idempotency key, answers the
-- first one's id. The row is made as its first transition leaves it, rather than made and changed at once.
create or replace function create_promotion(p jsonb, heads jsonb, steps jsonb, events jsonb, messages jsonb) returns text
language plpgsql
set plan_cache_mode to force_generic_plan
as $$
declare
  existing text;
  first constant jsonb := heads -> 0;
  at constant timestamptz := (first ->> 'at')::timestamptz;
begin
  if first ? 'resources' or first ->> 'state' = 'QUEUED' or first ->> 'endedAt' is not null
    or (first ->> 'expectedVersion')::bigint <> (p ->> 'version')::bigint
  then
    raise exception 'the first transition of % was refused: a promotion begins without a slot, a place in a line or an end', p ->> 'id';
  end if;

  insert into promotion
  select * from jsonb_populate_record(null::promotion, p || jsonb_build_object(
    'version', (p ->> 'version')::bigint + 1, 'state', first -> 'state', 'parked', first -> 'parked',
    'event_seq', first -> 'eventSeq', 'head_hash', first -> 'headHash', 'plan_hash', first -> 'planHash',
    'rollback', first -> 'rollback', 'failure', first -> 'failure', 'holds_slot', first -> 'holdsSlot',
    'state_version', first -> 'stateVersion', 'updated_at', first -> 'at'
  ))
  on conflict (idempotency_key) do nothing;
  if not found then
    select id into existing from promotion where idempotency_key = p ->> 'idempotency_key';
    return existing;
  end if;

  insert into step (promotion_id, name, ordinal, version, status, attempt, started_at, finished_at, summary, output, checkpoint, error, compensation)
  select promotion_id, name, ordinal, version, status, attempt, started_at, finished_at, summary, output, checkpoint, error, compensation
  from jsonb_populate_recordset(null::step, steps);

  insert into event (promotion_id, seq, at, type, actor, data, previous_hash, hash)
  select p ->> 'id', seq, x.at, type, actor, data, previous_hash, hash
  from jsonb_populate_recordset(null::event, events) as x;

  if jsonb_array_length(messages) > 0 then
    insert into outbox (event_id, promotion_id, type, body, created_at, due_at)
    select event_id, promotion_id, type, body, x.at, x.at
    from jsonb_to_recordset(messages) as x (promotion_id text, event_id text, type text, body jsonb, at timestamptz)
    on conflict (event_id) do nothing;
  end if;

  if first ?| array['plan', 'votes', 'environment', 'pauseAutoPromotion', 'markBad', 'overrides', 'ticks', 'openItems', 'changes'] then
    perform apply_consequences(first, first ->> 'state');
  elsif first ->> 'dueAt' <> 'never' then
    insert into dispatch (promotion_id, due_at) values (p ->> 'id', (first ->> 'dueAt')::timestamptz);
  end if;
  return p ->> 'id';
end $$;

-- Takes due promotions whose lease is free or over, each with a new fence, and answers them as they are once they are
-- taken. Each statement in here sees what was committed before it: locking a row finds its newest version, but steps read
-- by the same statement would be those of when it began, and others may have run the promotion in between.
create function claim_promotions(
  of_state_version int, only_promotion text, at_most int, by_owner text, lease_seconds double precision,
  due_before timestamptz, ahead_seconds double precision
) returns table (promotion promotion, steps jsonb, release jsonb)
language plpgsql
-- Every row is looked up by its key, whatever the statistics say about tables that were empty a moment ago.
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
set enable_hashjoin to off
set enable_mergejoin to off
as $$
declare
  ids text[];
  fences bigint[];
begin
  with due as (
    select p.id, d.due_at
    from (
      select promotion_id, due_at from dispatch
      where due_at <= coalesce(due_before, clock_timestamp() + make_interval(secs => ahead_seconds)) order by due_at
    ) as d
    -- Row by row in this order, so that no more are locked than are taken.
    cross join lateral (
      select id from promotion
      where id = d.promotion_id and (lease_until is null or lease_until < clock_timestamp())
        and state_version <= of_state_version and (only_promotion is null or id = only_promotion)
      for no key update skip locked
    ) as p
    limit at_most
  ), claimed as (
    update promotion p set lease_owner = by_owner, fence = nextval('fence'),
      lease_until = clock_timestamp() + make_interval(secs => lease_seconds)
    from due where p.id = due.id returning p.id, p.fence, due.due_at
  )
  select array_agg(c.id order by c.due_at), array_agg(c.fence order by c.due_at) into ids, fences from claimed as c;

  return query
  select p, (select jsonb_agg(to_jsonb(s) order by s.ordinal) from step s where s.promotion_id = p.id), to_jsonb(r)
  from unnest(ids, fences) with ordinality as c (id, fence, place)
  join promotion p on p.id = c.id and p.fence = c.fence
  join release r on r.id = p.release_id
  order by c.place;
end $$;
