import { z } from 'zod';
import { cleanText, defined } from '../clean-values.ts';
import type { Cursor, Page, SourceCampaign } from '../connector.ts';
import { changedSince, Id, instant, listOf, type MauticIo, OptionalText, whereQuery } from './api.ts';

const Listed = z.object({
  id: Id,
  name: OptionalText,
  publishUp: OptionalText,
  publishDown: OptionalText,
});

/** Mails come with their whole text, and campaigns with all their steps. */
const LISTS = [
  { list: 'campaigns', prefix: 'campaign', kind: 'other', limit: 50 },
  { list: 'emails', prefix: 'email', kind: 'mail', limit: 30 },
] as const;

/** Campaigns and mails: people are in the one and receive the others. */
export async function pullCampaigns(
  io: MauticIo,
  { since, cursor }: { since: Date | null; cursor: Cursor | null },
): Promise<Page<SourceCampaign>> {
  const index = Number(cursor?.['list'] ?? 0);
  const { list, prefix, kind, limit } = LISTS[index] ?? LISTS[0];
  const { body } = await io.request(`/${list}`, {
    query: {
      ...whereQuery([
        { col: 'id', expr: 'gt', val: String(cursor?.['after'] ?? '0') },
        // Here, unlike in the raw tables and the contacts, columns have their names in capitals.
        ...changedSince(since, ['dateAdded', 'dateModified']),
      ]),
      orderBy: 'id',
      orderByDir: 'asc',
      limit,
    },
    schema: z.object({ [list]: listOf(Listed) }),
  });
  const listed = (body[list] ?? []).toSorted((one, other) => Number(one.id) - Number(other.id));
  const last = listed.at(-1);
  const isLastList = index === LISTS.length - 1;
  return {
    items: listed.map(({ id, name, publishUp, publishDown }) => ({
      sourceId: `${prefix}:${id}`,
      name: cleanText(name) ?? `#${id}`,
      kind,
      ...defined({ startsAt: instant(publishUp), endsAt: instant(publishDown) }),
    })),
    next:
      last && listed.length >= limit
        ? { list: index, after: last.id }
        : isLastList
          ? null
          : { list: index + 1 },
  };
}
