-- What was seen in an environment when it was looked at last: how it was, and whether what ran was what is recorded.
create table environment_observation (
  application text not null,
  environment text not null,
  at timestamptz not null,
  health text not null check (health in ('healthy', 'sick', 'unknown')),
  trouble text,
  drift text,
  primary key (application, environment)
);
