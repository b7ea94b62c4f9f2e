-- Every version of the agreement with its fate: a change is a proposal until the other team has signed it.
alter table users add column team text not null default 'sales' check (team in ('marketing', 'sales'));
update users set team = 'marketing' where role = 'marketer';
alter table users alter column team drop default;

alter table agreements
  add column state text not null default 'in-force'
    check (state in ('proposal', 'in-force', 'superseded', 'rejected')),
  add column based_on int,
  -- Null: the hub shipped with it.
  add column proposed_by uuid,
  add column proposed_at timestamptz(3),
  add column comment text,
  add column rejected_by uuid,
  add column rejected_at timestamptz(3),
  add column rejected_comment text,
  add column in_force_since timestamptz(3),
  add column in_force_until timestamptz(3),
  -- Of the document, copied here so that a look-up need not parse it.
  add column valid_until timestamptz(3),
  add foreign key (workspace_id, proposed_by) references users (workspace_id, id),
  add foreign key (workspace_id, rejected_by) references users (workspace_id, id);
update agreements set
  proposed_at = (document ->> 'inForceSince')::timestamptz,
  in_force_since = (document ->> 'inForceSince')::timestamptz;
alter table agreements alter column state drop default;
alter table agreements alter column proposed_at set not null;
create unique index agreements_in_force on agreements (workspace_id) where state = 'in-force';

create table agreement_signatures (
  workspace_id uuid not null,
  version int not null,
  team text not null check (team in ('marketing', 'sales')),
  by_user_id uuid not null,
  at timestamptz(3) not null,
  primary key (workspace_id, version, team),
  foreign key (workspace_id, version) references agreements (workspace_id, version),
  foreign key (workspace_id, by_user_id) references users (workspace_id, id)
);

-- What a source's own status stands for.
create table status_mappings (
  workspace_id uuid not null references workspaces (workspace_id),
  system text not null,
  value text not null,
  stage text not null,
  primary key (workspace_id, system, value)
);

alter table people
  -- What sources know besides: fields by name.
  add column attributes json,
  -- Where the fields come from, and when it knew them.
  add column source text,
  add column sourced_at timestamptz(3);
-- The last moment at which a source surely spoke of them.
update people set sourced_at = stage_since;
alter table people alter column sourced_at set not null;

alter table stage_events
  add column kind text not null default 'move' check (kind in ('move', 'undo', 'correction')),
  -- The event that this one takes back or mends.
  add column refers_to uuid,
  -- When a person clicked, by their clock: tells whether an undo comes in time.
  add column client_time timestamptz(3),
  -- The criteria as they were evaluated, when they are why.
  add column evidence json;

-- What marketing suggests to say.
alter table campaigns add column talking_points text;

create table planned_touches (
  workspace_id uuid not null,
  source text not null,
  source_id text not null,
  id uuid not null,
  person_id uuid not null,
  campaign_id uuid,
  title text not null,
  channel text not null,
  at timestamptz(3) not null,
  editable_until timestamptz(3) not null,
  cancelled boolean not null,
  primary key (workspace_id, source, source_id),
  unique (workspace_id, id),
  foreign key (workspace_id, person_id) references people (workspace_id, id),
  foreign key (workspace_id, campaign_id) references campaigns (workspace_id, id)
);
create index planned_touches_person on planned_touches (workspace_id, person_id, at);

create table offers (
  workspace_id uuid not null references workspaces (workspace_id),
  id uuid not null,
  title text not null,
  details text,
  url text,
  valid_from timestamptz(3) not null,
  valid_to timestamptz(3) not null,
  -- Null: everywhere.
  countries text[],
  -- Null: whatever campaigns somebody was in.
  campaign_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, campaign_id) references campaigns (workspace_id, id)
);
create index offers_valid on offers (workspace_id, valid_to);

alter table feedback
  drop constraint feedback_about_kind_check,
  add constraint feedback_about_kind_check check (about_kind in ('lead', 'campaign', 'planned-touch')),
  add column planned_touch_id uuid,
  -- The version whose reasons it may name.
  add column agreement_version int not null default 1,
  add foreign key (workspace_id, planned_touch_id) references planned_touches (workspace_id, id);
alter table feedback alter column agreement_version drop default;
