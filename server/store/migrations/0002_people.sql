create table people (
  workspace_id uuid not null references workspaces (workspace_id),
  id uuid not null,
  name text not null,
  company text,
  title text,
  phone text,
  country text,
  language text,
  owner_id uuid,
  -- The latest stage event, copied here so that a look-up need not search for it.
  stage text not null,
  stage_event_id uuid not null,
  stage_since timestamptz(3) not null,
  source_status_system text,
  source_status_value text,
  -- The stage the source said last: only a change there moves a lead that people have moved since.
  source_stage text,
  do_not_contact_reason text,
  do_not_contact_since timestamptz(3),
  -- Of the row as it was sent; tells a repetition from a change.
  content_hash text,
  archived_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_id) references users (workspace_id, id)
);

create table person_emails (
  workspace_id uuid not null,
  -- Normalised, see utils/domain/email.ts.
  email text not null,
  without_tag text not null,
  person_id uuid not null,
  position int not null,
  -- As the source writes it.
  written text not null,
  primary key (workspace_id, email),
  foreign key (workspace_id, person_id) references people (workspace_id, id)
);
create index person_emails_without_tag on person_emails (workspace_id, without_tag);
create index person_emails_person on person_emails (workspace_id, person_id);

create table person_external_ids (
  workspace_id uuid not null,
  system text not null,
  type text not null,
  id text not null,
  person_id uuid not null,
  position int not null,
  primary key (workspace_id, system, type, id),
  foreign key (workspace_id, person_id) references people (workspace_id, id)
);
create index person_external_ids_person on person_external_ids (workspace_id, person_id);

create table consents (
  workspace_id uuid not null,
  person_id uuid not null,
  channel text not null,
  state text not null,
  basis text,
  source text not null,
  since timestamptz(3) not null,
  primary key (workspace_id, person_id, channel),
  foreign key (workspace_id, person_id) references people (workspace_id, id)
);

create table stage_events (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  from_stage text,
  to_stage text not null,
  at timestamptz(3) not null,
  by_kind text not null,
  by_id text,
  by_name text not null,
  reason text,
  agreement_version int not null,
  -- The feedback that moved the stage, when it was one.
  feedback_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people (workspace_id, id)
);
create index stage_events_person on stage_events (workspace_id, person_id, at);
create index stage_events_feedback on stage_events (workspace_id, feedback_id, at);

create table campaigns (
  workspace_id uuid not null references workspaces (workspace_id),
  id uuid not null,
  name text not null,
  kind text not null,
  starts_at timestamptz(3),
  ends_at timestamptz(3),
  primary key (workspace_id, id)
);

create table touchpoints (
  workspace_id uuid not null,
  source text not null,
  source_id text not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  channel text not null,
  direction text not null,
  campaign_id uuid,
  title text not null,
  highlight text,
  url text,
  occurred_at timestamptz(3) not null,
  machine boolean not null,
  primary key (workspace_id, source, source_id),
  foreign key (workspace_id, person_id) references people (workspace_id, id),
  foreign key (workspace_id, campaign_id) references campaigns (workspace_id, id)
);
-- Covers counting and choosing the latest; titles stay out, they may be longer than an index row (2.7 kB).
create index touchpoints_latest on touchpoints (workspace_id, person_id, occurred_at desc, id desc)
  include (campaign_id);
create index touchpoints_time on touchpoints using brin (occurred_at);

-- One row per hash and person: two people may share a hash (an address without its tag).
create table lead_index (
  workspace_id uuid not null,
  hash bytea not null,
  person_id uuid not null,
  -- False for the address without its tag, which leads to a person only when it is the only one.
  exact boolean not null,
  state smallint not null,
  seq bigint not null,
  deleted boolean not null,
  primary key (workspace_id, hash, person_id),
  foreign key (workspace_id, person_id) references people (workspace_id, id)
);
create unique index lead_index_seq on lead_index (workspace_id, seq);
create index lead_index_person on lead_index (workspace_id, person_id);
