-- The Monday whose weekly summary a channel was last given; null: none yet.
alter table channels add column digest_week date;
