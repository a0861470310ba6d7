create table application (
  name text primary key,
  created_at timestamptz not null default now()
);

create table release (
  id text primary key,
  application text not null references application (name),
  name text not null,
  digest text not null,
  content jsonb not null,
  created_at timestamptz not null default now(),
  created_by text not null,
  bad_since timestamptz,
  bad_reason text,
  bad_by text,
  unique (application, name)
);
create index release_by_digest on release (application, digest);

-- One row per (application, environment): what runs there now.
create table environment (
  application text not null references application (name),
  name text not null,
  release_id text references release (id),
  promotion_id text,
  deployed_at timestamptz,
  verified_at timestamptz,
  auto_promotion_paused_at timestamptz,
  undo_window_until timestamptz,
  primary key (application, name)
);

-- Everything that ever ran in an environment; rollback picks its target from here.
create table deployed_release (
  id bigint generated always as identity primary key,
  application text not null,
  environment text not null,
  release_id text not null references release (id),
  promotion_id text,
  deployed_at timestamptz not null,
  verified_at timestamptz
);
create index deployed_release_newest on deployed_release (application, environment, id desc);

-- Every claim of a promotion and every taking of a slot draws from here, so tokens of one target only grow.
create sequence fence;

create table promotion (
  id text primary key,
  application text not null references application (name),
  release_id text not null references release (id),
  from_environment text not null,
  to_environment text not null,
  kind text not null check (kind in ('promote', 'rollback')),
  rollback_of text references promotion (id),
  is_dry_run boolean not null,
  state text not null,
  parked jsonb,
  version bigint not null,
  fence bigint not null,
  lease_owner text,
  lease_until timestamptz,
  event_seq bigint not null,
  head_hash text not null,
  requested_by jsonb not null,
  reason text,
  definition jsonb not null,
  plan_hash text,
  rollback jsonb,
  failure jsonb,
  resources text[] not null,
  holds_slot boolean not null default false,
  queued_at timestamptz,
  state_version int not null,
  idempotency_key text unique,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  ended_at timestamptz
) with (fillfactor = 50);
-- A promotion is written a dozen times, and its definition only once: kept beside the row, it is not copied each time.
-- Room in each page keeps the new versions of a row beside the old one, so that no index has to be changed.
alter table promotion alter column definition set storage external;
create index promotion_newest on promotion (application, created_at desc);
create index promotion_by_target on promotion (application, to_environment, created_at desc);
create index promotion_queued on promotion using gin (resources) where state = 'QUEUED';
create index promotion_active on promotion (created_at) where ended_at is null;

create table step (
  promotion_id text not null references promotion (id),
  name text not null,
  ordinal int not null,
  version int not null,
  status text not null,
  attempt int not null,
  started_at timestamptz,
  finished_at timestamptz,
  summary text,
  output jsonb,
  checkpoint jsonb,
  error jsonb,
  compensation jsonb,
  primary key (promotion_id, name)
) with (fillfactor = 50);

create table step_log (
  promotion_id text not null,
  seq bigint generated always as identity,
  step text not null,
  attempt int not null,
  at timestamptz not null,
  line text not null,
  primary key (promotion_id, seq)
);

-- Append-only; each promotion's entries are a hash chain.
create table event (
  promotion_id text not null references promotion (id),
  seq bigint not null,
  at timestamptz not null,
  type text not null,
  actor jsonb not null,
  data jsonb not null,
  previous_hash text not null,
  hash text not null,
  primary key (promotion_id, seq)
);

-- How far signed heads outside this database cover each chain; a hint for what to sign next, never the proof.
create table audit_head (
  promotion_id text primary key references promotion (id),
  seq bigint not null,
  signed_at timestamptz not null
);

create table plan (
  hash text primary key,
  promotion_id text not null references promotion (id),
  body jsonb not null,
  created_at timestamptz not null
);

create table vote (
  promotion_id text not null references promotion (id),
  stage text not null,
  actor text not null,
  decision text not null check (decision in ('approved', 'rejected')),
  plan_hash text not null,
  comment text,
  at timestamptz not null,
  primary key (promotion_id, stage, actor, plan_hash)
);

create table checklist_item (
  promotion_id text not null references promotion (id),
  item text not null,
  ticked_by text not null,
  at timestamptz not null,
  primary key (promotion_id, item)
);

create table evidence (
  id text primary key,
  release_digest text not null,
  collected_at timestamptz not null,
  source text not null,
  fact jsonb not null
);
create index evidence_by_release on evidence (release_digest, collected_at desc);

create table waiver (
  id text primary key,
  application text not null,
  finding text not null,
  owner text not null,
  reason text not null,
  expires_at timestamptz not null
);

create table outbox (
  event_id text primary key,
  promotion_id text not null references promotion (id),
  type text not null,
  body jsonb not null,
  created_at timestamptz not null,
  attempts int not null default 0,
  due_at timestamptz not null,
  sent_at timestamptz
);
create index outbox_due on outbox (due_at) where sent_at is null;

-- What waits for a run. A row with a run_id was handed to the executor and is not handed out twice.
create table dispatch (
  promotion_id text primary key references promotion (id),
  due_at timestamptz not null,
  run_id text,
  handed_at timestamptz
);
create index dispatch_due on dispatch (due_at);

create table role_binding (
  subject text not null,
  role text not null,
  application text not null,
  environment text not null,
  created_at timestamptz not null default now(),
  created_by text not null,
  primary key (subject, role, application, environment)
);

create table resource_lock (
  resource text primary key,
  promotion_id text not null references promotion (id),
  fence bigint not null,
  since timestamptz not null
);
create index resource_lock_by_promotion on resource_lock (promotion_id);
