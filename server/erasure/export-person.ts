import { type RawBuilder, sql } from 'kysely';
import type { PersonExport } from '../../utils/contract/erasure.ts';
import { hasColumn, readTables, type Table } from '../store/catalogue.ts';
import type { Database } from '../store/database.ts';

/**
 * Everything the hub holds of a person: of every table the rows that name their id, and the rows that belong to
 * those, such as replies to feedback. Tables are taken from the database, so that a new one is in it by itself.
 *
 * @returns null when there is nobody with this id.
 */
export async function exportPerson(
  db: Database,
  workspaceId: string,
  personId: string,
  now: Date,
): Promise<PersonExport | null> {
  const tables = await readTables(db);
  const found: PersonExport['tables'] = {};
  for (const table of tables) {
    const conditions = [...ownRows(table, personId), ...theirRows(tables, table, workspaceId, personId)];
    if (!hasColumn(table, 'workspace_id') || conditions.length === 0) continue;
    const { rows } = await sql<{ row: Record<string, unknown> }>`
      select to_json(t) as row from ${sql.table(table.name)} t
      where t.workspace_id = ${workspaceId} and (${sql.join(conditions, sql` or `)})`.execute(db);
    if (rows.length > 0) found[table.name] = rows.map(({ row }) => row);
  }
  return found.people ? { personId, at: now.toISOString(), tables: found } : null;
}

/** Where no column is made for it, whatever column has their id names them: ids are never used twice. */
function ownRows(table: Table, personId: string): RawBuilder<unknown>[] {
  if (hasColumn(table, 'person_id')) return [sql`t.person_id = ${personId}`];
  return table.columns
    .filter(({ type, name }) => type === 'uuid' && name !== 'workspace_id')
    .map(({ name }) => sql`t.${sql.ref(name)} = ${personId}`);
}

/** Rows that refer to one that has a `person_id`. */
function theirRows(
  tables: readonly Table[],
  table: Table,
  workspaceId: string,
  personId: string,
): RawBuilder<unknown>[] {
  return table.references.flatMap(({ column, table: name, foreign }) => {
    const parent = tables.find((other) => other.name === name);
    if (!parent || !hasColumn(parent, 'person_id')) return [];
    return sql`t.${sql.ref(column)} in (
      select p.${sql.ref(foreign)} from ${sql.table(name)} p
      where p.workspace_id = ${workspaceId} and p.person_id = ${personId})`;
  });
}
