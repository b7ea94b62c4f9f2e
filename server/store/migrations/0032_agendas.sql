-- What both teams talk about when they meet: one for a month. It names feedback, hand-overs and campaigns by their ids
-- only, so that whoever is erased is gone from here as well.
create table agendas (
  workspace_id uuid not null references workspaces (workspace_id),
  id uuid not null,
  -- Of UTC, as in 2026-11.
  month text not null,
  -- Counts the changes: who changes it says which one they have seen.
  version int not null,
  -- The contract's AgendaItem, in their order.
  items json not null,
  created_by uuid not null,
  created_at timestamptz(3) not null,
  changed_by uuid not null,
  changed_at timestamptz(3) not null,
  primary key (workspace_id, id),
  unique (workspace_id, month),
  foreign key (workspace_id, created_by) references users (workspace_id, id),
  foreign key (workspace_id, changed_by) references users (workspace_id, id)
);

-- So many days before its end others were last told that it has to be renewed; null: not yet.
alter table agreements add column reminded_days int;
