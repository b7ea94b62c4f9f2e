-- Ids by which sources know somebody besides the person's own; what each of them said last.
create table person_aliases (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  content_hash text,
  source_stage text,
  since timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people (workspace_id, id)
);
create index person_aliases_person on person_aliases (workspace_id, person_id);

-- The id of the row that named it, the person's own or an alias: a source takes back only what it said itself.
alter table person_emails add column named_by uuid;
update person_emails set named_by = person_id;
alter table person_emails alter column named_by set not null;
alter table person_external_ids add column named_by uuid;
update person_external_ids set named_by = person_id;
alter table person_external_ids alter column named_by set not null;

create table person_merges (
  workspace_id uuid not null references workspaces (workspace_id),
  id uuid not null,
  kept_id uuid not null,
  other_id uuid not null,
  -- Of the merges of the kept person: they are undone newest first.
  nth int not null,
  at timestamptz(3) not null,
  by_kind text not null check (by_kind in ('person', 'system')),
  by_id text,
  by_name text not null,
  -- What was changed rather than moved, before and after.
  changes json not null,
  undone_at timestamptz(3),
  undone_by uuid,
  primary key (workspace_id, id)
);
create unique index person_merges_active on person_merges (workspace_id, other_id) where undone_at is null;
create index person_merges_kept on person_merges (workspace_id, kept_id);

-- What belongs to the merged person: rows that were moved, and those that came later and named them.
create table person_merge_moves (
  workspace_id uuid not null,
  merge_id uuid not null,
  table_name text not null,
  -- The row's key without the workspace, as a JSON array.
  row_key text not null,
  primary key (workspace_id, merge_id, table_name, row_key),
  foreign key (workspace_id, merge_id) references person_merges (workspace_id, id)
);
create index person_merge_moves_row on person_merge_moves (workspace_id, table_name, row_key);
