import { z } from 'zod';
import type { Cursor, SourceIo } from '../connector.ts';
import { fieldsOf } from '../read-answer.ts';
import { SourceError } from '../source-error.ts';
import { jsonRpc, signIn } from './json-rpc.ts';
import type { OdooSettings } from './settings.ts';

/** From this version on there is JSON-2; JSON-RPC is to go with the next but one. */
const FIRST_WITH_JSON2 = 19;

/** Fields to read, and what to read of the records they point at. */
export interface Fields {
  readonly [field: string]: null | { model: string; fields: Fields };
}

/** A field that points at records, with what to read of them. */
export const of = (model: string, fields: Fields) => ({ model, fields });
/** Only the name of the records it points at: Odoo says it to whoever may read the field. */
export const nameOf = (model: string) => of(model, { display_name: null });

export type Domain = readonly unknown[];

export interface Query {
  model: string;
  domain: Domain;
  fields: Fields;
  /** Only records with greater ids. */
  after: number;
  limit: number;
  /** Archived records, too. Lost leads are archived. */
  archived?: boolean | undefined;
}

/** A method of a model, called with named arguments, of which `ids` are the records it is called on. */
export type Call = <T>(
  model: string,
  method: string,
  named: Readonly<Record<string, unknown>>,
  options: { schema: z.ZodType<T>; repeatable?: boolean },
) => Promise<T>;

export interface Odoo {
  /** The number before the dot, also of the versions that only Odoo's own cloud runs. */
  version: number;
  /** What a pull's next page needs to go on without asking again. */
  keep: Cursor;
  call: Call;
  /** Of these fields, those that this installation has: versions differ, and an unknown one is an error. */
  known: (model: string, fields: readonly string[]) => Promise<string[]>;
  /** In the order of their ids. */
  search: <T>(
    query: Query,
    row: z.ZodType<T>,
  ) => Promise<{ rows: T[]; ids: number[]; total: number | undefined }>;
}

const Kept = z.object({ version: z.int(), language: z.string() });

/**
 * Finds out which version this is and how to talk to it; asks nothing where the cursor knows.
 *
 * @throws SourceError
 */
export async function openOdoo(io: SourceIo<OdooSettings>, cursor: Cursor | null = null): Promise<Odoo> {
  const kept = Kept.safeParse(cursor);
  const version = kept.success ? kept.data.version : await versionOf(io);
  const isJson2 = version >= FIRST_WITH_JSON2;
  const call = isJson2 ? json2(io) : jsonRpc(io, await signIn(io));
  const { language } = kept.success ? kept.data : { language: await languageOf(call) };
  return {
    version,
    keep: { version, language },
    call,
    known: async (model, fields) => {
      const schema = z.record(z.string(), z.unknown());
      const found = await call(
        model,
        'fields_get',
        { allfields: fields, attributes: ['type'] },
        { schema, repeatable: true },
      );
      return fields.filter((field) => field in found);
    },
    search: async (query, row) => {
      const found = await (isJson2 ? searchNested : searchAndRead)(call, query, language);
      const parsed = z.array(row).safeParse(found.records);
      if (!parsed.success)
        throw new SourceError('unreadable', { detail: `${query.model}: ${fieldsOf(parsed.error)}` });
      return { rows: parsed.data, ids: found.records.map(({ id }) => id), total: found.total };
    },
  };
}

/** Every version says it to anybody, and to anybody alike. */
async function versionOf({ request }: SourceIo<OdooSettings>): Promise<number> {
  const { body } = await request('/web/webclient/version_info', {
    method: 'POST',
    body: { jsonrpc: '2.0', method: 'call', params: {} },
    schema: z.object({
      result: z.object({ server_version_info: z.tuple([z.union([z.string(), z.number()])], z.unknown()) }),
    }),
    repeatable: true,
  });
  const [first] = body.result.server_version_info;
  // In Odoo's own cloud it may be "saas~18".
  return Number(/\d+/.exec(String(first))?.[0] ?? 0);
}

