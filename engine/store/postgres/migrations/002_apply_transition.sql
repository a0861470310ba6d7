-- Queueing for a resource, taking it and giving it up are serialised per resource, so that whoever waits is either seen
-- by the one who gives it up, or sees that it is free. One order of locking for all, so that nobody waits in a circle.
create function lock_resources(resources text[]) returns void
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(r, 7))
  from (select distinct u.r from unnest(resources) as u (r) order by u.r) as ordered;
end $$;

-- Whether all of these resources are free and nobody who came earlier waits for one of them. Needs their locks.
create function may_take(of_promotion text, wanted text[], queued_since timestamptz) returns boolean
language plpgsql as $$
begin
  return not exists (select 1 from resource_lock where resource = any (wanted) and promotion_id <> of_promotion)
    and not exists (
      select 1 from promotion q
      where q.state = 'QUEUED' and q.id <> of_promotion and q.resources && wanted
        and (q.queued_at, q.id) < (queued_since, of_promotion)
    );
end $$;

-- Takes all of these resources or none. Answers whether the promotion holds them now. Needs their locks.
create function take_resources(
  of_promotion text, wanted text[], queued_since timestamptz, new_fence bigint, at timestamptz
) returns boolean
language plpgsql as $$
begin
  if not may_take(of_promotion, wanted, queued_since) then
    return false;
  end if;
  insert into resource_lock (resource, promotion_id, fence, since)
  select r, of_promotion, new_fence, at from unnest(wanted) as r
  on conflict (resource) do update set fence = excluded.fence;
  return true;
end $$;

-- Calls the first in line for each resource that a promotion holds or awaits no longer. Needs their locks.
create function wake_next(of_promotion text, given_up text[], at timestamptz) returns void
language plpgsql as $$
begin
  insert into dispatch (promotion_id, due_at)
  select distinct first.id, at
  from unnest(given_up) as r
  cross join lateral (
    select q.id from promotion q
    where q.state = 'QUEUED' and q.id <> of_promotion and q.resources @> array[r]
    order by q.queued_at, q.id limit 1
  ) as first
  order by first.id
  on conflict (promotion_id) do update set due_at = least(dispatch.due_at, excluded.due_at);
end $$;

-- What runs in an environment now. History gets a row when the release is another one than before.
create function record_environment(of_promotion text, of_application text, entry jsonb, at timestamptz) returns void
language plpgsql as $$
declare
  verified timestamptz := case when (entry ->> 'isVerified')::boolean then at end;
  brought_by text := case when entry ? 'broughtBy' then entry ->> 'broughtBy' else of_promotion end;
  newest deployed_release;
begin
  insert into environment as e (application, name, release_id, promotion_id, deployed_at, verified_at)
  values (of_application, entry ->> 'name', entry ->> 'releaseId', brought_by, at, verified)
  on conflict (application, name) do update set
    deployed_at = case when e.release_id is distinct from excluded.release_id then at else e.deployed_at end,
    release_id = excluded.release_id, promotion_id = excluded.promotion_id, verified_at = excluded.verified_at;

  select * into newest from deployed_release d
  where d.application = of_application and d.environment = entry ->> 'name'
  order by d.id desc limit 1;
  if newest.release_id is distinct from entry ->> 'releaseId' then
    insert into deployed_release (application, environment, release_id, promotion_id, deployed_at, verified_at)
    values (of_application, entry ->> 'name', entry ->> 'releaseId', brought_by, at, verified);
  elsif verified is not null then
    update deployed_release set verified_at = verified where id = newest.id;
  end if;
end $$;

-- What only some transitions bring about, once the promotion's row is written: plan, votes, environment, slot and dispatch.
create function apply_consequences(t jsonb, state_before text) returns void
language plpgsql as $$
declare
  p record;
  at timestamptz := (t ->> 'at')::timestamptz;
  due timestamptz := case when t ->> 'dueAt' <> 'never' then (t ->> 'dueAt')::timestamptz end;
