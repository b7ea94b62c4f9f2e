import { z } from 'zod';
import type { Pull, SourcePlannedTouch } from '../connector.ts';
import { remember } from '../remember.ts';
import { instantOf, Paging, unlessNotGranted } from './answers.ts';
import { campaignOfMail, type MarketingMail, readMarketingMails } from './mails.ts';
import type { Io, Settings } from './settings.ts';

/** Lists are read in full at each turn: a mail that is due later may wait, and often changes. */
const HORIZON_MS = 7 * 86_400_000;
/** The most members that HubSpot answers at once. */
const PAGE_SIZE = 250;

const Members = z.object({
  // A list that was deleted has none.
  results: z.array(z.object({ recordId: z.union([z.string(), z.int()]) })).default([]),
  paging: Paging,
});

/** The list of a mail that is read, or was read last. */
const Position = z.object({ list: z.string(), after: z.string().nullable() });

/** Somewhere that a mail goes. Contacts who were picked by hand are a list without a number. */
interface Target {
  key: string;
  mail: MarketingMail;
  list: string | null;
}

/**
 * Marketing mails that are due within a week, for each contact they will reach: HubSpot keeps them by list, so these are
 * the members of the lists of a mail without those of the lists it leaves out. Who is unsubscribed is not taken out: the
 * hub knows consent by itself. Automated mails are not planned for anybody until a workflow sends them.
 */
export const pullPlanned: Pull<Settings, SourcePlannedTouch> = async (io, { cursor }) => {
  // Without the scopes nothing is planned.
  const mails = await unlessNotGranted(remember(io, 'scheduled', () => readMarketingMails(io)));
  const targets = targetsOf(mails ?? [], io.now());
  const position = Position.safeParse(cursor).data ?? { list: '', after: null };
  const target =
    targets.find(({ key }) => key === position.list && position.after !== null) ??
    targets.find(({ key }) => key > position.list);
  if (!target) return { items: [], next: null };
  const reached = await unlessNotGranted(
    reachedBy(io, target, target.key === position.list ? position.after : null),
  );
  const after = reached?.after ?? null;
  const isLast = after === null && target === targets.at(-1);
  return {
    items: (reached?.contacts ?? []).map((id) => plannedFor(id, target.mail)),
    next: isLast ? null : { list: target.key, after },
  };
};

function targetsOf(mails: readonly MarketingMail[], now: Date): Target[] {
  const targets = mails
    .filter((mail) => isDue(mail, now))
    .flatMap((mail): Target[] => {
      const lists = mail.to?.contactIlsLists?.include ?? [];
      const byHand = mail.to?.contactIds?.include ?? [];
      return [
        ...(byHand.length > 0 ? [{ key: `${mail.id}:`, mail, list: null }] : []),
        ...lists.map((list) => ({ key: `${mail.id}:${list}`, mail, list })),
      ];
    });
  return targets.toSorted((one, other) => (one.key < other.key ? -1 : 1));
}

function isDue({ state, publishDate }: MarketingMail, now: Date): boolean {
  const at = Date.parse(instantOf(publishDate) ?? '');
  return state === 'SCHEDULED' && at > now.getTime() && at <= now.getTime() + HORIZON_MS;
}

/** A page of those on the list who are on none that is left out. */
async function reachedBy(io: Io, { mail, list }: Target, after: string | null) {
  const leftOut = await leftOutBy(io, mail);
  const { members, next } =
    list === null
      ? { members: mail.to?.contactIds?.include ?? [], next: null }
      : await askMembers(io, list, after);
  return { contacts: members.filter((id) => !leftOut.has(id)), after: next };
}

async function askMembers(io: Io, list: string, after: string | null) {
  const { body } = await io.request(`/crm/v3/lists/${encodeURIComponent(list)}/memberships`, {
    query: { limit: PAGE_SIZE, after: after ?? undefined },
    schema: Members,
    accept: [404],
  });
  const members = body.results.map(({ recordId }) => String(recordId));
  return { members, next: body.paging?.next?.after ?? null };
}

async function leftOutBy(io: Io, { to }: MarketingMail): Promise<ReadonlySet<string>> {
  const ids = new Set(to?.contactIds?.exclude ?? []);
  for (const list of to?.contactIlsLists?.exclude ?? [])
    for (const id of await remember(io, `list ${list}`, () => allMembers(io, list))) ids.add(id);
  return ids;
}

async function allMembers(io: Io, list: string): Promise<string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof askMembers>> = await askMembers(io, list, after);
    ids.push(...page.members);
    after = page.next;
  } while (after !== null);
  return ids;
}

function plannedFor(contact: string, mail: MarketingMail): SourcePlannedTouch {
  const at = instantOf(mail.publishDate) ?? '';
  const campaign = campaignOfMail(mail);
  return {
    sourceId: `mail:${mail.id}:${contact}`,
    title: mail.subject || mail.name,
    channel: 'email',
    at,
    // Whoever is taken off the list before it goes out does not get it.
    editableUntil: at,
    person: { record: { type: 'contact', id: contact } },
    ...(campaign && { campaign }),
    cancelled: false,
  };
}
