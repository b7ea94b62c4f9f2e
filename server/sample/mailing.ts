import type { Language } from '../../utils/contract/primitives.ts';
import type { CampaignDraft } from './campaign.ts';
import { campaigns } from './campaigns.ts';
import type { TouchDraft } from './draft.ts';
import type { Random } from './random.ts';
import { DAY, MINUTE } from './working-time.ts';

const SECOND = 1000;

/** Somebody marketing may write to. */
export interface Reader {
  language: Language;
  /** Mails go out between these ages: from consent to, say, a disqualification. */
  from: number;
  until: number;
  /** 0…1. */
  engagement: number;
  /** Their mail program loads pictures by itself, so opens say nothing. */
  proxied: boolean;
}

/** What the mails of two years did, and how the reader left the list, if they did. */
export interface Mailing {
  touches: TouchDraft[];
  end?: { age: number; bounced: boolean };
}

/** All mails one reader got, oldest first, until they unsubscribe or the address bounces. */
export function makeMailing(random: Random, reader: Reader): Mailing {
  const mails = campaigns
    .filter(
      (campaign) => campaign.language === reader.language && random.chance(0.12 + 0.55 * reader.engagement),
    )
    .flatMap((campaign) => campaign.mails.map((mail) => ({ ...mail, age: mail.age * DAY, campaign })))
    .filter(({ age }) => age < reader.from && age > reader.until)
    .sort((one, other) => other.age - one.age);
  const touches: TouchDraft[] = [];
  for (const { age, subject, campaign } of mails) {
    const mail = makeMail(random, campaign, subject, age - random.between(0, 20) * MINUTE, reader);
    touches.push(...mail);
    const end = mail.find(({ kind, age }) => endings.has(kind) && age > reader.until);
    if (end) return { touches, end: { age: end.age, bounced: end.kind === 'email.bounced' } };
  }
  return { touches };
}

const endings = new Set(['email.unsubscribed', 'email.bounced', 'email.complained']);

/** One mail and what followed from it; each step happens after the one before. */
function makeMail(random: Random, campaign: CampaignDraft, subject: string, age: number, reader: Reader) {
  const touches: TouchDraft[] = [];
  let at = age;
  const add = (kind: TouchDraft['kind'], title: string, after: number, more: Partial<TouchDraft> = {}) => {
    at -= after;
    touches.push({ age: at, kind, title, campaign: campaign.key, ...more });
  };
  const { path, title } = campaign.page;

  add('email.sent', subject, 0);
  if (random.chance(0.002)) {
    add('email.bounced', subject, random.between(2, 40) * SECOND);
    return touches;
  }
  add('email.delivered', subject, random.between(1, 15) * SECOND);
  if (reader.proxied) add('email.opened', subject, random.between(1, 18) * SECOND, { machine: true });
  if (!random.chance(0.12 + 0.5 * reader.engagement)) return touches;
  add('email.opened', subject, random.between(2, 700) * MINUTE);
  if (random.chance(0.008)) {
    add(
      random.chance(0.1) ? 'email.complained' : 'email.unsubscribed',
      subject,
      random.between(4, 90) * SECOND,
    );
    return touches;
  }
  if (!random.chance(0.1 + 0.4 * reader.engagement)) return touches;
  add('email.clicked', subject, random.between(5, 120) * SECOND, { path });
  add('page.visited', title, random.between(1, 4) * SECOND, { path });
  if (campaign.asset !== undefined && random.chance(0.4)) {
    add('asset.downloaded', campaign.asset, random.between(20, 200) * SECOND, { path });
  } else if (!isNewsletter(campaign) && random.chance(0.12 * reader.engagement)) {
    add('form.submitted', campaign.form, random.between(1, 5) * MINUTE, { path });
  }
  return touches;
}

/** Its form is the sign-up, which a reader has behind them. */
const isNewsletter = ({ kind, to }: CampaignDraft) => kind === 'mail' && to === 0;
