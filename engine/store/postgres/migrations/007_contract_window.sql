-- A promotion of the kind `contract` runs the contract migrations of another one when that one's undo window is over.
alter table promotion add column contract_of text references promotion (id);
alter table promotion drop constraint promotion_kind_check;
alter table promotion add constraint promotion_kind_check check (kind in ('promote', 'rollback', 'contract'));
create index promotion_contract_waiting on promotion (application, to_environment)
  where kind = 'contract' and ended_at is null;
create index promotion_contract_of on promotion (contract_of) where contract_of is not null;

-- Whoever waits for an undo window looks again when another promotion has ended in its environment: what runs there may
-- be another release now, or the window has begun anew. Losing such a call costs nothing but time.
create function wake_contracts(ended text, at timestamptz) returns void
language plpgsql as $$
begin
  update dispatch d set due_at = least(d.due_at, at), run_id = null, handed_at = null
  from promotion p, promotion c
  where p.id = ended and p.kind <> 'contract' and c.kind = 'contract' and c.ended_at is null
    and c.application = p.application and c.to_environment = p.to_environment and d.promotion_id = c.id;
end $$;

-- As apply_transitions, for transitions that end promotions. What a promotion leaves to be done later is a promotion of
-- its own, made together with the end or not at all. `place` in follow_ups is that of their transition in heads, from 1.
create function apply_transitions_with_follow_ups(
  heads jsonb, steps jsonb, events jsonb, messages jsonb, follow_ups jsonb
) returns jsonb
language plpgsql
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
set enable_hashjoin to off
set enable_mergejoin to off
as $$
declare
  outcomes jsonb := apply_transitions(heads, steps, events, messages);
  each record;
begin
  for each in
    select h.t from jsonb_array_elements(heads) with ordinality as h (t, n)
    where h.t ->> 'endedAt' is not null and outcomes -> (h.n::int - 1) ->> 'outcome' = 'applied'
    order by h.t ->> 'promotionId'
  loop
    perform wake_contracts(each.t ->> 'promotionId', (each.t ->> 'at')::timestamptz);
  end loop;
  for each in
    select f from jsonb_array_elements(follow_ups) as f
    where outcomes -> ((f ->> 'place')::int - 1) ->> 'outcome' = 'applied'
  loop
    perform create_promotion(each.f -> 'row', each.f -> 'heads', each.f -> 'steps', each.f -> 'events', each.f -> 'messages');
  end loop;
  return outcomes;
end $$;
