import type { PersonDraft } from './draft.ts';
import { espocrmLead, mauticContact } from './records.ts';
import { confirmed, emailConsent, mail, phoneConsent, planned, stage, touch } from './story.ts';
import { ALEX } from './team.ts';
import { DAY } from './working-time.ts';

const [MARA, TOBIAS] = [4, 5];

/** Handed over an hour ago and not judged yet: the lead the product is shown with. */
const katharina: PersonDraft = {
  name: 'Katharina Brandt',
  emails: ['k.brandt@hafenlogistik.example', 'katharina.brandt@hafenlogistik.example'],
  company: 'Hafenlogistik Brandt & Söhne GmbH',
  title: 'Leiterin Logistik',
  attributes: { industry: 'logistics', employees: 420, sites: 3 },
  known: { source: 'espocrm', age: 0.11 * DAY },
  phone: '+49 40 66969 142',
  country: 'DE',
  language: 'de',
  owner: ALEX,
  externalIds: [mauticContact('4711'), espocrmLead('5f1d2c3b4a5968770')],
  stages: [stage(119.7, 'inquiry', 'mautic'), stage(61.8, 'lead', 'rule'), stage(0.125, 'mql', MARA)],
  touches: [
    touch(119.9, 'event.attended', 'Nordlicht auf den Lagertagen', {
      campaign: 'messe-stuttgart',
      highlight: 'Stand zwanzig Minuten am NL-300 und fragte nach −30 °C.',
    }),
    touch(119.85, 'form.submitted', 'Messekontakt Lagertage', { campaign: 'messe-stuttgart' }),
    ...mail('messe-stuttgart', 1, 'opened'),
    ...mail('webinar-kuehl', 0, 'clicked'),
    touch(62, 'event.registered', 'Webinar: Kühlkette messen statt hoffen', {
      campaign: 'webinar-kuehl',
      path: '/de/webinare/kuehlkette',
      source: 'zoom',
    }),
    ...mail('kuehlkette', 0, 'opened'),
    touch(47.95, 'webinar.watched', 'Webinar: Kühlkette messen statt hoffen (44 von 45 Minuten)', {
      campaign: 'webinar-kuehl',
      highlight:
        'Fragte im Chat nach der Schnittstelle zum eigenen WMS: Datenblatt „WMS-Anbindung“ mitschicken.',
    }),
    ...mail('kuehlkette', 1, 'clicked'),
    touch(37.6, 'asset.downloaded', 'Zwölf Kühllager im Vergleich (PDF)', {
      campaign: 'wp-kuehllager',
      path: '/de/whitepaper/kuehllager',
    }),
    ...mail('kuehlkette', 2, 'clicked'),
    touch(1.1, 'page.visited', 'Preise und Pakete', { path: '/de/pricing' }),
    touch(0.22, 'page.visited', 'Preise und Pakete', { path: '/de/pricing' }),
    touch(0.17, 'form.submitted', 'Messmonat angefragt', {
      campaign: 'kuehlkette',
      path: '/de/kuehlkette',
      highlight: 'Will den kostenlosen Messmonat für Halle 3. Zuerst fragen, wann die Halle leer ist.',
    }),
  ],
  consents: [
    emailConsent(119.8, 'am Messestand unterschrieben'),
    phoneConsent(0.17, 'Rückruf im Formular gewünscht'),
  ],
  feedback: [],
  confirmations: [],
  planned: [planned('kuehlkette')],
};

