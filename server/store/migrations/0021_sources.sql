-- The systems that knowledge is brought in from. `secrets`, `token` and `webhook_secret` are encrypted, see
-- server/secrets.ts.
create table sources (
  workspace_id uuid not null references workspaces (workspace_id),
  -- The connector's id.
  system text not null,
  -- As they were entered, without the secret ones.
  settings json not null,
  secrets text,
  -- Of the sign-in by OAuth; null: there is none.
  token text,
  webhook_secret text,
  -- Webhooks whose signature was wrong.
  refused int not null default 0,
  enabled boolean not null,
  created_at timestamptz(3) not null,
  -- When there is something to do again.
  due_at timestamptz(3) not null,
  -- When what has changed is to be asked for again.
  next_round_at timestamptz(3) not null,
  -- Whose turn it is, and until when; each turn has an id of its own.
  lease uuid,
  lease_until timestamptz(3),
  -- Turns in a row that a failure of the whole system has ended.
  failures int not null default 0,
  failure text,
  failure_detail text,
  failed_at timestamptz(3),
  last_success_at timestamptz(3),
  primary key (workspace_id, system)
);
create index sources_due on sources (workspace_id, due_at) where enabled;

-- How far each pull is: `history` brings in what there was, `recent` what has changed since.
create table source_pulls (
  workspace_id uuid not null,
  system text not null,
  pull text not null,
  lane text not null check (lane in ('history', 'recent')),
  -- Null: all there is.
  since timestamptz(3),
  -- What the last stored page said; null before the first one.
  cursor json,
  began_at timestamptz(3) not null,
  -- Null while it is under way.
  finished_at timestamptz(3),
  items int not null default 0,
  total int,
  skipped int not null default 0,
  last_problem text,
  -- What keeps this pull, and not the others, from going on.
  failure text,
  failure_detail text,
  retry_at timestamptz(3),
  primary key (workspace_id, system, pull, lane),
  foreign key (workspace_id, system) references sources (workspace_id, system)
);

-- The beginning of the last whole pull that named it: what none names any more is cancelled.
alter table planned_touches add column seen_at timestamptz(3);

-- In the words of whoever wrote it, or in both languages.
alter table source_status alter column problem type json using to_json(problem);
