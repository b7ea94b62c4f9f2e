-- The owner the source named last: only a change there takes a lead from whom the hub gave it to since.
alter table people add column source_owner_id uuid;
update people set source_owner_id = owner_id;
