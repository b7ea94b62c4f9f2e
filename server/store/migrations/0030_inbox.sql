-- What marketing promised for each piece of feedback when it came in: an agreement that follows changes nothing about it.
-- The contract's Clock; null where no answer is promised, or where it came in before answers were clocked.
alter table feedback add column answer json;
alter table feedback add column answer_due_at timestamptz(3);
-- When marketing first said something to it.
alter table feedback add column answered_at timestamptz(3);
-- Who has to say something next.
alter table feedback add column waits_for text check (waits_for in ('marketing', 'sales'));
-- The campaign it is about, or for a lead the one that had touched them last: under that marketing looks for it.
alter table feedback add column filed_under uuid;
alter table feedback add foreign key (workspace_id, filed_under) references campaigns (workspace_id, id);
alter table feedback_replies add column kind text not null default 'answer'
  check (kind in ('answer', 'question', 'acted'));

update feedback f set waits_for = 'marketing'
  where f.state in ('new', 'seen') and (f.verdict not in ('accepted', 'praise') or f.comment is not null);
update feedback f set answered_at = (
    select min(r.at) from feedback_replies r
    join users u on u.workspace_id = f.workspace_id and u.id = r.by_user_id
    where r.workspace_id = f.workspace_id and r.feedback_id = f.id and u.role <> 'rep')
  where f.state in ('answered', 'acted');
update feedback f set filed_under = case f.about_kind
    when 'campaign' then f.campaign_id
    when 'planned-touch' then (
      select t.campaign_id from planned_touches t
      where t.workspace_id = f.workspace_id and t.id = f.planned_touch_id)
    else (
      select t.campaign_id from touchpoints t
      where t.workspace_id = f.workspace_id and t.person_id = f.person_id and t.campaign_id is not null
        and not t.machine and t.occurred_at <= f.at
      order by t.occurred_at desc, t.id desc limit 1) end;

create index feedback_waiting on feedback (workspace_id, waits_for, at desc, id desc) where waits_for is not null;
create index feedback_filed on feedback (workspace_id, filed_under, at desc, id desc) where state <> 'withdrawn';
create index feedback_praise on feedback (workspace_id, at desc, id desc)
  where verdict = 'praise' and state <> 'withdrawn';
