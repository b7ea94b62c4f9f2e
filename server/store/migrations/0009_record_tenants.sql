-- Which installation of a system a record lives in; '' where its source does not say.
alter table person_external_ids
  add column tenant text not null default '',
  drop constraint person_external_ids_pkey,
  add primary key (workspace_id, system, tenant, type, id);