/** Of the key's owner: stages and campaigns are named as they see them. */
async function languageOf(call: Call): Promise<string> {
  const schema = z.object({ lang: z.union([z.string(), z.literal(false)]).optional() });
  const { lang } = await call('res.users', 'context_get', {}, { schema, repeatable: true });
  return lang === false || lang === undefined ? 'en_US' : lang;
}

const json2 =
  ({ request }: SourceIo<OdooSettings>): Call =>
  async (model, method, named, { schema, repeatable = false }) => {
    const { body } = await request(`/json/2/${model}/${method}`, {
      method: 'POST',
      body: named,
      schema,
      repeatable,
    });
    return body;
  };

const Row = z.looseObject({ id: z.int().positive() });
type Row = z.infer<typeof Row>;
type Search = (
  call: Call,
  query: Query,
  language: string,
) => Promise<{ records: Row[]; total: number | undefined }>;

/** One request for records and what they point at. */
const searchNested: Search = async (call, query, language) => {
  const isFirst = query.after === 0;
  const { records, length } = await call(
    query.model,
    'web_search_read',
    {
      ...searched(query, language),
      specification: specificationOf(query.fields),
      // Counting what is left can take longer than reading a page of it.
      ...(!isFirst && { count_limit: query.limit }),
    },
    { schema: z.object({ records: z.array(Row), length: z.int() }), repeatable: true },
  );
  return { records, total: isFirst ? length : undefined };
};

/** The same for versions that cannot: the records, then those they point at. */
const searchAndRead: Search = async (call, query, language) => {
  const named = { ...searched(query, language), fields: Object.keys(query.fields) };
  const schema = z.array(Row);
  const records = await call(query.model, 'search_read', named, { schema, repeatable: true });
  return { records: await resolve(call, records, query.fields, named.context), total: undefined };
};

async function resolve(call: Call, records: Row[], fields: Fields, context: unknown): Promise<Row[]> {
  const resolved = records.map((record) => ({ ...record }));
  for (const [field, related] of Object.entries(fields)) {
    const ids = related === null ? [] : unreadIds(records, field, related.fields);
    const others =
      related === null || ids.length === 0
        ? []
        : await call(
            related.model,
            'read',
            { ids, fields: Object.keys(related.fields), context },
            { schema: z.array(Row), repeatable: true },
          );
    const inner = related === null ? [] : await resolve(call, others, related.fields, context);
    const byId = new Map(inner.map((row) => [row.id, row]));
    for (const row of resolved) row[field] = replaced(row[field], related !== null, byId);
  }
  return resolved;
}

/** A pointer as JSON-2 gives it: `[5, "Name"]` becomes the record, or its id where nothing is asked of it. */
function replaced(pointer: unknown, isRelated: boolean, byId: ReadonlyMap<number, Row>): unknown {
  const single = Pair.safeParse(pointer);
  if (single.success) {
    const [id, name] = single.data;
    return isRelated ? (byId.get(id) ?? { id, display_name: name }) : id;
  }
  if (!isRelated || !Array.isArray(pointer)) return pointer;
  return pointer.map((id) => byId.get(Number(id)) ?? { id: Number(id) });
}

const Pair = z.tuple([z.int(), z.string()]);

/** Of the records that a field points at those of which something is missing: single ones come with their names. */
function unreadIds(records: readonly Row[], field: string, fields: Fields): number[] {
  const isNameEnough = Object.keys(fields).every((name) => name === 'display_name');
  const ids = records.flatMap(({ [field]: pointer }) => {
    const single = Pair.safeParse(pointer);
    if (!single.success) return z.array(z.int()).safeParse(pointer).data ?? [];
    return isNameEnough ? [] : [single.data[0]];
  });
  return [...new Set(ids)];
}

const searched = ({ domain, after, limit, archived = false }: Query, language: string) => ({
  domain: [['id', '>', after], ...domain],
  order: 'id asc',
  limit,
  context: { lang: language, active_test: !archived },
});

const specificationOf = (fields: Fields): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([field, related]) => [
      field,
      related === null ? {} : { fields: specificationOf(related.fields) },
    ]),
  );
