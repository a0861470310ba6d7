-- The lane a promotion runs in (null: the normal one) and every rule that somebody set aside for it, with who and why.
alter table promotion add column lane text;
alter table promotion add column overrides jsonb;

-- What a promotion changed, a row for each image, setting, migration, flag or rule set aside: the answer to "what was
-- different at 14:05", over all applications.
create table change (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  application text not null,
  environment text not null,
  promotion_id text references promotion (id),
  kind text not null check (kind in ('release', 'image', 'configuration', 'schema', 'flag', 'override')),
  subject text not null,
  before text,
  after text,
  changed_by text not null
);
create index change_newest on change (at desc, id desc);
create index change_by_environment on change (environment, at desc, id desc);
create index change_by_target on change (application, environment, at desc, id desc);

alter table checklist_item add column phase text;
alter table checklist_item add column note text;

-- What has to be done after a promotion, and is asked for until somebody says that it was.
create table open_item (
  id text primary key,
  promotion_id text not null references promotion (id),
  application text not null,
  environment text not null,
  kind text not null check (kind in ('merge-back', 'post-mortem', 'checklist')),
  detail text not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  closed_by text,
  closing_note text
);
create index open_item_by_target on open_item (application, environment) where closed_at is null;

-- An environment pinned to its release; `*` is every application.
create table hold (
  application text not null,
  environment text not null,
  reason text not null,
  held_by text not null,
  since timestamptz not null,
  until timestamptz,
  primary key (application, environment)
);

-- A freeze that somebody declared beside those in the rules; `*` is every application, or every environment.
create table declared_freeze (
  id text primary key,
  application text not null,
  environment text not null,
  name text not null,
  reason text not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  except_hotfix boolean not null,
  declared_by text not null,
  declared_at timestamptz not null,
  lifted_by text,
  lifted_at timestamptz
);

-- The source commit that a fact is about, when whoever collected it said so.
alter table evidence add column source_commit text;
alter table waiver add column release_digest text;
alter table waiver add column created_by text;
alter table waiver add column created_at timestamptz;
alter table waiver add column revoked_at timestamptz;
alter table waiver add column revoked_by text;

-- What people did that belongs to no promotion (roles, holds, freezes, waivers, baselines, bad releases): one hash chain.
create table administration_event (
  seq bigint primary key,
  at timestamptz not null,
  type text not null,
  actor jsonb not null,
  data jsonb not null,
  previous_hash text not null,
  hash text not null
);
-- How far signed heads outside this database cover that chain; a hint, never the proof.
create table administration_head (
  is_only boolean primary key default true check (is_only),
  seq bigint not null,
  signed_at timestamptz not null
);

-- What only some transitions bring about, once the promotion's row is written: plan, votes, environment, slot and dispatch.
create or replace function apply_consequences(t jsonb, state_before text) returns void
language plpgsql as $$
declare
  p record;
  at timestamptz := (t ->> 'at')::timestamptz;
  due timestamptz := case when t ->> 'dueAt' <> 'never' then (t ->> 'dueAt')::timestamptz end;
begin
  select id, application, to_environment, state, holds_slot, resources, queued_at into p from promotion where id = t ->> 'promotionId';

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

  if t ? 'overrides' then
    update promotion set overrides = t -> 'overrides' where id = p.id;
  end if;

  if t ? 'ticks' then
    insert into checklist_item (promotion_id, item, phase, ticked_by, note, at)
    select p.id, x.item, x.phase, x.ticked_by, x.note, x.at
    from jsonb_populate_recordset(null::checklist_item, t -> 'ticks') as x
    on conflict (promotion_id, item) do nothing;
  end if;

  if t ? 'openItems' then
    insert into open_item (id, promotion_id, application, environment, kind, detail, opened_at)
    select x.id, p.id, p.application, p.to_environment, x.kind, x.detail, at
    from jsonb_populate_recordset(null::open_item, t -> 'openItems') as x
    on conflict (id) do nothing;
  end if;

  if t ? 'changes' then
    insert into change (at, application, environment, promotion_id, kind, subject, before, after, changed_by)
    select (t ->> 'at')::timestamptz, p.application, p.to_environment, p.id, x.kind, x.subject, x.before, x.after, x.changed_by
    from jsonb_populate_recordset(null::change, t -> 'changes') as x;
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
create or replace function apply_transitions(heads jsonb, steps jsonb, events jsonb, messages jsonb) returns jsonb
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
      elsif t ?| array[
        'plan', 'votes', 'environment', 'pauseAutoPromotion', 'markBad', 'dueAt', 'overrides', 'ticks', 'openItems', 'changes'
      ] then
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