/** Colleague of Katharina Brandt; the two are on one mail. */
const nadine: PersonDraft = {
  name: 'Nadine Koch',
  emails: ['n.koch@hafenlogistik.example'],
  company: 'Hafenlogistik Brandt & Söhne GmbH',
  title: 'IT-Leiterin',
  attributes: { industry: 'logistics', employees: 420, sites: 3 },
  known: { source: 'mautic', age: 30 * DAY },
  phone: '+49 40 66969 147',
  country: 'DE',
  language: 'de',
  owner: ALEX,
  externalIds: [mauticContact('4724')],
  stages: [stage(224.5, 'inquiry', 'mautic'), stage(30, 'lead', 'rule')],
  touches: [
    touch(224.6, 'form.submitted', 'Anmeldung zur Lagerpost', {
      campaign: 'lagerpost',
      path: '/de/lagerpost',
    }),
    ...mail('webinar-regal', 1, 'delivered'),
    ...mail('wp-kuehllager', 0, 'clicked'),
    touch(30.1, 'form.submitted', 'Whitepaper Kühllager angefordert', {
      campaign: 'wp-kuehllager',
      path: '/de/whitepaper/kuehllager',
    }),
    touch(30.05, 'asset.downloaded', 'Zwölf Kühllager im Vergleich (PDF)', {
      campaign: 'wp-kuehllager',
      path: '/de/whitepaper/kuehllager',
      highlight: 'Sucht nach Schnittstellen, nicht nach Preisen.',
    }),
    ...mail('kuehlkette', 2, 'opened'),
  ],
  consents: [emailConsent(224.6, 'double opt-in')],
  feedback: [],
  confirmations: [],
  planned: [planned('kuehlkette')],
};

/** Returned by Alex with a reason; marketing answered. */
const markus: PersonDraft = {
  name: 'Markus Ebner',
  emails: ['markus.ebner@alpenfrisch-grosshandel.example'],
  company: 'Alpenfrisch Großhandel GesmbH',
  title: 'Betriebsleiter',
  attributes: { industry: 'food', employees: 140, sites: 2 },
  known: { source: 'espocrm', age: 22.6 * DAY },
  phone: '+43 316 041 122',
  country: 'AT',
  language: 'de',
  owner: ALEX,
  externalIds: [mauticContact('3902'), espocrmLead('5f1d2c3b4a5968781')],
  stages: [
    stage(212, 'inquiry', 'mautic'),
    stage(111, 'lead', 'rule'),
    stage(23, 'mql', 'rule'),
    stage(22.6, 'recycled', ALEX, 'not-ready'),
  ],
  touches: [
    touch(212.1, 'event.registered', 'Webinar: Was ein Sensor im Regal einspart', {
      campaign: 'webinar-regal',
      path: '/de/webinare/regalsensor',
      source: 'zoom',
    }),
    ...mail('webinar-regal', 1, 'clicked'),
    touch(209.9, 'webinar.watched', 'Webinar: Was ein Sensor im Regal einspart (31 von 45 Minuten)', {
      campaign: 'webinar-regal',
    }),
    touch(111.2, 'form.submitted', 'Whitepaper Kühllager angefordert', {
      campaign: 'wp-kuehllager',
      path: '/de/whitepaper/kuehllager',
    }),
    touch(111.1, 'asset.downloaded', 'Zwölf Kühllager im Vergleich (PDF)', { campaign: 'wp-kuehllager' }),
    ...mail('kuehlkette', 0, 'opened'),
    ...mail('kuehlkette', 1, 'clicked'),
    touch(23.1, 'form.submitted', 'Demo angefragt', { path: '/de/demo' }),
    touch(22.7, 'call', 'Anruf: WMS-Umstellung läuft noch', { source: 'espocrm' }),
    ...mail('kuehlkette', 2, 'delivered'),
  ],
  consents: [emailConsent(212.1, 'double opt-in'), phoneConsent(22.7, 'am Telefon gefragt')],
  feedback: [
    {
      age: 22.6 * DAY,
      by: ALEX,
      verdict: 'returned',
      reasons: ['not-ready'],
      comment: 'Netter Kontakt, aber bis zur WMS-Umstellung im Frühjahr fasst dort niemand Sensoren an.',
      state: 'acted',
      reply: {
        age: 21.9 * DAY,
        by: TOBIAS,
        text: 'Danke, Alex! Er bekommt bis dahin nur die Lagerpost, und im März laden wir ihn zum WMS-Webinar ein.',
      },
    },
  ],
  confirmations: [],
  planned: [planned('kuehlkette')],
};

