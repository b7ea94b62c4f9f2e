import { sql } from 'kysely';
import type { Database } from './database.ts';

export interface Column {
  name: string;
  /** As SQL writes it, e.g. `timestamp(3) with time zone`. */
  type: string;
}

export interface Table {
  name: string;
  columns: Column[];
  /** Of more than the workspace: which column names a row of which other table's column. */
  references: { column: string; table: string; foreign: string }[];
}

/** The hub's tables as the database knows them, those that others refer to first; the ledger of migrations is none. */
export async function readTables(db: Database): Promise<Table[]> {
  const { rows } = await sql<Table>`
    select c.relname as name,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod))
          order by a.attnum)
       from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select coalesce(json_agg(json_build_object('column', o.attname, 'table', r.relname, 'foreign', f.attname)),
          '[]'::json)
       from pg_constraint k
       join pg_class r on r.oid = k.confrelid
       join pg_attribute o on o.attrelid = c.oid and o.attnum = k.conkey[2]
       join pg_attribute f on f.attrelid = r.oid and f.attnum = k.confkey[2]
       where k.conrelid = c.oid and k.contype = 'f') as references
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> 'migrations'
    order by c.relname`.execute(db);
  return parentsFirst(rows);
}

/** Whether a table has a column of this name. */
export const hasColumn = ({ columns }: Table, name: string): boolean =>
  columns.some((column) => column.name === name);

function parentsFirst(tables: readonly Table[]): Table[] {
  const sorted = new Set<Table>();
  const visit = (table: Table, below: readonly Table[]): void => {
    if (sorted.has(table) || below.includes(table)) return;
    for (const { table: name } of table.references) {
      const parent = tables.find((other) => other.name === name);
      if (parent) visit(parent, [...below, table]);
    }
    sorted.add(table);
  };
  for (const table of tables) visit(table, []);
  return [...sorted];
}
