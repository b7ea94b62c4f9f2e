-- How well whom was won fits the profile: read off their qualification, a wide row each, a report of many wins took
-- seconds. Null: nobody knows.
alter table hand_over_facts add column fit_score float8;
update hand_over_facts f set fit_score = q.fit_score
  from qualifications q
  where q.workspace_id = f.workspace_id and q.person_id = f.person_id and f.won;
drop index hand_over_facts_won;
create index hand_over_facts_won on hand_over_facts (workspace_id, month)
  include (fit_score, person_id, owner_id, country, rule) where won;

-- Those that are due since the same moment, as after an upgrade or an import, are many: they are taken in order, not
-- sorted anew for every hundred.
create index due_figure_people_order on due_figure_people (workspace_id, since, person_id);
drop index due_figure_people_since;
