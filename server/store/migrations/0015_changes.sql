-- What has changed, for the streams of open pages; numbered without gaps in the order of commits, kept for a day.
create table changes (
  workspace_id uuid not null references workspaces (workspace_id),
  seq bigint not null,
  at timestamptz(3) not null,
  kind text not null,
  -- Empty: any of this kind may have changed.
  ids uuid[] not null,
  primary key (workspace_id, seq)
);
create index changes_at on changes (workspace_id, at);
