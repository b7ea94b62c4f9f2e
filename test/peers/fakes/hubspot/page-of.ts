import { invalid } from './refusals.ts';

/** A page of a list, as most of HubSpot's lists are paged: `limit`, and `after` for where it goes on. */
export function pageOf(
  items: readonly unknown[],
  { limit = '10', after = '0' }: Record<string, string | undefined>,
  most: number,
): Response {
  const [size, start] = [Number(limit), Number(after)];
  if (!(size >= 1 && size <= most) || !Number.isInteger(start))
    return invalid(`Invalid limit: at most ${most}`);
  const end = start + size;
  return Response.json({
    total: items.length,
    results: items.slice(start, end),
    ...(end < items.length && { paging: { next: { after: String(end), link: '?' } } }),
  });
}
