import { z } from 'zod';
import type { SourceTouchpoint } from '../connector.ts';
import { Paging, unlessForbidden } from './answers.ts';
import { remember } from '../remember.ts';
import type { Io } from './settings.ts';

const Recipients = z
  .object({ include: z.array(z.string()).nullish(), exclude: z.array(z.string()).nullish() })
  .nullish();

/** A mail as marketing wrote it. */
const MarketingMail = z.object({
  id: z.string(),
  name: z.string(),
  subject: z.string().nullish(),
  state: z.string().nullish(),
  publishDate: z.string().nullish(),
  /** The campaign's id and name, where the mail belongs to one. */
  campaign: z.string().nullish(),
  campaignName: z.string().nullish(),
  /** Whom it goes to: numbers of lists, and of contacts. */
  to: z.object({ contactIlsLists: Recipients, contactIds: Recipients }).nullish(),
});
export type MarketingMail = z.infer<typeof MarketingMail>;
const MarketingMails = z.object({ results: z.array(MarketingMail), paging: Paging });
const PAGE_SIZE = 100;
/** Without its content, which is all but all of a mail. */
const FIELDS = ['id', 'name', 'subject', 'state', 'publishDate', 'campaign', 'campaignName', 'to'];

/** A mail as it went out, which is what events name: “email campaign”, not to be mistaken for a campaign. */
const SentMail = z.object({
  name: z.string().nullish(),
  subject: z.string().nullish(),
  contentId: z.union([z.string(), z.int()]).nullish(),
});

export interface MailKnown {
  title: string | undefined;
  campaign: NonNullable<SourceTouchpoint['campaign']> | undefined;
}

/**
 * What mails are called and which campaigns they belong to, by the id in their events. One request for each that was not
 * asked about before, and one for each hundred mails there are.
 */
export async function mailsSent(
  io: Io,
  sent: readonly { emailCampaignId: number; appId: number | undefined }[],
): Promise<ReadonlyMap<number, MailKnown>> {
  const apps = new Map(sent.map(({ emailCampaignId, appId }) => [emailCampaignId, appId]));
  const known = new Map<number, MailKnown>();
  for (const [id, appId] of apps)
    known.set(id, await remember(io, `mail ${id}`, () => readSentMail(io, id, appId)));
  return known;
}

async function readSentMail(io: Io, id: number, appId: number | undefined): Promise<MailKnown> {
  const path = `/email/public/v1/campaigns/${id}`;
  const { body } = await io.request(path, { query: { appId }, schema: SentMail, accept: [404] });
  const mail = (await marketingMails(io)).get(String(body.contentId));
  const title = body.subject || mail?.subject || body.name || mail?.name;
  const name = mail?.name || body.name || title;
  const own = name ? { sourceId: `mail:${id}`, name, kind: 'mail' as const } : undefined;
  return { title, campaign: campaignOfMail(mail) ?? own };
}

/** The campaign that marketing has put a mail into; undefined when it stands for itself. */
export const campaignOfMail = (mail: MarketingMail | undefined): MailKnown['campaign'] =>
  mail?.campaign && mail.campaignName
    ? { sourceId: mail.campaign, name: mail.campaignName, kind: 'other' }
    : undefined;

/** All marketing mails by id; empty where the key or the plan does not include them. */
const marketingMails = (io: Io): Promise<ReadonlyMap<string, MarketingMail>> =>
  remember(io, 'mails', async () => {
    const mails = (await unlessForbidden(readMarketingMails(io))) ?? [];
    return new Map(mails.map((mail) => [mail.id, mail]));
  });

/** Marketing mails without their contents. */
export async function readMarketingMails(io: Io): Promise<MarketingMail[]> {
  const mails: MarketingMail[] = [];
  let after: string | undefined;
  do {
    const query = { limit: PAGE_SIZE, after, marketingCampaignNames: true, includedProperties: FIELDS };
    const { body } = await io.request('/marketing/v3/emails', { query, schema: MarketingMails });
    mails.push(...body.results);
    after = body.paging?.next?.after;
  } while (after !== undefined);
  return mails;
}
