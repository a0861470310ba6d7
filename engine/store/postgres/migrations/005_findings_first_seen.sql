-- When evidence of an application first named a finding: ages of findings whose source gives no date are counted from here.
create table finding_first_seen (
  application text not null references application (name),
  kind text not null check (kind in ('findings', 'bugs')),
  finding text not null,
  first_seen timestamptz not null,
  primary key (application, kind, finding)
);
insert into finding_first_seen (application, kind, finding, first_seen)
select r.application, e.fact ->> 'kind', item ->> 'id', min(e.collected_at)
from evidence e
  join release r on r.digest = e.release_digest
  cross join lateral jsonb_array_elements(e.fact -> 'items') as item
where e.fact ->> 'kind' in ('findings', 'bugs') and jsonb_typeof(e.fact -> 'items') = 'array'
group by 1, 2, 3;

alter table waiver add column revoked_reason text;
create index waiver_by_application on waiver (application);
