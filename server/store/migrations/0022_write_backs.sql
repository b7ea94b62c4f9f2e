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
