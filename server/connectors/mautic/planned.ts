import { z } from 'zod';
import { cleanText } from '../clean-values.ts';
import type { Cursor, Page, SourcePlannedTouch } from '../connector.ts';
import {
  type Clause,
  databaseTime,
  Id,
  instant,
  listOf,
  type MauticIo,
  OptionalId,
  OptionalText,
  readTable,
  whereQuery,
} from './api.ts';
import { namesOf } from './names.ts';

const PAGE = 1_000;
/** Of one page of members: everybody is in each of these at most once, or a few times. */
const ALL = 10_000;

const Scheduled = z.object({
  id: Id,
  lead_id: OptionalId,
  campaign_id: OptionalId,
  channel_id: OptionalId,
  trigger_date: OptionalText,
});
const Mail = z.object({
  id: Id,
  name: OptionalText,
  subject: OptionalText,
  publishUp: OptionalText,
  lists: listOf(z.object({ id: Id })).nullish(),
  excludedLists: listOf(z.object({ id: Id })).nullish(),
});
type Mail = z.output<typeof Mail>;
const Member = z.object({ lead_id: Id });

/** First what campaigns have scheduled for somebody, then mails to segments that are still to be published. */
export async function pullPlanned(
  io: MauticIo,
  { cursor }: { since: Date | null; cursor: Cursor | null },
): Promise<Page<SourcePlannedTouch>> {
  return cursor?.['of'] === 'segments' ? pullSegmentMails(io, cursor) : pullScheduled(io, cursor);
}

async function pullScheduled(io: MauticIo, cursor: Cursor | null): Promise<Page<SourcePlannedTouch>> {
  const { rows } = await readTable(io, 'campaign_lead_event_log', {
    row: Scheduled,
    where: [
      { col: 'id', expr: 'gt', val: String(cursor?.['after'] ?? '0') },
      { col: 'is_scheduled', expr: 'eq', val: '1' },
      // The other actions, such as giving points, reach nobody.
      { col: 'channel', expr: 'eq', val: 'email' },
      { col: 'trigger_date', expr: 'gte', val: databaseTime(io.now()) },
    ],
    limit: PAGE,
  });
  const mails = await namesOf(
    io,
    'emails',
    rows.flatMap(({ channel_id }) => channel_id ?? []),
  );
  const campaigns = await namesOf(
    io,
    'campaigns',
    rows.flatMap(({ campaign_id }) => campaign_id ?? []),
  );
  const items = rows.flatMap(({ id, lead_id, campaign_id, channel_id, trigger_date }) => {
    const at = instant(trigger_date);
    if (lead_id === undefined || at === undefined) return [];
    const mail = mails.get(channel_id ?? '');
    const campaign = campaigns.get(campaign_id ?? '');
    return planned({
      leadId: lead_id,
      at,
      sourceId: `scheduled/${id}`,
      title: mail?.subject ?? mail?.name ?? campaign?.name ?? '–',
      ...(campaign && {
        campaign: { sourceId: `campaign:${campaign_id ?? ''}`, name: campaign.name, kind: 'other' as const },
      }),
    });
  });
  const last = rows.at(-1);
  return {
    items,
    next: last && rows.length >= PAGE ? { of: 'campaigns', after: last.id } : { of: 'segments' },
  };
}

/** One mail after the other, each to the members of its segments, by their ids. */
async function pullSegmentMails(io: MauticIo, cursor: Cursor): Promise<Page<SourcePlannedTouch>> {
  const after = Number(cursor['after'] ?? 0);
  const mail = await nextMail(io, Number(cursor['mail'] ?? 0), after > 0);
  const at = instant(mail?.publishUp);
  if (!mail || at === undefined) return { items: [], next: null };
  const { members, isLast } = await membersOf(io, mail, after);
  const name = cleanText(mail.name) ?? `#${mail.id}`;
  const items = (await withoutExcluded(io, mail, members)).map((leadId) =>
    planned({
      leadId,
      at,
      sourceId: `segment/${mail.id}/${leadId}`,
      title: cleanText(mail.subject) ?? name,
      campaign: { sourceId: `email:${mail.id}`, name, kind: 'mail', startsAt: at },
    }),
  );
  const last = members.at(-1);
  return {
    items,
    next: { of: 'segments', mail: mail.id, ...(!isLast && last !== undefined && { after: last }) },
  };
}

/** The mail that a page before began with, or the one after it. */
async function nextMail(io: MauticIo, id: number, isSame: boolean): Promise<Mail | undefined> {
  const { body } = await io.request('/emails', {
    query: {
      ...whereQuery([
        { col: 'id', expr: isSame ? 'gte' : 'gt', val: String(id) },
        { col: 'publishUp', expr: 'gt', val: databaseTime(io.now()) },
        { col: 'emailType', expr: 'eq', val: 'list' },
        { col: 'isPublished', expr: 'eq', val: '1' },
      ]),
      orderBy: 'id',
      orderByDir: 'asc',
      limit: 1,
    },
    schema: z.object({ emails: listOf(Mail) }),
  });
  return body.emails[0];
}

async function membersOf(
  io: MauticIo,
  { lists }: Mail,
  after: number,
): Promise<{ members: string[]; isLast: boolean }> {
  if (!lists || lists.length === 0) return { members: [], isLast: true };
  const { rows } = await readTable(io, 'lead_lists_leads', {
    row: Member,
    where: [...inLists(lists), { col: 'lead_id', expr: 'gt', val: String(after) }],
    order: 'lead_id',
    limit: PAGE,
  });
  return { members: [...new Set(rows.map(({ lead_id }) => lead_id))], isLast: rows.length < PAGE };
}

const inLists = (lists: readonly { id: string }[]): Clause[] => [
  { expr: 'orX', val: lists.map(({ id }) => ({ col: 'leadlist_id', expr: 'eq', val: id })) },
  { col: 'manually_removed', expr: 'eq', val: '0' },
];

/** Without those whom Mautic will pass over: in another segment that is excluded, or not to be written to. */
async function withoutExcluded(io: MauticIo, { excludedLists }: Mail, members: readonly string[]) {
  const [first, last] = [members[0], members.at(-1)];
  if (first === undefined || last === undefined) return [];
  const range: Clause[] = [
    { col: 'lead_id', expr: 'gte', val: first },
    { col: 'lead_id', expr: 'lte', val: last },
  ];
  const read = async (table: string, where: Clause[]) => {
    const { rows } = await readTable(io, table, {
      row: Member,
      where: [...range, ...where],
      order: 'lead_id',
      limit: ALL,
    });
    return rows.map(({ lead_id }) => lead_id);
  };
  const excluded = new Set([
    ...(await read('lead_donotcontact', [{ col: 'channel', expr: 'eq', val: 'email' }])),
    ...(excludedLists && excludedLists.length > 0
      ? await read('lead_lists_leads', inLists(excludedLists))
      : []),
  ]);
  return members.filter((id) => !excluded.has(id));
}

const planned = ({
  leadId,
  at,
  ...rest
}: Pick<SourcePlannedTouch, 'sourceId' | 'title' | 'campaign' | 'at'> & {
  leadId: string;
}): SourcePlannedTouch => ({
  ...rest,
  at,
  // Until the cron job of that minute picks it up.
  editableUntil: at,
  channel: 'email',
  cancelled: false,
  person: { record: { type: 'contact', id: leadId } },
});
