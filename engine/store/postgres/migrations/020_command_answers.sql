-- What commands of the API answered under the idempotency key of whoever asked; without an answer it is being carried out.
create table command_answer (
  person text not null,
  key text not null,
  request text not null,
  claim text not null,
  claimed_at timestamptz not null,
  answer text,
  primary key (person, key)
);
create index command_answer_age on command_answer (claimed_at);
