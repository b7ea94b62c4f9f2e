create table imports (
  workspace_id uuid not null references workspaces (workspace_id),
  id uuid not null,
  kind text not null check (kind in ('people', 'touchpoints', 'campaigns')),
  file_name text not null,
  size bigint not null,
  fingerprint text,
  by_user_id uuid not null,
  at timestamptz(3) not null,
  state text not null
    check (state in ('uploading', 'reading', 'ready', 'checking', 'checked', 'storing', 'done', 'failed')),
  failure json,
  read_as json,
  columns json,
  preview json,
  mapping json,
  -- Where the reading stands: the next part, and what of the parts before is no whole row yet.
  reading json,
  -- Of the rows as they were read: how many pieces there are, and the next one to check or to store.
  chunks int not null default 0,
  next_chunk int not null default 0,
  rows int not null default 0,
  done int not null default 0,
  added int not null default 0,
  updated int not null default 0,
  unchanged int not null default 0,
  bad int not null default 0,
  -- When a job should go on; null: nothing to do.
  due_at timestamptz(3),
  -- How often in a row it has failed.
  attempts int not null default 0,
  primary key (workspace_id, id),
  foreign key (workspace_id, by_user_id) references users (workspace_id, id)
);
create index imports_due on imports (workspace_id, due_at) where due_at is not null;
create index imports_time on imports (workspace_id, at desc);

-- The file as it came; gone once its rows are stored.
create table import_parts (
  workspace_id uuid not null,
  import_id uuid not null,
  n int not null,
  bytes bytea not null,
  primary key (workspace_id, import_id, n),
  foreign key (workspace_id, import_id) references imports (workspace_id, id)
);

-- The file as rows; gone with its parts.
create table import_chunks (
  workspace_id uuid not null,
  import_id uuid not null,
  n int not null,
  rows json not null,
  primary key (workspace_id, import_id, n),
  foreign key (workspace_id, import_id) references imports (workspace_id, id)
);

-- Whom or what a row of this run is about, as a hash: who comes a second time is told.
create table import_keys (
  workspace_id uuid not null,
  import_id uuid not null,
  key bytea not null,
  row int not null,
  primary key (workspace_id, import_id, key),
  foreign key (workspace_id, import_id) references imports (workspace_id, id)
);

create table import_problems (
  workspace_id uuid not null,
  import_id uuid not null,
  row int not null,
  -- A row may be wrong in several places.
  n int not null,
  col text,
  reason text not null,
  other_row int,
  detail text,
  primary key (workspace_id, import_id, row, n),
  foreign key (workspace_id, import_id) references imports (workspace_id, id)
);

-- What somebody said last about files with the same columns.
create table import_mappings (
  workspace_id uuid not null references workspaces (workspace_id),
  kind text not null,
  -- Of the columns' names.
  signature text not null,
  mapping json not null,
  primary key (workspace_id, kind, signature)
);
