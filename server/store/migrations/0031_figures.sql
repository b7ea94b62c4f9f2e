-- What each hand-over counts as in the figures of the agreement, see docs/figures.md. Made anew for a person after
-- anything about them has changed; who was erased keeps theirs.
create table hand_over_facts (
  workspace_id uuid not null references workspaces (workspace_id),
  hand_over_id uuid not null,
  person_id uuid not null,
  -- In which it was made, in UTC.
  month date not null,
  owner_id uuid,
  rule text not null,
  -- Of the person; '' where nobody knows.
  country text not null,
  -- The names of everything it counts as.
  counts text[] not null,
  won boolean not null,
  primary key (workspace_id, hand_over_id)
);
create index hand_over_facts_month on hand_over_facts (workspace_id, month);
create index hand_over_facts_person on hand_over_facts (workspace_id, person_id);
create index hand_over_facts_won on hand_over_facts (workspace_id, month) where won;

-- How many of them count as what, by everything they can be chosen by.
create table figure_counts (
  workspace_id uuid not null references workspaces (workspace_id),
  month date not null,
  -- The user's id; '' where there is none.
  owner text not null,
  rule text not null,
  country text not null,
  name text not null,
  n int not null,
  primary key (workspace_id, month, owner, rule, country, name)
);

-- Who has become a customer, by the first move there that stands.
create table wins (
  workspace_id uuid not null references workspaces (workspace_id),
  person_id uuid not null,
  at timestamptz(3) not null,
  month date not null,
  primary key (workspace_id, person_id)
);
create index wins_month on wins (workspace_id, month);

-- What each campaign has of a win, in millionths and by every model.
create table win_credits (
  workspace_id uuid not null references workspaces (workspace_id),
  person_id uuid not null,
  campaign_id uuid not null,
  month date not null,
  first_touch int not null,
  last_touch int not null,
  linear int not null,
  u_shaped int not null,
  w_shaped int not null,
  full_path int not null,
  time_decay int not null,
  primary key (workspace_id, person_id, campaign_id)
);
create index win_credits_month on win_credits (workspace_id, month);

-- Whose facts and wins are to be made anew.
create table due_figure_people (
  workspace_id uuid not null references workspaces (workspace_id),
  person_id uuid not null,
  since timestamptz(3) not null,
  primary key (workspace_id, person_id)
);
create index due_figure_people_since on due_figure_people (workspace_id, since);

-- The months that are to be counted anew from the facts.
create table due_figure_months (
  workspace_id uuid not null references workspaces (workspace_id),
  month date not null,
  since timestamptz(3) not null,
  primary key (workspace_id, month)
);

alter table report_changes
  add column person_ids uuid[] not null default '{}',
  add column figure_months date[] not null default '{}';

-- After people and campaigns: the last month done, null before.
alter table report_repairs add column last_month date;

insert into due_figure_people (workspace_id, person_id, since)
  select h.workspace_id, h.person_id, timestamptz '2000-01-01' from hand_overs h
  union
  select v.workspace_id, v.person_id, timestamptz '2000-01-01' from stage_events v where v.to_stage = 'customer';

-- What marketing has promised to answer, by when it came.
create index feedback_promised on feedback (workspace_id, at)
  include (answered_at, answer_due_at, by_user_id, filed_under, person_id)
  where answer_due_at is not null and state <> 'withdrawn';
