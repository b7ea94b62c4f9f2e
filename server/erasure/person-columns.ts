import type { Column, Table } from '../store/catalogue.ts';

/** Tables whose rows' own ids are people's. */
const OF_PEOPLE: readonly string[] = ['people', 'person_aliases'];

/** Names of columns that hold ids of something else, without a foreign key that would say so. */
const OF_OTHERS: readonly string[] = [
  'id',
  'workspace_id',
  'by_user_id',
  'local_user_id',
  'source_owner_id',
  'undone_by',
  'campaign_id',
  'campaign_ids',
  'last_campaign_id',
  'stage_event_id',
  'refers_to',
  'erasure_id',
  'session_id',
  // Chosen by clients; see removeTexts.
  'key',
  // How far a job has come; see leavePlaces.
  'made_to',
  'last_person_id',
  'next_id',
  // Who is at something just now.
  'lease',
];

/**
 * The columns of a table that hold people's ids, alone or in lists. Ids come from outside, so that a campaign may have
 * the same one as a person. A new column counts, until it stands among the others or refers to something else.
 */
export function personColumns(table: Table): Column[] {
  return table.columns.filter(
    ({ name, type }) =>
      ['uuid', 'uuid[]'].includes(type) &&
      ((name === 'id' && OF_PEOPLE.includes(table.name)) || !OF_OTHERS.includes(name)) &&
      table.references.every((one) => one.column !== name || one.table === 'people'),
  );
}

/** Whether a table's rows have ids of their own, of something else than people. */
export const hasOwnId = (table: Table): boolean =>
  !OF_PEOPLE.includes(table.name) && table.columns.some(({ name, type }) => name === 'id' && type === 'uuid');
