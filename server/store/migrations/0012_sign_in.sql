alter table users add column deactivated_at timestamptz(3);
create unique index users_email on users (workspace_id, lower(email));

-- Whom an identity provider means, once they have signed in by it.
create table user_identities (
  workspace_id uuid not null,
  issuer text not null,
  subject text not null,
  user_id uuid not null,
  primary key (workspace_id, issuer, subject),
  foreign key (workspace_id, user_id) references users (workspace_id, id)
);

-- One row for every time somebody signed in somewhere: what is listed and revoked.
alter table sessions
  add column id uuid not null default gen_random_uuid(),
  add column method text not null default 'code' check (method in ('code', 'link', 'oidc')),
  -- Browser and system, as far as the browser said so.
  add column label text not null default '',
  add column last_used_at timestamptz(3),
  add column revoked_at timestamptz(3);
update sessions set last_used_at = created_at;

-- What the OAuth server keeps, and every token: named by the SHA-256 of what the client holds.
create table oauth_records (
  workspace_id uuid not null,
  hash bytea not null,
  model text not null,
  payload json not null,
  -- The session a token or code is of.
  session_id uuid,
  consumed_at timestamptz(3),
  expires_at timestamptz(3) not null,
  primary key (workspace_id, hash)
);
insert into oauth_records (workspace_id, hash, model, payload, session_id, expires_at)
  select workspace_id, token_hash, 'SignInToken', '{}', id, expires_at from sessions;
create index oauth_records_session on oauth_records (workspace_id, session_id) where session_id is not null;
create index oauth_records_expiry on oauth_records (workspace_id, expires_at);

alter table sessions
  drop constraint sessions_pkey,
  drop column token_hash,
  alter column id drop default,
  alter column method drop default,
  alter column label drop default,
  alter column last_used_at set not null,
  add primary key (workspace_id, id);
create index sessions_user on sessions (workspace_id, user_id);

-- One-time codes and the links of mails. The selector finds one, the secret proves it: so wrong tries count.
create table sign_in_secrets (
  workspace_id uuid not null,
  kind text not null check (kind in ('code', 'link')),
  selector text not null,
  secret_hash bytea not null,
  user_id uuid not null,
  -- Of a link: the sign-in it was asked for.
  interaction text,
  tries int not null default 0,
  used_at timestamptz(3),
  expires_at timestamptz(3) not null,
  primary key (workspace_id, kind, selector),
  foreign key (workspace_id, user_id) references users (workspace_id, id)
);
create index sign_in_secrets_expiry on sign_in_secrets (workspace_id, expires_at);

-- What all hubs of a workspace share and nobody else may know, such as the keys of cookies.
create table hub_secrets (
  workspace_id uuid not null references workspaces (workspace_id),
  name text not null,
  value bytea not null,
  primary key (workspace_id, name)
);
