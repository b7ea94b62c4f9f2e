import { sql } from 'kysely';
import type { Table } from '../../../server/store/catalogue.ts';
import type { Database } from '../../../server/store/database.ts';

/** The tables in which any of the texts stands, anywhere. */
export async function tablesWith(
  db: Database,
  tables: readonly Table[],
  workspaceId: string,
  texts: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  const forms = texts.flatMap((text) => [
    text,
    Buffer.from(text).toString('hex'),
    JSON.stringify(text).slice(1, -1),
  ]);
  for (const { name, columns } of tables) {
    const all = sql.join(columns.map((column) => sql`t.${sql.ref(column.name)}::text`));
    const { rows } = await sql`
      select 1 from ${sql.table(name)} t
      where t.workspace_id = ${workspaceId} and exists (
        select 1 from unnest(${forms}::text[]) f (form) where strpos(lower(concat_ws(' ', ${all})), lower(f.form)) > 0)
      limit 1`.execute(db);
    if (rows.length > 0) found.push(name);
  }
  return found;
}
