import type { SourceIo } from './connector.ts';

interface Known<T> {
  values: ReadonlyMap<string, T>;
  /** Asked for, and not there either: whatever they named was deleted. */
  missing: Set<string>;
}

/** Of the run that an io belongs to, so that nothing outlives it. */
const runs = new WeakMap<object, Map<string, Known<unknown>>>();

/**
 * What rows only name by id, such as the mails of a list of who opened which: read once per run, and again when a row
 * names something newer.
 *
 * @param load reads all there are, by id.
 * @throws SourceError
 */
export async function knownNames<Settings, T>(
  io: SourceIo<Settings>,
  kind: string,
  ids: Iterable<string>,
  load: () => Promise<ReadonlyMap<string, T>>,
): Promise<ReadonlyMap<string, T>> {
  const kinds = runs.get(io) ?? new Map<string, Known<unknown>>();
  runs.set(io, kinds);
  const known = kinds.get(kind) as Known<T> | undefined;
  const asked = [...new Set(ids)];
  const isKnown = (id: string) => known?.values.has(id) === true || known?.missing.has(id) === true;
  if (asked.length === 0 || (known && asked.every(isKnown))) return known?.values ?? new Map<string, T>();
  const values = await load();
  const missing = new Set([...(known?.missing ?? []), ...asked].filter((id) => !values.has(id)));
  kinds.set(kind, { values, missing });
  return values;
}
