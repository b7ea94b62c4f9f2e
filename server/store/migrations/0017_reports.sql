-- Whom each campaign has touched: one row per campaign and person, written with the touchpoints.
create table person_campaigns (
  workspace_id uuid not null,
  person_id uuid not null,
  campaign_id uuid not null,
  -- Of the first touch, in UTC: in this month the person counts for the campaign, and in no other.
  month date not null,
  -- Whether the person did something themselves; what machines did is nothing.
  engaged boolean not null,
  primary key (workspace_id, person_id, campaign_id)
);
create index person_campaigns_month on person_campaigns (workspace_id, campaign_id, month);
insert into person_campaigns (workspace_id, person_id, campaign_id, month, engaged)
  select t.workspace_id, t.person_id, t.campaign_id,
    date_trunc('month', min(t.occurred_at) at time zone 'UTC')::date,
    bool_or(not t.machine and t.kind in ('email.opened', 'email.clicked', 'email.replied', 'form.submitted',
      'page.visited', 'asset.downloaded', 'event.registered', 'event.attended', 'ad.clicked', 'webinar.watched',
      'call', 'meeting', 'chat'))
  from touchpoints t
  join people p on p.workspace_id = t.workspace_id and p.id = t.person_id and p.archived_at is null
  where t.campaign_id is not null
  group by t.workspace_id, t.person_id, t.campaign_id;

-- The figures of the closed loop, see utils/contract/closed-loop.ts.
create table campaign_counters (
  workspace_id uuid not null,
  campaign_id uuid not null,
  month date not null,
  reached int not null,
  engaged int not null,
  mql int not null,
  accepted int not null,
  sql int not null,
  opportunity int not null,
  won int not null,
  returned int not null,
  sla_kept int not null,
  sla_broken int not null,
  praise int not null,
  primary key (workspace_id, campaign_id, month)
);

-- The same for each reason why leads were returned; '' where none was given.
create table campaign_returns (
  workspace_id uuid not null,
  campaign_id uuid not null,
  month date not null,
  reason text not null,
  returned int not null,
  primary key (workspace_id, campaign_id, month, reason)
);

-- Which counters a transaction made wrong. Rows are only ever added, so that no writer waits for another one.
create table report_changes (
  workspace_id uuid not null,
  id uuid not null,
  at timestamptz(3) not null,
  -- Of the same length: the n-th campaign's counters of the n-th month.
  campaign_ids uuid[] not null,
  months date[] not null,
  primary key (workspace_id, id)
);

-- The counters that are to be made anew. Who makes them holds the row, so that nobody else does at the same time.
create table due_counters (
  workspace_id uuid not null,
  campaign_id uuid not null,
  month date not null,
  since timestamptz(3) not null,
  primary key (workspace_id, campaign_id, month)
);
insert into due_counters (workspace_id, campaign_id, month, since)
  select distinct c.workspace_id, c.campaign_id, c.month, timestamptz '2000-01-01' from person_campaigns c
  union
  select distinct f.workspace_id, f.campaign_id, date_trunc('month', f.at at time zone 'UTC')::date,
    timestamptz '2000-01-01'
  from feedback f where f.about_kind = 'campaign';

create index feedback_campaign on feedback (workspace_id, campaign_id, at) where campaign_id is not null;

-- Whether sales kept the promise; null: withdrawn, or not decided yet.
alter table hand_overs add column kept boolean;
create index hand_overs_kept on hand_overs (workspace_id, person_id, kept) where kept is not null;
-- Those that are there already are looked at once.
update hand_overs set index_due_at = at;

-- When everything is made anew from the touchpoints the next time, and how far that has come.
create table report_repairs (
  workspace_id uuid not null references workspaces (workspace_id),
  next_at timestamptz(3) not null,
  -- The last one done: first all people, then all campaigns.
  last_person_id uuid,
  last_campaign_id uuid,
  -- How much was wrong so far.
  wrong int not null,
  primary key (workspace_id)
);

-- Looking for person and campaign of every touchpoint took a third of the time it takes to store one. Both are there:
-- `storeTouchpoints` holds the person's row, and has stored the campaign in the same transaction.
alter table touchpoints
  drop constraint touchpoints_workspace_id_person_id_fkey,
  drop constraint touchpoints_workspace_id_campaign_id_fkey;
