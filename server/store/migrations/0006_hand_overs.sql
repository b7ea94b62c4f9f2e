create table hand_overs (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  at timestamptz(3) not null,
  -- The contract's HandOver: a look-up reads one row and builds nothing.
  document json not null,
  -- What was agreed when it was made: an agreement that follows changes nothing about it.
  terms json not null,
  open boolean not null,
  owner_id uuid,
  -- How many steps of the escalation its present clock has gone through, and when the next one is due.
  escalated int not null,
  next_escalation_at timestamptz(3),
  -- Whether the lead's last step closed it, so that undoing the step opens it again.
  reopens boolean not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people (workspace_id, id),
  foreign key (workspace_id, owner_id) references users (workspace_id, id)
);
create index hand_overs_person on hand_overs (workspace_id, person_id, at desc, id desc);
create unique index hand_overs_open on hand_overs (workspace_id, person_id) where open;
create index hand_overs_owner on hand_overs (workspace_id, owner_id) where open;
create index hand_overs_due on hand_overs (workspace_id, next_escalation_at)
  where next_escalation_at is not null;

-- What was reported, whether it stopped a clock or not.
create table follow_ups (
  workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  at timestamptz(3) not null,
  seen text not null check (seen in ('mail', 'call', 'meeting', 'click')),
  by_user_id uuid not null,
  received_at timestamptz(3) not null,
  -- The hand-over it was for.
  hand_over_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people (workspace_id, id),
  foreign key (workspace_id, by_user_id) references users (workspace_id, id),
  foreign key (workspace_id, hand_over_id) references hand_overs (workspace_id, id)
);
