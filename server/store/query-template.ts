import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';

/** A value in a query: given, or filled in later. */
export type Value = string | RawBuilder<unknown>;

/** Stands in a query for a value that is filled in later. */
class Hole {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A query whose text is made once for each database, and into which only the values are filled: putting the text of a
 * look-up together takes as long as running it. `build` gets a stand-in for each value; it must not look at them.
 */
export class QueryTemplate<Row, Name extends string> {
  readonly #names: readonly Name[];
  readonly #build: (holes: Record<Name, RawBuilder<unknown>>) => RawBuilder<Row>;
  readonly #compiled = new WeakMap<Database, CompiledQuery<Row>>();

  constructor(names: readonly Name[], build: (holes: Record<Name, RawBuilder<unknown>>) => RawBuilder<Row>) {
    this.#names = names;
    this.#build = build;
  }

  compile(db: Database, values: Record<Name, string>): CompiledQuery<Row> {
    let compiled = this.#compiled.get(db);
    if (!compiled) {
      const holes = this.#names.map((name) => [name, sql.val(new Hole(name))] as const);
      compiled = this.#build(Object.fromEntries(holes) as Record<Name, RawBuilder<unknown>>).compile(db);
      this.#compiled.set(db, compiled);
    }
    const parameters = compiled.parameters.map((parameter) =>
      parameter instanceof Hole ? values[parameter.name as Name] : parameter,
    );
    return { ...compiled, parameters };
  }

  /** The query's rows with these values. */
  async read(db: Database, values: Record<Name, string>): Promise<Row[]> {
    return (await db.executeQuery(this.compile(db, values))).rows;
  }
}
