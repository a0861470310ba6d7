-- What is asked of the past: when evidence was recorded (which is not when it was collected), what it said before it was
-- recorded again, and each time that a release was verified where it runs.
alter table evidence add column recorded_at timestamptz;
create table earlier_evidence (
  id text not null,
  recorded_at timestamptz,
  release_digest text not null,
  collected_at timestamptz not null,
  source text not null,
  fact jsonb not null,
  source_commit text
);
create index earlier_evidence_by_release on earlier_evidence (release_digest);

-- The entries about it tell since when evidence is known. Under one id the facts are the same: only times and sources differ.
create temporary table told_evidence on commit drop as
select item ->> 'id' as id, (item ->> 'collectedAt')::timestamptz as collected_at,
  (array_agg(item ->> 'source' order by a.seq))[1] as source,
  (array_agg(item ->> 'sourceCommit' order by a.seq))[1] as source_commit, min(a.at) as recorded_at
from administration_event a cross join lateral jsonb_array_elements(a.data -> 'evidence') as item
where a.type = 'evidence-added' and jsonb_typeof(a.data -> 'evidence') = 'array'
group by 1, 2;
update evidence e set recorded_at = t.recorded_at
from told_evidence t
-- The trail tells thousandths of a second, the table more.
where t.id = e.id and t.collected_at = date_trunc('milliseconds', e.collected_at);
insert into earlier_evidence (id, recorded_at, release_digest, collected_at, source, fact, source_commit)
select e.id, t.recorded_at, e.release_digest, t.collected_at, t.source, e.fact, t.source_commit
from told_evidence t join evidence e on e.id = t.id
where t.collected_at < date_trunc('milliseconds', e.collected_at);
drop table told_evidence;
alter table evidence alter column recorded_at set default now();

create function keep_earlier_evidence() returns trigger
language plpgsql as $$
begin
  insert into earlier_evidence (id, recorded_at, release_digest, collected_at, source, fact, source_commit)
  values (old.id, old.recorded_at, old.release_digest, old.collected_at, old.source, old.fact, old.source_commit);
  -- An engine that does not know the column leaves it as it was.
  if new.recorded_at is not distinct from old.recorded_at then
    new.recorded_at := now();
  end if;
  return new;
end $$;
create trigger keep_earlier_evidence before update on evidence for each row execute function keep_earlier_evidence();

create table verification (
  deployed_id bigint not null references deployed_release (id) on delete cascade,
  verified_at timestamptz not null,
  primary key (deployed_id, verified_at)
);
insert into verification (deployed_id, verified_at)
select id, verified_at from deployed_release where verified_at is not null;

create function keep_verification() returns trigger
language plpgsql as $$
begin
  insert into verification (deployed_id, verified_at) values (new.id, new.verified_at) on conflict do nothing;
  return null;
end $$;
create trigger keep_verification after insert or update of verified_at on deployed_release
  for each row when (new.verified_at is not null) execute function keep_verification();

-- Rollbacks mark releases bad; there are few, among many entries.
create index event_marked_bad on event (promotion_id) where type = 'release-marked-bad';
