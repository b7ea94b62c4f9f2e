-- Two at a time while the key is being changed: entries are made under the next one before clients get it.
create table lead_keys (
  workspace_id uuid not null references workspaces (workspace_id),
  number smallint not null,
  id text not null,
  key bytea not null,
  state text not null check (state in ('current', 'next', 'retired')),
  -- Of the next one: up to which person entries are made.
  made_to uuid,
  primary key (workspace_id, number)
);
create unique index lead_keys_in_use on lead_keys (workspace_id, state) where state <> 'retired';
insert into lead_keys (workspace_id, number, id, key, state)
  select workspace_id, 1, lead_key_id, lead_key, 'current' from workspaces;
alter table workspaces drop column lead_key_id, drop column lead_key;

alter table lead_index
  add column key_number smallint not null default 1,
  drop constraint lead_index_pkey,
  add primary key (workspace_id, key_number, hash, person_id);
alter table lead_index alter column key_number drop default;

alter table hand_overs
  -- The number of its clock's state in the lead index, and when time alone changes it.
  add column index_clock smallint not null default 0,
  add column index_due_at timestamptz(3);
-- Those that are there already are looked at once.
update hand_overs set index_due_at = at;
create index hand_overs_index_due on hand_overs (workspace_id, index_due_at) where index_due_at is not null;
