import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import { COMMON, MODELS } from './odoo-models.ts';
import { OdooRefusal, type OdooStore, type Stored } from './odoo-store.ts';

export const USER = { id: 2, login: 'alex.winter@nordlicht.example', language: 'en_US' };

interface Options {
  store: OdooStore;
  key: string;
  database: string;
  version: number;
  now: () => Date;
}

const Context = z.object({ lang: z.string().optional(), active_test: z.boolean().default(true) }).default({
  active_test: true,
});
const Search = z.strictObject({
  domain: z.array(z.unknown()),
  order: z.literal('id asc').optional(),
  limit: z.int().positive().optional(),
  context: Context,
});
type Specification = { [field: string]: { fields?: Specification } };
const Specification: z.ZodType<Specification> = z.record(
  z.string(),
  z.strictObject({
    get fields(): z.ZodOptional<z.ZodType<Specification>> {
      return Specification.optional();
    },
  }),
) as z.ZodType<Specification>;
const Ids = z.array(z.int());
const Names = z.array(z.string());

/** Odoo's external APIs: JSON-2 from version 19 on, JSON-RPC in all that there are. */
export function odooServer(options: Options): Hono {
  const { key, database, version } = options;
  const call = methods(options);
  const app = new Hono();

  app.post('/web/webclient/version_info', (c) =>
    c.json({
      jsonrpc: '2.0',
      id: null,
      result: {
        server_version: `${version}.0`,
        server_version_info: [version, 0, 0, 'final', 0, ''],
        server_serie: `${version}.0`,
        protocol_version: 1,
      },
    }),
  );

  app.post('/json/2/:model/:method', async (c) => {
    if (version < 19) return c.notFound();
    const { model, method } = c.req.param();
    try {
      if (c.req.header('x-odoo-database') !== undefined && c.req.header('x-odoo-database') !== database)
        throw new OdooRefusal(404, 'werkzeug.exceptions.NotFound', 'No database is selected');
      if (c.req.header('authorization') !== `bearer ${key}`)
        throw new OdooRefusal(401, 'werkzeug.exceptions.Unauthorized', 'Invalid apikey');
      return c.json(call(model, method, z.record(z.string(), z.unknown()).parse(await c.req.json())));
    } catch (error) {
      const { status, name, message } = refusalOf(error);
      const headers = status === 401 ? { 'www-authenticate': 'Bearer' } : undefined;
      const body = { name, message, arguments: [message], context: {}, debug: 'Traceback …' };
      return c.json(body, status as ContentfulStatusCode, headers);
    }
  });

  app.post('/jsonrpc', async (c) => {
    const { params } = z
      .object({ params: z.object({ service: z.string(), method: z.string(), args: z.array(z.unknown()) }) })
      .parse(await c.req.json());
    const answer = (rest: object) => c.json({ jsonrpc: '2.0', id: null, ...rest });
    try {
      if (params.service === 'common') {
        const [name, login, password] = params.args;
        const isRight = name === database && login === USER.login && password === key;
        return answer({ result: isRight && USER.id });
      }
      const [name, user, password, model, method, args, named = {}] = params.args;
      if (name !== database || user !== USER.id || password !== key)
        throw new OdooRefusal(403, 'odoo.exceptions.AccessDenied', 'Access Denied');
      const [ids] = z.array(z.unknown()).parse(args);
      const withIds = { ...(named as object), ...(ids !== undefined && { ids }) };
      if (method === 'web_search_read')
        throw new OdooRefusal(404, 'builtins.AttributeError', 'The method does not exist');
      return answer({ result: call(String(model), String(method), withIds) });
    } catch (error) {
      const refusal = refusalOf(error);
      // Here, another exception is raised for it.
      const name = refusal.name.startsWith('werkzeug') ? 'odoo.exceptions.UserError' : refusal.name;
      const data = { name, message: refusal.message, arguments: [refusal.message], context: {}, debug: '' };
      return answer({ error: { code: 200, message: 'Odoo Server Error', data } });
    }
  });
  return app;
}

/** An argument that no method has is refused by Python itself. */
const refusalOf = (error: unknown): OdooRefusal =>
  error instanceof OdooRefusal ? error : new OdooRefusal(422, 'builtins.TypeError', String(error));

