-- What marketing aims at with a campaign, and what it costs.
alter table campaigns
  add column goal text,
  add column cost numeric(14, 2),
  add column cost_currency text,
  add check ((cost is null) = (cost_currency is null));

-- How often each campaign touched somebody, by week and kind: a campaign's page reads a few hundred rows of it, however
-- many millions of touchpoints there are.
create table campaign_touches (
  workspace_id uuid not null,
  campaign_id uuid not null,
  -- Its Monday, in UTC.
  week date not null,
  kind text not null,
  touches int not null,
  -- How many of them probably were a machine's.
  machine int not null,
  primary key (workspace_id, campaign_id, week, kind)
);
insert into campaign_touches (workspace_id, campaign_id, week, kind, touches, machine)
  select t.workspace_id, t.campaign_id, date_trunc('week', t.occurred_at at time zone 'UTC')::date, t.kind,
    count(*), count(*) filter (where t.machine)
  from touchpoints t
  where t.campaign_id is not null
  group by 1, 2, 3, 4;

-- What transactions added to these counts or took from them. Rows are only ever added, so that no writer waits for
-- another one; a job adds them up.
create table touch_changes (
  workspace_id uuid not null,
  id uuid not null,
  at timestamptz(3) not null,
  -- All of the same length.
  campaign_ids uuid[] not null,
  weeks date[] not null,
  kinds text[] not null,
  touches int[] not null,
  machine int[] not null,
  primary key (workspace_id, id)
);

-- What is due by campaign, what was said of it, and somebody's follow-ups in their order.
create index planned_touches_campaign on planned_touches (workspace_id, campaign_id, at)
  where campaign_id is not null and not cancelled;
create index feedback_planned_touch on feedback (workspace_id, planned_touch_id)
  where planned_touch_id is not null;
create index follow_ups_person on follow_ups (workspace_id, person_id, at desc, id desc);

-- What marketing asks sales about before it goes out.
create table plans (
  workspace_id uuid not null references workspaces (workspace_id),
  id uuid not null,
  -- Null: of no campaign that is there yet.
  campaign_id uuid,
  title text not null,
  -- What goes out, and to whom.
  details text not null,
  question text,
  goes_out_at timestamptz(3) not null,
  opinions_until timestamptz(3) not null,
  by_user_id uuid not null,
  at timestamptz(3) not null,
  -- Of what was sent: a repetition is told from another plan.
  content_hash text not null,
  decision text check (decision in ('goes-out', 'changed', 'dropped')),
  decision_text text,
  decided_by uuid,
  decided_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, campaign_id) references campaigns (workspace_id, id),
  foreign key (workspace_id, by_user_id) references users (workspace_id, id),
  foreign key (workspace_id, decided_by) references users (workspace_id, id)
);
create index plans_time on plans (workspace_id, at desc, id desc);
create index plans_campaign on plans (workspace_id, campaign_id) where campaign_id is not null;

-- What somebody of sales says of a plan; who says something else changes their row.
create table plan_opinions (
  workspace_id uuid not null,
  plan_id uuid not null,
  by_user_id uuid not null,
  opinion text not null check (opinion in ('good', 'doubts', 'please-not')),
  comment text,
  at timestamptz(3) not null,
  primary key (workspace_id, plan_id, by_user_id),
  foreign key (workspace_id, plan_id) references plans (workspace_id, id),
  foreign key (workspace_id, by_user_id) references users (workspace_id, id)
);

-- Words of names, companies and addresses by which people are found, see server/people/person-words.ts. A text index
-- would be simpler, but under row-level security PostgreSQL uses an index only with operators that cannot leak what they
-- see of other rows, and `@@` is none of them; those that compare plain text are.
create table person_words (
  workspace_id uuid not null,
  word text collate "C" not null,
  person_id uuid not null,
  primary key (workspace_id, word, person_id),
  foreign key (workspace_id, person_id) references people (workspace_id, id)
);
create index person_words_person on person_words (workspace_id, person_id);
insert into person_words (workspace_id, word, person_id)
  select distinct n.workspace_id, left(w.word, 64), n.id
  from (
    select p.workspace_id, p.id, p.name || ' ' || coalesce(p.company, '') as names
    from people p where p.archived_at is null
    union all
    select e.workspace_id, e.person_id, regexp_replace(e.email, '\.[^.]*$', '')
    from person_emails e
    join people x on x.workspace_id = e.workspace_id and x.id = e.person_id and x.archived_at is null
  ) n
  cross join lateral unnest(string_to_array(lower(translate(replace(n.names, 'ß', 'ss'),
    'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöøùúûüýÿ.,/@&+:()''"_|#-',
    'AAAAAACEEEEIIIINOOOOOOUUUUYaaaaaaceeeeiiiinoooooouuuuyy               ')), ' ')) w (word)
  where w.word <> '';
