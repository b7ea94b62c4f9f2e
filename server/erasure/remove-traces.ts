import { type RawBuilder, sql } from 'kysely';
import type { Column, Table } from '../store/catalogue.ts';
import type { WriteTransaction } from '../store/database.ts';
import type { ErasedPerson } from './erase-person.ts';
import { hasOwnId, personColumns } from './person-columns.ts';

/** Of a table at once: each statement stays short, however large the table is. */
const PAGES = 4_000;
/** Fewer digits are no phone number but a number. */
const PHONE_DIGITS = 7;

/** Names here are of users and workspaces themselves; that one of them is called the same is no trace. */
const NOT_SEARCHED = ['users', 'workspaces'];
/** Somebody else may have the same name, and keeps it. */
const OTHERS_NAMES = ['people'];

/** Wherever a column names a person's id, alone or in a list, the other id takes its place. */
export async function replaceIds(
  tx: WriteTransaction,
  workspaceId: string,
  tables: readonly Table[],
  standIns: ReadonlyMap<string, string>,
): Promise<void> {
  const ids = [...standIns.keys()];
  const pairs = sql`unnest(${ids}::uuid[], ${[...standIns.values()]}::uuid[])`;
  for (const table of tables.filter(({ name }) => name !== 'people')) {
    for (const { name, type } of personColumns(table)) {
      const column = sql.ref(name);
      const mine = sql`t.workspace_id = ${workspaceId}`;
      await (type === 'uuid'
        ? sql`
          update ${sql.table(table.name)} t set ${column} = r.stand_in from ${pairs} r (id, stand_in)
          where ${mine} and t.${column} = r.id`.execute(tx)
        : sql`
          update ${sql.table(table.name)} t set ${column} = (
            select array_agg(coalesce(r.stand_in, e.id) order by e.ord)
            from unnest(t.${column}) with ordinality e (id, ord) left join ${pairs} r (id, stand_in) on r.id = e.id)
          where ${mine} and t.${column} && ${ids}::uuid[]`.execute(tx));
    }
  }
}

interface Traces {
  tables: readonly Table[];
  /** Every id that led to them. */
  ids: readonly string[];
  people: readonly ErasedPerson[];
  standIn: string;
}

/**
 * Takes people's ids, addresses, phone numbers and full names out of everything that is written in any table. Answers
 * kept for repeated requests go as a whole, and so do bytes that hold an address or a name: they are files.
 */
export async function removeTexts(
  tx: WriteTransaction,
  workspaceId: string,
  { tables, ids, people, standIn }: Traces,
): Promise<void> {
  const own = people.flatMap(unique);
  const names = people.flatMap(nameOf);
  const all = patternOf([...own, ...names]);
  await sql`
    delete from idempotency_keys k
    where k.workspace_id = ${workspaceId}
      and (k.key = any(${ids}::uuid[]) or k.body ~* ${`${ids.join('|')}|${all}`})`.execute(tx);
  const files = [...people.flatMap(({ emails }) => emails), ...names.map(({ text }) => text)];
  for (const table of tables.filter(({ name }) => !NOT_SEARCHED.includes(name))) {
    const pattern = OTHERS_NAMES.includes(table.name) ? patternOf(own) : all;
    await cleanTable(tx, workspaceId, { table, pattern, ids, standIn });
    await deleteFiles(tx, workspaceId, table, files);
  }
}

interface Cleaning extends Pick<Traces, 'ids' | 'standIn'> {
  table: Table;
  pattern: string;
}