begin
  select id, application, state, holds_slot, resources, queued_at into p from promotion where id = t ->> 'promotionId';

  if t ? 'plan' then
    insert into plan (hash, promotion_id, body, created_at)
    values (t -> 'plan' ->> 'hash', p.id, t -> 'plan' -> 'body', at) on conflict (hash) do nothing;
  end if;

  if t ? 'votes' then
    insert into vote (promotion_id, stage, actor, decision, plan_hash, comment, at)
    select p.id, v.stage, v.actor, v.decision, v.plan_hash, v.comment, v.at
    from jsonb_populate_recordset(null::vote, t -> 'votes') as v;
  end if;

  if t ? 'environment' then
    perform record_environment(p.id, p.application, t -> 'environment', at);
  end if;

  if t ? 'pauseAutoPromotion' then
    update environment set auto_promotion_paused_at = at
    where application = p.application and name = t ->> 'pauseAutoPromotion' and auto_promotion_paused_at is null;
  end if;

  if t ? 'markBad' then
    update release set bad_since = at, bad_reason = t -> 'markBad' ->> 'reason', bad_by = t -> 'markBad' ->> 'by'
    where id = t -> 'markBad' ->> 'releaseId' and bad_since is null;
  end if;

  if t ->> 'resources' = 'release' then
    delete from resource_lock where promotion_id = p.id;
    perform wake_next(p.id, p.resources, at);
  elsif state_before = 'QUEUED' and p.state <> 'QUEUED' and not p.holds_slot then
    -- Whoever leaves the line without a turn makes room for the next.
    perform wake_next(p.id, p.resources, at);
  elsif p.state = 'QUEUED' and not p.holds_slot and due > at and may_take(p.id, p.resources, p.queued_at) then
    -- What it waits for was given up between its attempt and now.
    due := at;
  end if;

  if t ->> 'dueAt' = 'never' then
    delete from dispatch where promotion_id = p.id;
  elsif due is not null then
    insert into dispatch (promotion_id, due_at) values (p.id, due)
    on conflict (promotion_id) do update set due_at = excluded.due_at, run_id = null, handed_at = null;
  end if;
end $$;

-- Transitions: state, steps, events, outbox, slot and dispatch of each together, or nothing of it. Those of many promotions
-- share one round trip and one commit; each succeeds or is refused by itself. All rows are locked in one order first, then
-- all resources in one order, so that two batches never wait for each other in a circle.
-- `place` in steps, events and messages is that of their transition in heads, from 1.
-- Answers for each {"outcome": "applied" | "conflict" | "lost-lease" | "slot-busy" | "missing", "version", "fence"}.
create function apply_transitions(heads jsonb, steps jsonb, events jsonb, messages jsonb) returns jsonb
language plpgsql
-- Every row is looked up by its key, also when the plans were made while the tables were still empty.
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
set enable_hashjoin to off
set enable_mergejoin to off
as $$
declare
  each record;
  before record;
  previous text;
  -- By place; a transition without an outcome is still to be applied.
  outcomes jsonb[] := '{}';
  new_fences bigint[] := '{}';
  applied int[] := '{}';
  acquiring int[] := '{}';
  consequential int[] := '{}';
  states_before text[] := '{}';
  wanted text[] := '{}';
  t jsonb;
  place int;
