-- What marketing has said lately: every browser that shows notifications asks every few minutes.
create index feedback_replies_time on feedback_replies (workspace_id, at desc);
