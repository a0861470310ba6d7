-- Sign-ins that are under way at an issuer, and sessions of people who are signed in. Both are kept by the SHA-256 of what the
-- browser has, so that whoever reads this table cannot be anybody.
create table sign_in (
  state_hash text primary key,
  browser_hash text not null,
  code_verifier text not null,
  nonce text not null,
  return_to text not null,
  expires_at timestamptz not null
);
create index sign_in_expiry on sign_in (expires_at);

create table session (
  token_hash text primary key,
  person text not null,
  since timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_expiry on session (expires_at);
