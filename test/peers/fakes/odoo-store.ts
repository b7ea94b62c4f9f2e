import { fieldType, MODELS, nameField } from './odoo-models.ts';

export type Value = string | number | boolean | readonly number[];
export interface Stored {
  id: number;
  /** To the millisecond, though answers and comparisons know whole seconds only. */
  [field: string]: Value;
}

/** A refusal as Odoo words it: the Python exception's name, and the status it has in JSON-2. */
export class OdooRefusal extends Error {
  readonly status: number;
  override readonly name: string;
  constructor(status: number, name: string, message: string) {
    super(message);
    this.status = status;
    this.name = name;
  }
}

type Domain = readonly unknown[];

/** Odoo's database, as far as the connector looks into it. */
export class OdooStore {
  readonly tables = new Map(Object.keys(MODELS).map((model) => [model, new Map<number, Stored>()]));
  /** One-to-many fields, by the field on the other side. */
  readonly #children = new Map<string, Map<number, number[]>>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  create(model: string, values: Record<string, Value>, at = this.#now()): number {
    const table = this.table(model);
    const id = table.size + 1;
    const moment = odooTime(at);
    const active = fieldType(model, 'active') ? { active: true } : {};
    for (const field of Object.keys(values)) this.fieldOf(model, field);
    table.set(id, { ...active, create_date: moment, write_date: moment, ...values, id });
    for (const [field, value] of Object.entries(values)) {
      if (typeof value !== 'number') continue;
      const key = `${model}.${field}`;
      const children = this.#children.get(key) ?? new Map<number, number[]>();
      const siblings = children.get(value);
      if (siblings) siblings.push(id);
      else children.set(value, [id]);
      this.#children.set(key, children);
    }
    return id;
  }

  write(model: string, ids: readonly number[], values: Record<string, unknown>): void {
    for (const id of ids) {
      const record = this.record(model, id);
      for (const [field, value] of Object.entries(values)) {
        this.fieldOf(model, field);
        record[field] = Array.isArray(value) ? commanded(record[field], value) : (value as Value);
      }
      record['write_date'] = odooTime(this.#now());
    }
  }

  record(model: string, id: number): Stored {
    const record = this.table(model).get(id);
    if (!record)
      throw new OdooRefusal(
        404,
        'odoo.exceptions.MissingError',
        'Record does not exist or has been deleted.',
      );
    return record;
  }

  table(model: string): Map<number, Stored> {
    const table = this.tables.get(model);
    if (table) return table;
    throw new OdooRefusal(404, 'werkzeug.exceptions.NotFound', `the model '${model}' does not exist`);
  }

  /** Records in the order of their ids. */
  search(
    model: string,
    domain: Domain,
    { limit, archived }: { limit?: number; archived: boolean },
  ): Stored[] {
    const matches = this.#compile(model, domain);
    const hidesArchived = !archived && fieldType(model, 'active') !== undefined;
    const found: Stored[] = [];
    const table = this.table(model);
    for (let id = startOf(domain); id <= table.size; id++) {
      if (limit !== undefined && found.length >= limit) break;
      const record = table.get(id)!;
      if ((!hidesArchived || record['active'] === true) && matches(record)) found.push(record);
    }
    return found;
  }

  /** A field's value as the database has it. */
  value(model: string, record: Stored, field: string): Value {
    const type = this.fieldOf(model, field);
    if (field === 'display_name') return this.#nameOf(model, record);
    if (typeof type === 'object' && 'many' in type && type.by !== undefined)
      return this.#children.get(`${type.many}.${type.by}`)?.get(record.id) ?? [];
    if (typeof type === 'object' && 'many' in type) return record[field] ?? [];
    return record[field] ?? (type === 'integer' || type === 'float' ? 0 : false);
  }

  #nameOf(model: string, record: Stored): Value {
    const field = nameField(model);
    const type = fieldType(model, field);
    const name = record[field] ?? `${model},${record.id}`;
    return typeof type === 'object' && 'one' in type
      ? this.#nameOf(type.one, this.record(type.one, Number(name)))
      : name;
  }

  /** As Odoo refuses it: an unknown field is a mistake of the program's, and those have status 500. */
  fieldOf(model: string, field: string) {
    this.table(model);
    const type = fieldType(model, field);
    if (type !== undefined) return type;
    throw new OdooRefusal(500, 'builtins.ValueError', `Invalid field '${field}' on '${model}'`);
  }

  /** Polish notation: operators stand before their operands, and what stands side by side must all hold. */
  #compile(model: string, domain: Domain): (record: Stored) => boolean {
    const terms = [...domain];
    const next = (): ((record: Stored) => boolean) => {
      const term = terms.shift();
      if (term === '!') return not(next());
      if (term === '&' || term === '|') {
        const [one, other] = [next(), next()];
        return term === '&' ? (r) => one(r) && other(r) : (r) => one(r) || other(r);
      }
      if (!Array.isArray(term) || term.length !== 3)
        throw new OdooRefusal(500, 'builtins.ValueError', 'Domain() invalid item in domain');
      return this.#leaf(model, term as [string, string, Value]);
    };
    const all: ((record: Stored) => boolean)[] = [];
    while (terms.length > 0) all.push(next());
    return (record) => all.every((holds) => holds(record));
  }

  #leaf(model: string, [path, operator, wanted]: [string, string, Value]): (record: Stored) => boolean {
    const [field = '', ...rest] = path.split('.');
    const type = this.fieldOf(model, field);
    if (rest.length > 0 && typeof type === 'object') {
      const other = 'one' in type ? type.one : type.many;
      const inner = this.#leaf(other, [rest.join('.'), operator, wanted]);
      return (record) =>
        [this.value(model, record, field)].flat().some((id) => id && inner(this.record(other, Number(id))));
    }
    const compare = COMPARISONS[operator];
    if (!compare) throw new OdooRefusal(500, 'builtins.ValueError', `Invalid operator ${operator}`);
    return (record) => {
      const value = this.value(model, record, field);
      return compare(type === 'datetime' && typeof value === 'string' ? value.slice(0, 19) : value, wanted);
    };
  }
}

