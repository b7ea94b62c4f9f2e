-- Every table leads its keys with workspace_id, so that the schema can be spread over machines by it.

create table workspaces (
  workspace_id uuid primary key,
  name text not null,
  domains text[] not null,
  -- Who a one-time code signs in.
  local_user_id uuid not null,
  lead_key_id text not null,
  lead_key bytea not null
);

create table users (
  workspace_id uuid not null references workspaces (workspace_id),
  id uuid not null,
  name text not null,
  email text not null,
  role text not null check (role in ('rep', 'marketer', 'manager', 'admin')),
  primary key (workspace_id, id)
);

-- Tokens are kept as SHA-256 only: a copy of the database signs nobody in.
create table sessions (
  workspace_id uuid not null,
  token_hash bytea not null,
  user_id uuid not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  primary key (workspace_id, token_hash),
  foreign key (workspace_id, user_id) references users (workspace_id, id)
);

create table agreements (
  workspace_id uuid not null references workspaces (workspace_id),
  version int not null,
  document json not null,
  primary key (workspace_id, version)
);

create table source_status (
  workspace_id uuid not null references workspaces (workspace_id),
  system text not null,
  label text not null,
  last_success_at timestamptz(3),
  problem text,
  primary key (workspace_id, system)
);

-- Status and body are written at the end of the transaction that makes the row.
create table idempotency_keys (
  workspace_id uuid not null references workspaces (workspace_id),
  key uuid not null,
  request_hash bytea not null,
  status int,
  body text,
  created_at timestamptz(3) not null,
  primary key (workspace_id, key)
);

-- Rows instead of sequences: a sequence's numbers become visible out of order, which loses changes.
create table counters (
  workspace_id uuid not null references workspaces (workspace_id),
  name text not null,
  value bigint not null,
  primary key (workspace_id, name)
);
