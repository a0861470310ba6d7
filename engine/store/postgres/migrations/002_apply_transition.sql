-- Queueing for a resource, taking it and giving it up are serialised per resource, so that whoever waits is either seen
-- by the one who gives it up, or sees that it is free. One order of locking for all, so that nobody waits in a circle.
create function lock_resources(resources text[]) returns void
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(r, 7))
  from (select distinct u.r from unnest(resources) as u (r) order by u.r) as ordered;
end $$;

-- Whether every resource of a promotion is free and nobody who came earlier waits for one of them. Needs their locks.
create function may_take(p promotion) returns boolean
language plpgsql as $$
begin
  return not exists (select 1 from resource_lock where resource = any (p.resources) and promotion_id <> p.id)
    and not exists (
      select 1 from promotion q
      where q.state = 'QUEUED' and q.id <> p.id and q.resources && p.resources
        and (q.queued_at, q.id) < (p.queued_at, p.id)
    );
end $$;

-- Takes every resource of a promotion or none. Answers whether it holds them all now. Needs their locks.
create function take_resources(p promotion, new_fence bigint, at timestamptz) returns boolean
language plpgsql as $$
begin
  if not may_take(p) then
    return false;
  end if;
  insert into resource_lock (resource, promotion_id, fence, since)
  select r, p.id, new_fence, at from unnest(p.resources) as r
  on conflict (resource) do update set fence = excluded.fence;
  return true;
end $$;

-- Calls the first in line for each resource of a promotion that holds or awaits it no longer. Needs their locks.
create function wake_next(p promotion, at timestamptz) returns void
language plpgsql as $$
begin
  insert into dispatch (promotion_id, due_at)
  select distinct first.id, at
  from unnest(p.resources) as r
  cross join lateral (
    select q.id from promotion q
    where q.state = 'QUEUED' and q.id <> p.id and q.resources @> array[r]
    order by q.queued_at, q.id limit 1
  ) as first
  order by first.id
  on conflict (promotion_id) do update set due_at = least(dispatch.due_at, excluded.due_at);
end $$;

-- One transition: state, steps, events, outbox, slot and dispatch together, or nothing.
-- Answers {"outcome": "applied" | "conflict" | "lost-lease" | "slot-busy" | "missing", "version", "fence"}.
create function apply_transition(t jsonb) returns jsonb
language plpgsql as $$
declare
  p promotion;
  n promotion;
  at timestamptz := (t ->> 'at')::timestamptz;
  due timestamptz := case when t ->> 'dueAt' <> 'never' then (t ->> 'dueAt')::timestamptz end;
  new_fence bigint;
