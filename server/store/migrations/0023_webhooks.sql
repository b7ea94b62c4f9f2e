-- Administrators who are at a system to sign the hub in there: named by the SHA-256 of the state they come back with.
create table source_sign_ins (
  workspace_id uuid not null,
  state_hash bytea not null,
  system text not null,
  user_id uuid not null,
  -- Of PKCE, encrypted.
  verifier text not null,
  expires_at timestamptz(3) not null,
  primary key (workspace_id, state_hash),
  foreign key (workspace_id, user_id) references users (workspace_id, id)
);
create index source_sign_ins_expiry on source_sign_ins (workspace_id, expires_at);

-- Until then somebody is getting another token: two at once would lose one that may be used only once.
alter table sources add column token_lease_until timestamptz(3);

-- Webhooks that were taken, by the SHA-256 of what makes each recognisable: a second delivery has no effect.
create table webhook_receipts (
  workspace_id uuid not null references workspaces (workspace_id),
  system text not null,
  key_hash bytea not null,
  received_at timestamptz(3) not null,
  primary key (workspace_id, system, key_hash)
);
create index webhook_receipts_age on webhook_receipts (workspace_id, received_at);
