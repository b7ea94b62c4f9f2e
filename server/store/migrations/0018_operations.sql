-- Who did what that others may ask about later, and who looked whom up: one row per user, person and day.
create table audit_events (
  workspace_id uuid not null references workspaces (workspace_id),
  id uuid not null,
  at timestamptz(3) not null,
  action text not null,
  -- Null: the hub itself.
  by_user_id uuid,
  -- The person, user or thing it was done to.
  subject_id uuid,
  details json,
  primary key (workspace_id, id)
);
create index audit_events_time on audit_events (workspace_id, at desc, id desc);
create index audit_events_subject on audit_events (workspace_id, subject_id, at desc) where subject_id is not null;

-- What stands in the place of somebody who was erased, so that figures stay what they were.
alter table people add column erased boolean not null default false;
create index people_archived on people (workspace_id, archived_at) where archived_at is not null and not erased;

-- Whom no source may bring back: keyed hashes of ids, addresses and records.
create table erasures (
  workspace_id uuid not null references workspaces (workspace_id),
  hash bytea not null,
  -- The same for everything that led to one person.
  erasure_id uuid not null,
  at timestamptz(3) not null,
  primary key (workspace_id, hash)
);
create index erasures_erasure on erasures (workspace_id, erasure_id);

-- What those hashes are made with. Never given to clients, and never changed: the old hashes would match nobody.
create table erasure_keys (
  workspace_id uuid not null references workspaces (workspace_id),
  key bytea not null,
  primary key (workspace_id)
);
