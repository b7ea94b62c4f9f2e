create table feedback (
  workspace_id uuid not null,
  id uuid not null,
  about_kind text not null check (about_kind in ('lead', 'campaign')),
  person_id uuid,
  campaign_id uuid,
  verdict text not null,
  reasons text[] not null,
  comment text,
  by_user_id uuid not null,
  client_time timestamptz(3) not null,
  at timestamptz(3) not null,
  state text not null check (state in ('new', 'seen', 'answered', 'acted', 'withdrawn')),
  -- Of what was first sent: a repetition is told from another feedback even after it was refined.
  content_hash text not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people (workspace_id, id),
  foreign key (workspace_id, campaign_id) references campaigns (workspace_id, id),
  foreign key (workspace_id, by_user_id) references users (workspace_id, id)
);
create index feedback_time on feedback (workspace_id, at desc, id desc);
create index feedback_state on feedback (workspace_id, state, at desc, id desc);
create index feedback_person on feedback (workspace_id, person_id, at desc, id desc);

create table feedback_replies (
  workspace_id uuid not null,
  id uuid not null,
  feedback_id uuid not null,
  by_user_id uuid not null,
  text text not null,
  at timestamptz(3) not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, feedback_id) references feedback (workspace_id, id),
  foreign key (workspace_id, by_user_id) references users (workspace_id, id)
);
create index feedback_replies_feedback on feedback_replies (workspace_id, feedback_id, at);

alter table stage_events
  add foreign key (workspace_id, feedback_id) references feedback (workspace_id, id);
