-- Where the hub tells other systems what happened. `target` and the secrets are encrypted, see server/secrets.ts.
create table channels (
  workspace_id uuid not null references workspaces (workspace_id),
  id uuid not null,
  kind text not null check (kind in ('webhook', 'slack', 'teams')),
  name text not null,
  -- Of the target, to recognise it by: the rest of it may be a secret.
  host text not null,
  target text not null,
  -- What a webhook is signed with; null for chats.
  secret text,
  previous_secret text,
  previous_secret_until timestamptz(3),
  events text[] not null,
  language text not null,
  include_personal_data boolean not null,
  enabled boolean not null,
  created_at timestamptz(3) not null,
  -- Attempts that failed since the last one that did not.
  failures int not null default 0,
  last_attempt_at timestamptz(3),
  last_outcome text,
  last_http_status int,
  primary key (workspace_id, id)
);

-- One event for one channel. Only ids: what is said about them is read when it is sent.
create table deliveries (
  workspace_id uuid not null,
  -- The receiver knows it as webhook-id.
  id uuid not null,
  channel_id uuid not null,
  kind text not null,
  subject json not null,
  happened_at timestamptz(3) not null,
  state text not null check (state in ('waiting', 'delivered', 'dead')),
  -- Counted before sending.
  attempts int not null,
  -- While it waits: when it may be tried, which for one under way is when whoever is at it must have finished.
  due_at timestamptz(3) not null,
  outcome text,
  http_status int,
  changed_at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, channel_id) references channels (workspace_id, id)
);
create index deliveries_due on deliveries (workspace_id, due_at) where state = 'waiting';
create index deliveries_state on deliveries (workspace_id, state, happened_at desc, id desc);
create index deliveries_channel on deliveries (workspace_id, channel_id);

alter table users
  add column digest boolean not null default true,
  -- Null: nobody has said so yet.
  add column language text;

-- The weekly mail: one row per user and week, whether there was anything to say or not.
create table digests (
  workspace_id uuid not null,
  user_id uuid not null,
  -- The Monday it belongs to.
  week date not null,
  attempts int not null,
  -- Until then somebody is at it.
  leased_until timestamptz(3) not null,
  -- Null: not yet done.
  done_at timestamptz(3),
  primary key (workspace_id, user_id, week),
  foreign key (workspace_id, user_id) references users (workspace_id, id)
);