async function cleanTable(
  tx: WriteTransaction,
  workspaceId: string,
  { table, pattern, ids, standIn }: Cleaning,
): Promise<void> {
  const columns = table.columns.filter(isText);
  if (columns.length === 0) return;
  const anyId = ids.join('|');
  const set = columns.map(({ name, type }) => {
    const text = sql`t.${sql.ref(name)}::text`;
    const others = sql`regexp_replace(${text}, ${anyId}, ${standIn}, 'gi')`;
    // A row that has the same id as they had may speak of itself.
    const withoutId = hasOwnId(table)
      ? sql`case when t.id = any(${ids}::uuid[]) then ${text} else ${others} end`
      : others;
    const cleaned = sql`regexp_replace(${withoutId}, ${pattern}, '–', 'gi')`;
    return sql`${sql.ref(name)} = (${cleaned})::${sql.raw(type)}`;
  });
  const texts = sql.join(columns.map(({ name }) => sql`t.${sql.ref(name)}::text`));
  for (const range of await pagesOf(tx, table.name)) {
    await sql`
      update ${sql.table(table.name)} t set ${sql.join(set)}
      where t.workspace_id = ${workspaceId} and ${range}
        and concat_ws(chr(10), ${texts}) ~* ${`${anyId}|${pattern}`}`.execute(tx);
  }
}

/** As a file would hold them in the encodings that are common. */
async function deleteFiles(
  tx: WriteTransaction,
  workspaceId: string,
  table: Table,
  texts: readonly string[],
): Promise<void> {
  const files = table.columns.filter(({ type }) => type === 'bytea');
  const needles = texts.flatMap((text) => [
    Buffer.from(text),
    Buffer.from(text, 'latin1'),
    Buffer.from(text, 'utf16le'),
  ]);
  if (files.length === 0 || needles.length === 0) return;
  const found = files.flatMap(({ name }) =>
    needles.map((needle) => sql`position(${needle}::bytea in t.${sql.ref(name)}) > 0`),
  );
  await sql`
    delete from ${sql.table(table.name)} t
    where t.workspace_id = ${workspaceId} and (${sql.join(found, sql` or `)})`.execute(tx);
}

const isText = ({ type }: Column) =>
  ['text', 'text[]', 'json', 'jsonb'].includes(type) || type.startsWith('character');

/** A table in pieces; the last has no end, so that nothing written meanwhile is left out. */
async function pagesOf(tx: WriteTransaction, name: string): Promise<RawBuilder<unknown>[]> {
  const { rows } = await sql<{ pages: number }>`
    select (pg_relation_size(c.oid) / current_setting('block_size')::int)::int as pages
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relname = ${name}`.execute(tx);
  const pieces = Math.max(1, Math.ceil((rows[0]?.pages ?? 0) / PAGES));
  return Array.from({ length: pieces }, (_, index) => {
    const from = sql`t.ctid >= ${`(${index * PAGES},0)`}::tid`;
    return index === pieces - 1 ? from : sql`${from} and t.ctid < ${`(${(index + 1) * PAGES},0)`}::tid`;
  });
}

interface Needle {
  text: string;
  /** What may not stand directly before or after: there it would be part of something else. */
  before: string;
  after: string;
}

/** What is theirs alone. */
function unique({ emails, phone }: ErasedPerson): Needle[] {
  const digits = phone?.replaceAll(/\D/g, '') ?? '';
  const phones = phone !== null && digits.length >= PHONE_DIGITS ? [...new Set([phone, digits])] : [];
  return [
    ...emails.map((text) => ({ text, before: '[[:alnum:]._%+-]', after: '[[:alnum:]-]|\\.[[:alnum:]]' })),
    ...phones.map((text) => ({ text, before: '[[:digit:]]', after: '[[:digit:]]' })),
  ];
}

/** A single word is too common to be looked for: it would be taken out of what has nothing to do with them. */
function nameOf({ name }: ErasedPerson): Needle[] {
  return /\S\s+\S/.test(name) ? [{ text: name, before: '[[:alnum:]]', after: '[[:alnum:]]' }] : [];
}

/** A regular expression of PostgreSQL's for any of them, in text or in JSON. One that matches nothing for none. */
function patternOf(needles: readonly Needle[]): string {
  const patterns = needles.flatMap(({ text, before, after }) =>
    [...new Set([text, JSON.stringify(text).slice(1, -1)])].map(
      (form) => `(?<!${before})${escape(form)}(?!${after})`,
    ),
  );
  return patterns.length === 0 ? '(?!)' : patterns.join('|');
}

const escape = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|-]/g, '\\$&');