/** As an index would find it: ids have no gaps here. */
const startOf = ([first]: Domain) =>
  Array.isArray(first) && first[0] === 'id' && first[1] === '>' ? Math.max(0, Number(first[2])) + 1 : 1;

const not = (holds: (record: Stored) => boolean) => (record: Stored) => !holds(record);

const has = (value: Value, wanted: Value) =>
  Array.isArray(value) ? (value as readonly Value[]).includes(wanted) : value === wanted;
const includes = (value: Value, wanted: Value) => [wanted].flat().some((one) => has(value, one));
/** What is empty is neither before nor after anything. */
const ordered = (compare: (one: Value, other: Value) => boolean) => (value: Value, wanted: Value) =>
  value !== false && compare(value, wanted);
const COMPARISONS: Partial<Record<string, (value: Value, wanted: Value) => boolean>> = {
  '=': has,
  '!=': (value, wanted) => !has(value, wanted),
  in: includes,
  'not in': (value, wanted) => !includes(value, wanted),
  '<': ordered((one, other) => one < other),
  '<=': ordered((one, other) => one <= other),
  '>': ordered((one, other) => one > other),
  '>=': ordered((one, other) => one >= other),
};

/** Odoo's commands for fields of many: `[4, id]` adds, `[3, id]` takes away. */
const commanded = (before: Value | undefined, commands: readonly unknown[]): readonly number[] =>
  (commands as [number, number][]).reduce<number[]>(
    (ids, [command, id]) => [...ids.filter((one) => one !== id), ...(command === 4 ? [id] : [])],
    Array.isArray(before) ? [...(before as number[])] : [],
  );

export const odooTime = (date: Date): string => date.toISOString().slice(0, 23).replace('T', ' ');