const methods =
  ({ store, now }: Options) =>
  (model: string, method: string, named: Record<string, unknown>): unknown => {
    store.table(model);
    const search = (parsed: z.infer<typeof Search>, limit = parsed.limit) =>
      store.search(model, parsed.domain, {
        ...(limit !== undefined && { limit }),
        archived: !parsed.context.active_test,
      });
    switch (`${method === 'context_get' || method === 'has_group' ? `${model}.` : ''}${method}`) {
      case 'res.users.context_get':
        return { lang: USER.language, tz: 'Europe/Berlin', uid: USER.id };
      case 'res.users.has_group':
        return true;
      case 'fields_get': {
        const { allfields } = z.object({ allfields: Names, attributes: Names }).parse(named);
        const types = { ...COMMON, ...MODELS[model] };
        return Object.fromEntries(allfields.flatMap((field) => (types[field] ? [[field, {}]] : [])));
      }
      case 'search':
        return search(Search.parse(named)).map(({ id }) => id);
      case 'search_read': {
        const { fields, ...rest } = Search.extend({ fields: Names }).parse(named);
        return search(rest).map((record) => flat(store, model, record, fields));
      }
      case 'read': {
        const { ids, fields } = z.object({ ids: Ids, fields: Names, context: Context }).parse(named);
        return ids.map((id) => flat(store, model, store.record(model, id), fields));
      }
      case 'web_search_read': {
        const { specification, count_limit, ...rest } = Search.extend({
          specification: Specification,
          count_limit: z.int().positive().optional(),
        }).parse(named);
        const found = search(rest);
        const isFull = found.length === rest.limit && !(count_limit && count_limit <= found.length);
        return {
          length: isFull ? search({ ...rest, limit: count_limit }).length : found.length,
          records: found.map((record) => nested(store, model, record, specification)),
        };
      }
      case 'write': {
        const { ids, vals } = z
          .strictObject({ ids: Ids, vals: z.record(z.string(), z.unknown()) })
          .parse(named);
        store.write(model, ids, vals);
        return true;
      }
      case 'name_create': {
        const { name } = z.strictObject({ name: z.string() }).parse(named);
        return [store.create(model, { name }), name];
      }
      case 'message_post': {
        const message = z
          .strictObject({
            ids: Ids.length(1),
            body: z.string(),
            body_is_html: z.boolean().optional(),
            message_type: z.literal('comment'),
            subtype_xmlid: z.literal('mail.mt_note'),
            message_id: z.string(),
          })
          .parse(named);
        const { ids, body, message_id } = message;
        const { id } = store.record(model, ids[0]!);
        const date = now().toISOString().slice(0, 19).replace('T', ' ');
        return [store.create('mail.message', { model, res_id: id, body, message_id, date })];
      }
      default:
        throw new OdooRefusal(
          404,
          'werkzeug.exceptions.NotFound',
          `The method '${model}.${method}' does not exist`,
        );
    }
  };

/** As `read` gives it: pointers with the name of what they point at. */
function flat(store: OdooStore, model: string, record: Stored, fields: readonly string[]): object {
  return Object.fromEntries<unknown>(
    ['id', ...fields].map((field) => {
      const type = store.fieldOf(model, field);
      const value = answered(store, model, record, field);
      if (typeof type !== 'object' || !('one' in type) || typeof value !== 'number') return [field, value];
      return [field, [value, store.value(type.one, store.record(type.one, value), 'display_name')]];
    }),
  );
}

/** As `web_read` gives it: what records point at is read along. */
function nested(store: OdooStore, model: string, record: Stored, specification: Specification): object {
  return Object.fromEntries([
    ['id', record.id],
    ...Object.entries(specification).map(([field, { fields }]) => {
      const type = store.fieldOf(model, field);
      const value = answered(store, model, record, field);
      if (fields === undefined || typeof type !== 'object' || value === false) return [field, value];
      const other = 'one' in type ? type.one : type.many;
      const read = (id: number) => nested(store, other, store.record(other, id), fields);
      return [field, 'one' in type ? read(value as number) : (value as number[]).map(read)];
    }),
  ]) as object;
}

function answered(store: OdooStore, model: string, record: Stored, field: string) {
  const value = store.value(model, record, field);
  return store.fieldOf(model, field) === 'datetime' && typeof value === 'string' ? value.slice(0, 19) : value;
}
