import type { CampaignKind } from '../../utils/contract/campaign.ts';
import type { Language } from '../../utils/contract/primitives.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import type { Channel, Direction, TouchpointKind } from '../../utils/contract/touchpoint.ts';
import type { z } from 'zod';
import { plain } from './column-names.ts';

const words = <T extends string>(entries: Record<T, string>) =>
  new Map(
    Object.entries<string>(entries).flatMap(([value, names]) =>
      [value, ...names.split(',')].map((name) => [plain(name), value as T] as const),
    ),
  );
const lookUp =
  <T>(map: ReadonlyMap<string, T>) =>
  (text: string) =>
    map.get(plain(text)) ?? null;

/** A stage by its own name or by those of widespread systems; null: none. */
export const readStage = lookUp(
  words<Stage>({
    inquiry: 'enquiry, subscriber, visitor, anfrage, interessent, abonnent',
    lead: 'new lead, raw lead, neuer lead',
    mql: 'marketing qualified lead, marketing qualified, marketingqualifiedlead, marketing-qualifizierter lead',
    sal: 'sales accepted lead, sales accepted, salesacceptedlead, vom vertrieb angenommen',
    sql: 'sales qualified lead, sales qualified, salesqualifiedlead, vertriebsqualifizierter lead, sales-qualifizierter lead',
    opportunity: 'verkaufschance, chance, deal',
    customer: 'client, kunde, bestandskunde, evangelist, won, gewonnen',
    recycled: 'nurture, nurturing, back to marketing, zurück ans marketing',
    disqualified: 'unqualified, lost, junk, disqualifiziert, verloren, ungeeignet',
  }),
);

/** A kind of touchpoint by its own name or by usual ones. */
export const readTouchpointKind = lookUp(
  words<TouchpointKind>({
    'email.sent': 'sent, mail sent, e-mail gesendet, gesendet, versendet',
    'email.delivered': 'delivered, zugestellt, mail delivered',
    'email.opened': 'opened, open, mail opened, geöffnet, e-mail geöffnet, öffnung',
    'email.clicked': 'clicked, click, klick, geklickt, e-mail geklickt, link clicked',
    'email.replied': 'replied, reply, antwort, beantwortet',
    'email.bounced': 'bounced, bounce, unzustellbar',
    'email.complained': 'complained, complaint, spam, spam report, beschwerde',
    'email.unsubscribed': 'unsubscribed, unsubscribe, abgemeldet, abmeldung',
    'form.submitted': 'form, form submission, formular, formular gesendet, submission, anfrage',
    'page.visited': 'page view, pageview, visit, website visit, besuch, seitenbesuch, webseite besucht',
    'asset.downloaded': 'download, downloaded, heruntergeladen',
    'event.registered': 'registered, registration, angemeldet, anmeldung, registrierung',
    'event.attended': 'attended, checked in, teilgenommen, anwesend, besucht',
    'event.no_show': 'no show, no-show, not attended, nicht erschienen, nicht teilgenommen',
    'ad.clicked': 'ad click, anzeige geklickt, anzeigenklick',
    'webinar.watched': 'watched, webinar, webinar gesehen',
    call: 'phone call, anruf, telefonat',
    meeting: 'termin, besprechung, treffen, demo',
    chat: 'live chat, conversation, gespräch',
    note: 'notiz, comment, kommentar',
    custom: 'other, sonstiges, andere',
  }),
);

/** A kind of campaign by its own name or by usual ones. */
export const readCampaignKind = lookUp(
  words<z.infer<typeof CampaignKind>>({
    mail: 'email, e-mail, mailing, newsletter, e-mail-kampagne',
    webinar: 'online-seminar, webcast',
    trade_fair: 'trade show, tradeshow, messe, event, veranstaltung, conference, konferenz',
    whitepaper: 'content, download, white paper, e-book, ebook',
    ads: 'ad, advertising, advertisement, anzeigen, werbung, anzeige, paid, sea',
    phone: 'telemarketing, call, telefon, telefonaktion',
    other: 'sonstige, sonstiges, andere',
  }),
);

/** Yes or no, in the words of usual exports. */
export const readYesNo = lookUp(
  words<'yes' | 'no'>({
    yes: 'y, ja, j, true, wahr, 1, x, granted, erteilt, opt-in, subscribed, opted in, confirmed, bestätigt',
    no: 'n, nein, false, falsch, 0, denied, verweigert, opt-out, unsubscribed, opted out, withdrawn, widerrufen, never subscribed',
  }),
);

/** A language by code or name; Tandem speaks two. */
export function readLanguage(text: string): Language | null {
  const known = plain(text);
  if (/^(?:de([a-z]{2})?|deutsch|german|deutschland|ger|deu)$/u.test(known)) return 'de';
  return /^(?:en([a-z]{2})?|englisch|english|eng)$/u.test(known) ? 'en' : null;
}

const countries = new Map<string, string>([
  ['usa', 'US'],
  ['uk', 'GB'],
  ['england', 'GB'],
  ['holland', 'NL'],
  ['brd', 'DE'],
]);
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
for (const language of ['en', 'de']) {
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
  for (const code of LETTERS.flatMap((first) => LETTERS.map((second) => first + second))) {
    const name = names.of(code);
    // Withdrawn codes, such as DD, have the names of their successors.
    if (name === undefined || new Intl.Locale(`und-${code}`).region !== code) continue;
    countries.set(plain(name), code).set(code.toLowerCase(), code);
  }
}

/** A country's ISO code, by code or by its English or German name. */
export const readCountry = lookUp(countries);

/** The channel and direction that a kind of touchpoint usually has. */
export function usualChannel(kind: TouchpointKind): {
  channel: z.infer<typeof Channel>;
  direction: z.infer<typeof Direction>;
} {
  const [family = ''] = kind.split('.');
  if (family === 'email') {
    const isOurs = kind === 'email.sent' || kind === 'email.delivered' || kind === 'email.bounced';
    return { channel: 'email', direction: isOurs ? 'outbound' : 'inbound' };
  }
  if (family === 'event' || family === 'webinar' || family === 'meeting')
    return { channel: 'event', direction: 'inbound' };
  if (family === 'ad') return { channel: 'ads', direction: 'inbound' };
  if (family === 'call') return { channel: 'phone', direction: 'outbound' };
  if (family === 'chat') return { channel: 'chat', direction: 'inbound' };
  if (family === 'note' || family === 'custom') return { channel: 'other', direction: 'inbound' };
  return { channel: 'web', direction: 'inbound' };
}
