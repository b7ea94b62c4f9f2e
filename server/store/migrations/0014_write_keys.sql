-- What programs send data with; kept as SHA-256 only.
create table write_keys (
  workspace_id uuid not null references workspaces (workspace_id),
  id uuid not null,
  key_hash bytea not null,
  name text not null,
  created_by uuid not null,
  created_at timestamptz(3) not null,
  -- To the hour.
  last_used_at timestamptz(3),
  primary key (workspace_id, id),
  unique (workspace_id, key_hash),
  foreign key (workspace_id, created_by) references users (workspace_id, id)
);

-- What somebody did before it was known who they are: kept for a while, and theirs once it is.
create table waiting_events (
  workspace_id uuid not null references workspaces (workspace_id),
  message_id text not null,
  -- The anonymous id (a:…) or the user id (u:…) they came with.
  visitor text not null,
  received_at timestamptz(3) not null,
  -- The touchpoint as it is stored once its person is known.
  touchpoint json not null,
  primary key (workspace_id, message_id)
);
create index waiting_events_visitor on waiting_events (workspace_id, visitor);
create index waiting_events_received on waiting_events (workspace_id, received_at);

-- How the person is named who an anonymous id turned out to be: by record or address.
create table known_visitors (
  workspace_id uuid not null references workspaces (workspace_id),
  visitor text not null,
  named json not null,
  at timestamptz(3) not null,
  primary key (workspace_id, visitor)
);
create index known_visitors_at on known_visitors (workspace_id, at);
