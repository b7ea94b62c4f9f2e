-- Statuses whose mapping was changed: whoever has one of them may have to move.
create table due_statuses (
  workspace_id uuid not null references workspaces (workspace_id),
  system text not null,
  value text not null,
  -- Everybody before this id was looked at; nobody's own id, which an erasure would have to find here.
  next_id uuid,
  -- Null: at once.
  due_at timestamptz(3),
  primary key (workspace_id, system, value)
);
-- By a hash, because a status may be longer than a row of an index.
create index people_status on people (workspace_id, source_status_system, md5(source_status_value), id)
  where source_status_system is not null and archived_at is null;

alter table sources add column write_feedback boolean not null default true;

-- What sales said of a lead, on its way into the systems the lead comes from: of each feedback the latest state, once
-- for each system. It stays when the source is removed, so that what is written there is not written again.
create table write_backs (
  workspace_id uuid not null,
  feedback_id uuid not null,
  system text not null,
  person_id uuid not null,
  state text not null check (state in ('waiting', 'written', 'dead')),
  -- Counts the changes of the feedback: who has written an earlier one is not done.
  revision int not null,
  -- Counted before writing.
  attempts int not null,
  -- Whether the system may know of it: then it has to be told as well when the feedback is taken back.
  tried boolean not null,
  due_at timestamptz(3) not null,
  -- Whose turn it is, and until when; each turn has an id of its own.
  lease uuid,
  lease_until timestamptz(3),
  -- What the system calls it.
  remote_id text,
  written_at timestamptz(3),
  -- Of the last attempt, in both languages.
  problem json,
  primary key (workspace_id, feedback_id, system),
  foreign key (workspace_id, feedback_id) references feedback (workspace_id, id),
  foreign key (workspace_id, person_id) references people (workspace_id, id)
);
create index write_backs_due on write_backs (workspace_id, due_at) where state = 'waiting';
create index write_backs_person on write_backs (workspace_id, person_id);