begin
  for each in
    select h.t, h.n::int, h.t ->> 'promotionId' as of_promotion
    from jsonb_array_elements(heads) with ordinality as h (t, n) order by 3, 2
  loop
    t := each.t;
    select version, fence, state, resources into before
    from promotion where id = each.of_promotion for no key update;
    if not found then
      outcomes[each.n] := '{"outcome": "missing"}';
    elsif (t ->> 'fence')::bigint <> before.fence then
      outcomes[each.n] := '{"outcome": "lost-lease"}';
    elsif (t ->> 'expectedVersion')::bigint <> before.version or each.of_promotion = previous then
      outcomes[each.n] := '{"outcome": "conflict"}';
    else
      previous := each.of_promotion;
      if t ? 'resources' or before.state = 'QUEUED' or t ->> 'state' = 'QUEUED' then
        wanted := wanted || before.resources;
        states_before[each.n] := before.state;
        consequential := consequential || each.n;
        if t ->> 'resources' = 'acquire' then
          acquiring := acquiring || each.n;
        end if;
      elsif t ?| array['plan', 'votes', 'environment', 'pauseAutoPromotion', 'markBad', 'dueAt'] then
        states_before[each.n] := before.state;
        consequential := consequential || each.n;
      end if;
    end if;
  end loop;
  if wanted <> '{}' then
    perform lock_resources(wanted);
  end if;

  foreach place in array (select coalesce(array_agg(n order by n), '{}') from unnest(acquiring) as n) loop
    t := heads -> (place - 1);
    select id, resources, queued_at into before from promotion where id = t ->> 'promotionId';
    new_fences[place] := nextval('fence');
    -- The line is by this clock, which is everybody's, so it is in the order in which promotions really came.
    if not take_resources(
      before.id, before.resources, coalesce(before.queued_at, clock_timestamp()), new_fences[place], (t ->> 'at')::timestamptz
    ) then
      outcomes[place] := '{"outcome": "slot-busy"}';
    end if;
  end loop;

  for each in
    update promotion p set
      state = h.state, parked = h.parked, version = p.version + 1, fence = coalesce(new_fences[h.n], p.fence),
      event_seq = h."eventSeq", head_hash = h."headHash", plan_hash = h."planHash", rollback = h.rollback,
      failure = h.failure, holds_slot = h."holdsSlot",
      queued_at = case when h.state = 'QUEUED' then coalesce(p.queued_at, clock_timestamp()) end,
      state_version = h."stateVersion", updated_at = h.at, ended_at = h."endedAt",
      lease_owner = case when h.lease = 'release' then null else p.lease_owner end,
      lease_until = case when h.lease = 'release' then null else p.lease_until end
    from rows from (jsonb_to_recordset(heads) as (
      "promotionId" text, at timestamptz, lease text, state text, parked jsonb, "eventSeq" bigint, "headHash" text,
      "planHash" text, rollback jsonb, failure jsonb, "holdsSlot" boolean, "stateVersion" int, "endedAt" timestamptz
    )) with ordinality as h (
      "promotionId", at, lease, state, parked, "eventSeq", "headHash", "planHash", rollback, failure, "holdsSlot",
      "stateVersion", "endedAt", n
    )
    where p.id = h."promotionId" and outcomes[h.n] is null
    returning h.n::int, p.version, p.fence
  loop
    applied := applied || each.n;
    outcomes[each.n] := jsonb_build_object('outcome', 'applied', 'version', each.version, 'fence', each.fence);
  end loop;

  insert into step as s (promotion_id, name, ordinal, version, status, attempt, started_at, finished_at, summary, output, checkpoint, error, compensation)
  select promotion_id, name, ordinal, version, status, attempt, started_at, finished_at, summary, output, checkpoint, error, compensation
  from jsonb_to_recordset(steps) as x (
    place int, promotion_id text, name text, ordinal int, version int, status text, attempt int, started_at timestamptz,
    finished_at timestamptz, summary text, output jsonb, checkpoint jsonb, error jsonb, compensation jsonb
  )
  where x.place = any (applied)
  on conflict (promotion_id, name) do update set
    version = excluded.version, status = excluded.status, attempt = excluded.attempt, started_at = excluded.started_at,
    finished_at = excluded.finished_at, summary = excluded.summary, output = excluded.output,
    checkpoint = excluded.checkpoint, error = excluded.error, compensation = excluded.compensation;

  insert into event (promotion_id, seq, at, type, actor, data, previous_hash, hash)
  select promotion_id, seq, at, type, actor, data, previous_hash, hash
  from jsonb_to_recordset(events) as x (
    place int, promotion_id text, seq bigint, at timestamptz, type text, actor jsonb, data jsonb, previous_hash text, hash text
  )
  where x.place = any (applied);

  if jsonb_array_length(messages) > 0 then
    insert into outbox (event_id, promotion_id, type, body, created_at, due_at)
    select event_id, promotion_id, type, body, at, at
    from jsonb_to_recordset(messages) as x (
      place int, promotion_id text, event_id text, type text, body jsonb, at timestamptz
    )
    where x.place = any (applied)
    on conflict (event_id) do nothing;
  end if;

  foreach place in array consequential loop
    if place = any (applied) then
      perform apply_consequences(heads -> (place - 1), states_before[place]);
    end if;
  end loop;

  return to_jsonb(outcomes);
end $$;
