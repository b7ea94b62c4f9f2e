import { type RawBuilder, sql } from 'kysely';
import type { PersonExport } from '../../utils/contract/erasure.ts';
import { readWholePerson } from '../merging/whole-person.ts';
import { hasColumn, readTables, type Table } from '../store/catalogue.ts';
import type { Database } from '../store/database.ts';
import { personColumns } from './person-columns.ts';

/**
 * Everything the hub holds of a person, and of everybody they were merged with: of every table the rows that name one of
 * their ids, and the rows that belong to those, such as replies to feedback. Tables are taken from the database, so that
 * a new one is in it by itself.
 *
 * @returns null when there is nobody with this id.
 */
export async function exportPerson(
  db: Database,
  workspaceId: string,
  personId: string,
  now: Date,
): Promise<PersonExport | null> {
  const { keptId, ids } = await readWholePerson(db, workspaceId, personId);
  const tables = await readTables(db);
  const found: PersonExport['tables'] = {};
  for (const table of tables) {
    const conditions = [...ownRows(table, ids), ...theirRows(tables, table, workspaceId, ids)];
    if (!hasColumn(table, 'workspace_id') || conditions.length === 0) continue;
    const { rows } = await sql<{ row: Record<string, unknown> }>`
      select to_json(t) as row from ${sql.table(table.name)} t
      where t.workspace_id = ${workspaceId} and (${sql.join(conditions, sql` or `)})`.execute(db);
    if (rows.length > 0) found[table.name] = rows.map(({ row }) => row);
  }
  return found.people ? { personId: keptId, at: now.toISOString(), tables: found } : null;
}

/** Where no column is made for it, whatever column has their ids names them. */
function ownRows(table: Table, ids: readonly string[]): RawBuilder<unknown>[] {
  const mine = (name: string) => sql`t.${sql.ref(name)} = any(${ids}::uuid[])`;
  if (hasColumn(table, 'person_id')) return [mine('person_id')];
  const named = personColumns(table).flatMap(({ name, type }) => (type === 'uuid' ? [mine(name)] : []));
  // An undone merge also tells of who turned out to be somebody else.
  if (table.name === 'person_merges') return [sql`t.undone_at is null and (${sql.join(named, sql` or `)})`];
  return named;
}

/** Rows that refer to one that has a `person_id`. */
function theirRows(
  tables: readonly Table[],
  table: Table,
  workspaceId: string,
  ids: readonly string[],
): RawBuilder<unknown>[] {
  return table.references.flatMap(({ column, table: name, foreign }) => {
    const parent = tables.find((other) => other.name === name);
    if (!parent || !hasColumn(parent, 'person_id')) return [];
    return sql`t.${sql.ref(column)} in (
      select p.${sql.ref(foreign)} from ${sql.table(name)} p
      where p.workspace_id = ${workspaceId} and p.person_id = any(${ids}::uuid[]))`;
  });
}
