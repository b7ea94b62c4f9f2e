-- Every version, so that it stays known who changed what every browser of the team reads by.
create table selector_packs (
  workspace_id uuid not null references workspaces (workspace_id),
  site text not null,
  version int not null,
  -- Null: the pack was removed.
  selectors json,
  by_user_id uuid not null,
  at timestamptz(3) not null,
  primary key (workspace_id, site, version),
  foreign key (workspace_id, by_user_id) references users (workspace_id, id)
);
