import { invalid, refuse } from './refusals.ts';

const MOST = 500;
const MOST_IDS = 100;
const USUAL = 100;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

interface Row {
  id: number | string;
  add_time?: string;
  update_time?: string;
}
type Query = Readonly<Record<string, string>>;

interface Place {
  field: 'id' | 'add_time' | 'update_time';
  fieldValue: string | number;
  id: number;
}

/**
 * A page of a list of version 2. Its cursor names the first row of the next page, so that rows that are deleted or
 * change meanwhile move nothing.
 */
export function cursorPage<T extends Row & { id: number }>(
  rows: readonly T[],
  query: Query,
  {
    takes = [],
    filter = () => true,
    show = (row) => row,
  }: { takes?: readonly string[]; filter?: (row: T) => boolean; show?: (row: T) => unknown } = {},
): Response {
  const unknown = Object.keys(query).find(
    (name) => !['limit', 'cursor', 'sort_by', 'sort_direction', ...takes].includes(name),
  );
  if (unknown !== undefined) return invalid(`Parameter '${unknown}' is not allowed`);
  const { limit = String(USUAL), cursor, ids, updated_since: since, sort_by: field = 'id' } = query;
  const size = Number(limit);
  if (!(size >= 1 && size <= MOST)) return invalid(`Parameter 'limit' must be at most ${String(MOST)}`);
  if (field !== 'id' && field !== 'add_time' && field !== 'update_time')
    return invalid("Parameter 'sort_by' is not valid");
  if (since !== undefined && !TIME.test(since)) return invalid("Parameter 'updated_since' is not valid");
  const wanted = ids?.split(',').map(Number);
  if (wanted && (wanted.length > MOST_IDS || wanted.some(Number.isNaN)))
    return invalid("Parameter 'ids' is not valid");
  const place = cursor === undefined ? null : readCursor(cursor);
  if (place === undefined || (place && place.field !== field))
    return invalid("Parameter 'cursor' is not valid");

  const keyOf = (row: T) => (field === 'id' ? row.id : (row[field] ?? ''));
  const isAfter = (row: T) => {
    if (!place) return true;
    const key = keyOf(row);
    return key > place.fieldValue || (key === place.fieldValue && row.id >= place.id);
  };
  const found = rows.filter(
    (row) =>
      (!wanted || wanted.includes(row.id)) &&
      (since === undefined || (row.update_time ?? '') >= since) &&
      isAfter(row) &&
      filter(row),
  );
  if (field !== 'id')
    found.sort((one, other) =>
      keyOf(one) < keyOf(other) ? -1 : keyOf(one) > keyOf(other) ? 1 : one.id - other.id,
    );
  const next = found[size];
  return Response.json({
    success: true,
    data: found.slice(0, size).map(show),
    additional_data: {
      next_cursor: next ? writeCursor({ field, fieldValue: keyOf(next), id: next.id }) : null,
    },
  });
}

const writeCursor = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** Undefined: nobody has written this. */
function readCursor(text: string): Place | undefined {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString()) as Place;
  } catch {
    return undefined;
  }
}

/**
 * A page of a list of version 1, by offset: what leaves the list moves up all that comes after it. Of no rows it says
 * that there is no list. Leads say beside the list how to go on, notes one level deeper.
 */
export function offsetPage<T extends Row>(
  rows: readonly T[],
  query: Query,
  {
    takes = [],
    isNested = false,
    show = (row) => row,
  }: { takes?: readonly string[]; isNested?: boolean; show?: (row: T) => unknown } = {},
): Response {
  const unknown = Object.keys(query).find((name) => !['limit', 'start', 'sort', ...takes].includes(name));
  if (unknown !== undefined) return refuse(400, `"${unknown}" is not allowed`);
  const { limit = String(USUAL), start = '0', updated_since: since = '', sort = 'add_time ASC' } = query;
  const [size, from] = [Number(limit), Number(start)];
  if (!(size >= 1 && size <= MOST) || !(from >= 0)) return refuse(400, '"limit" is not valid');
  const [field, direction] = sort.split(' ');
  if (field !== 'add_time' && field !== 'update_time') return refuse(400, '"sort" is not valid');
  const sign = direction === 'DESC' ? -1 : 1;
  const found = rows
    .filter(({ update_time: at = '' }) => at >= since)
    .toSorted((one, other) => {
      const [a = '', b = ''] = [one[field], other[field]];
      return a === b ? 0 : a < b ? -sign : sign;
    });
  const page = found.slice(from, from + size);
  const more = {
    ...{ start: from, limit: size, more_items_in_collection: from + size < found.length },
    ...(isNested && from + size < found.length && { next_start: from + size }),
  };
  return Response.json({
    success: true,
    data: page.length === 0 ? null : page.map(show),
    additional_data: isNested ? { pagination: more } : more,
  });
}
