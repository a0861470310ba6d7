-- Takes every resource of a promotion or none. Answers whether it holds them all now.
create function take_resources(p promotion, new_fence bigint, at timestamptz) returns boolean
language plpgsql as $$
declare
  taken int;
begin
  -- Taking and releasing are serialised per resource, so that a waiter is either seen by the release or sees it.
  perform pg_advisory_xact_lock(hashtextextended(r, 7)) from (select unnest(p.resources) as r order by 1) as ordered;
  if exists (select 1 from resource_lock where resource = any (p.resources) and promotion_id <> p.id) then
    return false;
  end if;
  -- First come, first served: nobody overtakes an earlier promotion that waits for one of these.
  if exists (
    select 1 from promotion q
    where q.state = 'QUEUED' and q.id <> p.id and q.resources && p.resources
      and (q.queued_at, q.id) < (p.queued_at, p.id)
  ) then
    return false;
  end if;
  insert into resource_lock (resource, promotion_id, fence, since)
  select r, p.id, new_fence, at from unnest(p.resources) as r
  on conflict (resource) do update set fence = excluded.fence where resource_lock.promotion_id = p.id;
  get diagnostics taken = row_count;
  return taken = cardinality(p.resources);
end $$;

-- Gives up what a promotion holds and calls the first in line for each.
create function release_resources(p promotion, at timestamptz) returns void
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(r, 7)) from (select unnest(p.resources) as r order by 1) as ordered;
  delete from resource_lock where promotion_id = p.id;
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
  new_fence bigint;
begin
  select * into p from promotion where id = t ->> 'promotionId' for update;
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
  n.queued_at := coalesce(p.queued_at, at);
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
    insert into environment as e (application, name, release_id, promotion_id, deployed_at, verified_at)
    values (p.application, t -> 'environment' ->> 'name', t -> 'environment' ->> 'releaseId', p.id, at,
            case when (t -> 'environment' ->> 'isVerified')::boolean then at end)
    on conflict (application, name) do update set
      deployed_at = case when e.release_id is distinct from excluded.release_id then at else e.deployed_at end,
      release_id = excluded.release_id, promotion_id = excluded.promotion_id, verified_at = excluded.verified_at;
    update deployed_release set verified_at = at
    where id = (
        select d.id from deployed_release d
        where d.application = p.application and d.environment = t -> 'environment' ->> 'name'
        order by d.id desc limit 1)
      and release_id = t -> 'environment' ->> 'releaseId' and (t -> 'environment' ->> 'isVerified')::boolean;
    insert into deployed_release (application, environment, release_id, promotion_id, deployed_at, verified_at)
    select p.application, t -> 'environment' ->> 'name', t -> 'environment' ->> 'releaseId', p.id, at,
           case when (t -> 'environment' ->> 'isVerified')::boolean then at end
    where (t -> 'environment' ->> 'releaseId') is distinct from (
        select d.release_id from deployed_release d
        where d.application = p.application and d.environment = t -> 'environment' ->> 'name'
        order by d.id desc limit 1);
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
    perform release_resources(n, at);
  end if;

  if t ->> 'dueAt' = 'never' then
    delete from dispatch where promotion_id = p.id;
  elsif t ? 'dueAt' then
    insert into dispatch (promotion_id, due_at) values (p.id, (t ->> 'dueAt')::timestamptz)
    on conflict (promotion_id) do update set due_at = excluded.due_at, run_id = null, handed_at = null;
  end if;

  return jsonb_build_object('outcome', 'applied', 'version', p.version + 1, 'fence', new_fence);
end $$;

-- Many promotions' transitions in one round trip and one commit; each succeeds or is refused by itself.
create function apply_transitions(batch jsonb) returns jsonb
language sql as $$
  select coalesce(jsonb_agg(apply_transition(t) order by n), '[]'::jsonb)
  from jsonb_array_elements(batch) with ordinality as each (t, n)
$$;