/** Wants to be left alone. */
const thomas: PersonDraft = {
  name: 'Thomas Rüegg',
  emails: ['thomas.rueegg@limmat-lagerhaus.example'],
  company: 'Limmat Lagerhaus AG',
  title: 'Geschäftsführer',
  attributes: { industry: 'logistics', employees: 34, sites: 1 },
  known: { source: 'espocrm', age: 53.9 * DAY },
  phone: '+41 44 012 34 56',
  country: 'CH',
  language: 'de',
  owner: 1,
  externalIds: [mauticContact('3388'), espocrmLead('5f1d2c3b4a5968792')],
  stages: [
    stage(376.5, 'inquiry', 'mautic'),
    stage(376.4, 'lead', 'rule'),
    stage(54.3, 'mql', MARA),
    stage(53.9, 'disqualified', 1, 'no-fit'),
  ],
  touches: [
    touch(376.8, 'event.attended', 'Nordlicht auf den Lagertagen', { campaign: 'messe-stuttgart-vorjahr' }),
    touch(376.7, 'form.submitted', 'Messekontakt Lagertage', { campaign: 'messe-stuttgart-vorjahr' }),
    ...mail('messe-stuttgart-vorjahr', 1, 'opened'),
    ...mail('telefon-foerder', 0, 'opened'),
    touch(70, 'call', 'Anruf der Telefonaktion', { campaign: 'telefon-foerder' }),
    touch(58, 'call', 'Anruf der Telefonaktion', { campaign: 'telefon-foerder' }),
    touch(54, 'call', 'Anruf: wünscht keinen Kontakt mehr', { source: 'espocrm' }),
    touch(53.95, 'email.unsubscribed', 'Bis zu 40 % Förderung für Ihr digitales Lager', {
      campaign: 'telefon-foerder',
    }),
  ],
  consents: [
    { channel: 'email', state: 'withdrawn', basis: 'Abmeldelink', source: 'mautic', age: 53.95 * DAY },
    { channel: 'phone', state: 'withdrawn', basis: 'am Telefon gesagt', source: 'espocrm', age: 54 * DAY },
  ],
  doNotContact: {
    age: 53.9 * DAY,
    reason: 'Hat am Telefon verlangt, weder angerufen noch angeschrieben zu werden',
  },
  feedback: [
    {
      age: 53.9 * DAY,
      by: 1,
      verdict: 'returned',
      reasons: ['no-fit'],
      comment: 'Drei Anrufe in drei Wochen waren zu viele, er ist verärgert. Bitte ganz in Ruhe lassen.',
      state: 'answered',
      reply: {
        age: 53.2 * DAY,
        by: MARA,
        text: 'Verstanden und gesperrt. Die Telefonaktion ruft ab jetzt höchstens einmal an.',
      },
    },
  ],
  confirmations: [],
  planned: [],
};

