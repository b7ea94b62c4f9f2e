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

-- What somebody did before a site knew who they are: kept for a while, and theirs once it does.
create table anonymous_events (
  workspace_id uuid not null references workspaces (workspace_id),
  message_id text not null,
  anonymous_id text not null,
  received_at timestamptz(3) not null,
  -- The touchpoint as it is stored once its person is known.
  touchpoint json not null,
  primary key (workspace_id, message_id)
);
create index anonymous_events_anonymous on anonymous_events (workspace_id, anonymous_id, received_at);
create index anonymous_events_received on anonymous_events (workspace_id, received_at);

-- Whose an anonymous id turned out to be.
create table anonymous_people (
  workspace_id uuid not null,
  anonymous_id text not null,
  person_id uuid not null,
  at timestamptz(3) not null,
  primary key (workspace_id, anonymous_id),
  foreign key (workspace_id, person_id) references people (workspace_id, id)
);
create index anonymous_people_person on anonymous_people (workspace_id, person_id);
