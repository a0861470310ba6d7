-- A promotion, its steps and its first audit entries, together. Asked again under the same idempotency key, answers the first one's id.
create function create_promotion(p jsonb, heads jsonb, steps jsonb, events jsonb, messages jsonb) returns text
language plpgsql as $$
declare
  existing text;
  outcome jsonb;
begin
  insert into promotion
  select * from jsonb_populate_record(null::promotion, p)
  on conflict (idempotency_key) do nothing;
  if not found then
    select id into existing from promotion where idempotency_key = p ->> 'idempotency_key';
    return existing;
  end if;
  outcome := apply_transitions(heads, steps, events, messages) -> 0;
  if outcome ->> 'outcome' <> 'applied' then
    raise exception 'the first transition of % was refused: %', p ->> 'id', outcome ->> 'outcome';
  end if;
  return p ->> 'id';
end $$;