/** In the middle of a sale, and marketing is about to write. */
const julia: PersonDraft = {
  name: 'Julia Sommer',
  emails: ['julia.sommer@tannfeld-spedition.example'],
  company: 'Spedition Tannfeld GmbH & Co. KG',
  title: 'Projektleiterin Intralogistik',
  attributes: { industry: 'logistics', employees: 260, sites: 4 },
  known: { source: 'espocrm', age: 14 * DAY },
  phone: '+49 221 4710 318',
  country: 'DE',
  language: 'de',
  owner: ALEX,
  externalIds: [mauticContact('4105'), espocrmLead('5f1d2c3b4a59687a3')],
  stages: [
    stage(130, 'inquiry', 'mautic'),
    stage(119.4, 'lead', 'rule'),
    stage(27, 'mql', 'rule'),
    stage(26.7, 'sal', ALEX),
    stage(14, 'sql', ALEX),
  ],
  touches: [
    touch(130.2, 'ad.clicked', 'Lagersensorik: Bestände, Klima, Sicherheit', {
      campaign: 'ads-de',
      path: '/de/lagersensorik',
    }),
    touch(130.1, 'form.submitted', 'Anmeldung zur Lagerpost', {
      campaign: 'lagerpost',
      path: '/de/lagerpost',
    }),
    touch(119.6, 'event.attended', 'Nordlicht auf den Lagertagen', { campaign: 'messe-stuttgart' }),
    touch(119.5, 'form.submitted', 'Messekontakt Lagertage', { campaign: 'messe-stuttgart' }),
    ...mail('messe-stuttgart', 1, 'clicked'),
    touch(48, 'event.no_show', 'Webinar: Kühlkette messen statt hoffen', { campaign: 'webinar-kuehl' }),
    touch(27.1, 'form.submitted', 'Demo angefragt', {
      path: '/de/demo',
      highlight: 'Plant die neue Halle in Neuss; die Regale werden gerade bestellt.',
    }),
    touch(26.65, 'email.sent', 'Ihre Anfrage bei Nordlicht', { source: 'espocrm' }),
    touch(25.8, 'email.replied', 'Re: Ihre Anfrage bei Nordlicht', { source: 'espocrm' }),
    touch(14.2, 'meeting', 'Erstgespräch per Video', { source: 'espocrm' }),
    ...mail('kuehlkette', 2, 'opened'),
  ],
  consents: [emailConsent(130.1, 'double opt-in'), phoneConsent(26, 'am Telefon gefragt')],
  feedback: [
    {
      age: 26.7 * DAY,
      by: ALEX,
      verdict: 'accepted',
      comment: 'Sehr gut vorbereitet, kannte unsere Preise schon.',
      state: 'answered',
      reply: {
        age: 26.1 * DAY,
        by: MARA,
        text: 'Freut uns! Sie kam über die Lagertage, wir laden im Herbst wieder ein.',
      },
    },
  ],
  confirmations: [
    confirmed('need', 14.1, ALEX),
    confirmed('authority', 14.1, ALEX),
    confirmed('timing', 14.1, ALEX),
  ],
  planned: [
    { due: { hours: 20 }, title: 'Nur diese Woche: 15 % auf den NL-300', campaign: 'kuehlkette' },
    planned('kuehlkette'),
  ],
};

/** Left the mailing list, but still writes to sales. */
const svenja: PersonDraft = {
  name: 'Svenja Harms',
  emails: ['svenja.harms@moewenhaus-versand.example'],
  company: 'Möwenhaus Versand GmbH',
  title: 'Lagerleiterin',
  // The shop never asked how large they are.
  attributes: { industry: 'retail' },
  known: { source: 'mautic', age: 299 * DAY },
  country: 'DE',
  language: 'de',
  owner: ALEX,
  externalIds: [mauticContact('3777')],
  stages: [stage(300, 'inquiry', 'mautic'), stage(213, 'lead', 'rule')],
  touches: [
    touch(300.1, 'form.submitted', 'Anmeldung zur Lagerpost', {
      campaign: 'lagerpost',
      path: '/de/lagerpost',
    }),
    ...mail('webinar-regal', 0, 'clicked'),
    touch(213.1, 'event.registered', 'Webinar: Was ein Sensor im Regal einspart', {
      campaign: 'webinar-regal',
      source: 'zoom',
    }),
    touch(210, 'event.no_show', 'Webinar: Was ein Sensor im Regal einspart', { campaign: 'webinar-regal' }),
    ...mail('kuehlkette', 0, 'opened'),
    touch(59.6, 'email.unsubscribed', 'Wo Ihre Kühlkette nachts reißt', { campaign: 'kuehlkette' }),
  ],
  consents: [
    { channel: 'email', state: 'withdrawn', basis: 'Abmeldelink', source: 'mautic', age: 59.6 * DAY },
  ],
  feedback: [],
  confirmations: [],
  planned: [],
};

export const german: readonly PersonDraft[] = [katharina, nadine, markus, thomas, julia, svenja];