begin
  select * into p from promotion where id = t ->> 'promotionId' for no key update;
  if not found then
    return jsonb_build_object('outcome', 'missing');
  end if;
  if t ? 'fence' and p.fence <> (t ->> 'fence')::bigint then
    return jsonb_build_object('outcome', 'lost-lease');
  end if;
  if p.version <> (t ->> 'expectedVersion')::bigint then
    return jsonb_build_object('outcome', 'conflict');
  end if;
  new_fence := p.fence;
  n := jsonb_populate_record(p, t -> 'set');
  -- This clock is everybody's, so the line is in the order in which promotions really came.
  n.queued_at := coalesce(p.queued_at, clock_timestamp());
  if t ->> 'resources' = 'acquire' then
    new_fence := nextval('fence');
    if not take_resources(n, new_fence, at) then
      return jsonb_build_object('outcome', 'slot-busy');
    end if;
  end if;

  update promotion set
    state = n.state, parked = n.parked, version = p.version + 1, fence = new_fence,
    event_seq = n.event_seq, head_hash = n.head_hash, plan_hash = n.plan_hash, rollback = n.rollback,
    failure = n.failure, holds_slot = n.holds_slot,
    queued_at = case when n.state = 'QUEUED' then n.queued_at end, state_version = n.state_version,
    updated_at = at, ended_at = n.ended_at,
    lease_owner = case when t ->> 'lease' = 'release' then null else p.lease_owner end,
    lease_until = case when t ->> 'lease' = 'release' then null else p.lease_until end
  where id = p.id;

  if t ? 'steps' then
    insert into step as s (promotion_id, name, ordinal, version, status, attempt, started_at, finished_at, summary, output, checkpoint, error, compensation)
    select p.id, name, ordinal, version, status, attempt, started_at, finished_at, summary, output, checkpoint, error, compensation
    from jsonb_populate_recordset(null::step, t -> 'steps')
    on conflict (promotion_id, name) do update set
      version = excluded.version, status = excluded.status, attempt = excluded.attempt, started_at = excluded.started_at,
      finished_at = excluded.finished_at, summary = excluded.summary, output = excluded.output,
      checkpoint = excluded.checkpoint, error = excluded.error, compensation = excluded.compensation;
  end if;

  insert into event (promotion_id, seq, at, type, actor, data, previous_hash, hash)
  select p.id, e.seq, e.at, e.type, e.actor, e.data, e.previous_hash, e.hash
  from jsonb_populate_recordset(null::event, t -> 'events') as e;

  if t ? 'outbox' then
    insert into outbox (event_id, promotion_id, type, body, created_at, due_at)
    select o.event_id, p.id, o.type, o.body, at, at from jsonb_populate_recordset(null::outbox, t -> 'outbox') as o
    on conflict (event_id) do nothing;
  end if;

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
    perform record_environment(p, t -> 'environment', at);
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
    perform wake_next(n, at);
  elsif p.state = 'QUEUED' and n.state <> 'QUEUED' and not n.holds_slot then
    -- Whoever leaves the line without a turn makes room for the next.
    perform wake_next(n, at);
  elsif n.state = 'QUEUED' and not n.holds_slot and due > at and may_take(n) then
    -- What it waits for was given up between its attempt and now.
    due := at;
  end if;

  if t ->> 'dueAt' = 'never' then
    delete from dispatch where promotion_id = p.id;
  elsif due is not null then
    insert into dispatch (promotion_id, due_at) values (p.id, due)
    on conflict (promotion_id) do update set due_at = excluded.due_at, run_id = null, handed_at = null;
  end if;

  return jsonb_build_object('outcome', 'applied', 'version', p.version + 1, 'fence', new_fence);
end $$;

-- What runs in an environment now. History gets a row when the release is another one than before.
create function record_environment(p promotion, entry jsonb, at timestamptz) returns void
language plpgsql as $$
declare
  verified timestamptz := case when (entry ->> 'isVerified')::boolean then at end;
  brought_by text := case when entry ? 'broughtBy' then entry ->> 'broughtBy' else p.id end;
  newest deployed_release;
begin
  insert into environment as e (application, name, release_id, promotion_id, deployed_at, verified_at)
  values (p.application, entry ->> 'name', entry ->> 'releaseId', brought_by, at, verified)
  on conflict (application, name) do update set
    deployed_at = case when e.release_id is distinct from excluded.release_id then at else e.deployed_at end,
    release_id = excluded.release_id, promotion_id = excluded.promotion_id, verified_at = excluded.verified_at;

  select * into newest from deployed_release d
  where d.application = p.application and d.environment = entry ->> 'name'
  order by d.id desc limit 1;
  if newest.release_id is distinct from entry ->> 'releaseId' then
    insert into deployed_release (application, environment, release_id, promotion_id, deployed_at, verified_at)
    values (p.application, entry ->> 'name', entry ->> 'releaseId', brought_by, at, verified);
  elsif verified is not null then
    update deployed_release set verified_at = verified where id = newest.id;
  end if;
end $$;

-- Many promotions' transitions in one round trip and one commit; each succeeds or is refused by itself. All rows are
-- locked in one order first, then all resources in one order, so that two batches never wait for each other in a circle.
create function apply_transitions(batch jsonb) returns jsonb
language plpgsql as $$
declare
  outcomes jsonb;
begin
  perform 1 from promotion
  where id = any (array(select t ->> 'promotionId' from jsonb_array_elements(batch) as t))
  order by id for no key update;
  perform lock_resources(array(
    select r
    from jsonb_array_elements(batch) as t
    join promotion p on p.id = t ->> 'promotionId'
    cross join unnest(p.resources) as r
    where t ? 'resources' or p.state = 'QUEUED' or t -> 'set' ->> 'state' = 'QUEUED'
  ));
  select coalesce(jsonb_agg(apply_transition(t) order by n), '[]'::jsonb) into outcomes
  from jsonb_array_elements(batch) with ordinality as each (t, n);
  return outcomes;
end $$;
