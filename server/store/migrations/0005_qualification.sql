-- Why an event probably is a machine's.
alter table touchpoints add column machine_reason text;
update touchpoints set machine_reason = 'source' where machine;
-- Who opened or clicked at the same moment; partial, so that other events cost nothing.
create index touchpoints_mail_response on touchpoints (workspace_id, campaign_id, occurred_at)
  where kind in ('email.opened', 'email.clicked');

-- What a source delivers; null: perhaps anything.
alter table source_status add column kinds text[];

-- What reps learned in talks. Nothing is overwritten: of one subject the latest counts.
create table confirmations (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  subject text not null check (subject in ('budget', 'authority', 'need', 'timing')),
  -- Null: taken back.
  confirmed boolean,
  by_user_id uuid not null,
  client_time timestamptz(3) not null,
  -- The client's time, but never later than when it came in: a clock that is ahead must not win for ever.
  at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people (workspace_id, id),
  foreign key (workspace_id, by_user_id) references users (workspace_id, id)
);
create index confirmations_person on confirmations (workspace_id, person_id, subject, at desc, id desc);

-- What a look-up shows of a lead's qualification, one row per person.
create table qualifications (
  workspace_id uuid not null,
  person_id uuid not null,
  agreement_version int not null,
  evaluated_at timestamptz(3) not null,
  -- When time alone may change anything in the row; null: never.
  valid_until timestamptz(3),
  present json not null,
  next json,
  fit_score float8 not null,
  fit_parts json not null,
  fit_momentum text not null,
  -- From then on nobody should rely on it.
  fit_good_until timestamptz(3),
  -- Earlier scores of the last weeks, for momentum.
  fit_changes json not null,
  -- Base-2 logarithm of the points at a fixed moment: ranks do not change with time. Null: no points.
  engagement_level float8,
  engagement_half_life float8 not null,
  engagement_parts json not null,
  engagement_excluded json not null,
  engagement_momentum text not null,
  engagement_good_until timestamptz(3),
  primary key (workspace_id, person_id),
  foreign key (workspace_id, person_id) references people (workspace_id, id)
);
create index qualifications_valid_until on qualifications (workspace_id, valid_until);
create index qualifications_evaluated on qualifications (workspace_id, evaluated_at);
create index qualifications_fit on qualifications (workspace_id, fit_score desc nulls last);
create index qualifications_engagement on qualifications (workspace_id, engagement_level desc nulls last);

-- Whose qualification something has happened to since it was evaluated.
create table due_qualifications (
  workspace_id uuid not null,
  person_id uuid not null,
  since timestamptz(3) not null,
  primary key (workspace_id, person_id)
);
create index due_qualifications_since on due_qualifications (workspace_id, since);
-- Who is there already has never been evaluated.
insert into due_qualifications (workspace_id, person_id, since)
  select workspace_id, id, sourced_at from people where archived_at is null;

-- The lowest figures of tiers 1, 2 and 3.
create table tier_cutoffs (
  workspace_id uuid not null references workspaces (workspace_id),
  fit float8[] not null,
  engagement float8[] not null,
  population int not null,
  as_of timestamptz(3) not null,
  primary key (workspace_id)
);
