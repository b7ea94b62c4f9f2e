import { IMPORT_FIELDS, type ImportField, type ImportKind } from '../../utils/contract/import.ts';

/**
 * What exports call their columns: HubSpot, Salesforce, Mautic, Pipedrive, Dynamics, Outlook and Google contacts,
 * CleverReach, Eventbrite, in English and German (seen in their documentation and exports, 2026-11). Spelling, spaces
 * and punctuation do not matter.
 */
const EMAIL =
  'email, e-mail, mail, email address, e-mail address, e-mail-adresse, emailadresse, mailadresse, primary email, work email, business email, email 1, e-mail 1 - value, contact email, person email, attendee email, recipient, empfänger, recipient email, email (work)';
const RECORD_ID =
  'record id, contact id, contactid, hs object id, vid, id, lead id, leadid, person id, customer id, kontakt-id, datensatz-id, kundennummer, kunden-nr, kundennr, external id, person - id';

const NAMES: Record<ImportKind, Partial<Record<ImportField, string>>> = {
  people: {
    email: EMAIL,
    recordId: RECORD_ID,
    name: 'name, full name, fullname, contact name, display name, vollständiger name, kontaktname, anzeigename, person, kontakt, ansprechpartner, attendee, teilnehmer, person - name',
    title:
      'title, job title, jobtitle, position, role, function, funktion, rolle, stelle, berufsbezeichnung, stellenbezeichnung, tätigkeit, organization 1 - title, titel der stelle',
    otherEmail:
      'email 2, email2, e-mail 2, e-mail 2 address, e-mail-adresse 2, secondary email, additional email addresses, other email, weitere e-mail, zweite e-mail, e-mail 2 - value, email (other), private e-mail',
    firstName: 'first name, firstname, given name, forename, vorname, rufname',
    lastName: 'last name, lastname, surname, family name, nachname, familienname',
    company:
      'company, company name, organization, organisation, organization name, account, account name, firma, firmenname, unternehmen, unternehmensname, arbeitgeber, employer, associated company, person - organization, organization 1 - name',
    phone:
      'phone, phone number, business phone, work phone, telephone, tel, telefon, telefonnummer, telefon geschäftlich, telefon (geschäftlich), mobile, mobile phone, mobile phone number, mobil, mobiltelefon, handy, phone 1 - value',
    country:
      'country, country/region, country code, mailing country, business country/region, land, land/region, ländercode, staat, land/region geschäftlich',
    language: 'language, preferred language, locale, sprache, bevorzugte sprache, korrespondenzsprache',
    owner:
      'owner, contact owner, lead owner, owner email, account owner, sales rep, hubspot owner, besitzer, zuständig, inhaber, verantwortlich, vertriebler, betreuer, kundenbetreuer, person - owner',
    stage:
      'lifecycle stage, lifecyclestage, stage, lead stage, phase, lifecycle-phase, lebenszyklusphase, stufe',
    sourceStatus:
      'lead status, leadstatus, hs lead status, status, lead-status, kontaktstatus, bearbeitungsstatus',
    emailConsent:
      'email consent, e-mail consent, opt in, opt-in, email opt in, newsletter, subscribed, marketing consent, einwilligung, einwilligung e-mail, e-mail-einwilligung, werbeeinwilligung, permission',
    phoneConsent: 'phone consent, call consent, einwilligung telefon, telefon-einwilligung',
    postConsent: 'post consent, postal consent, einwilligung post, post-einwilligung',
    consentSince:
      'consent date, opt in date, opt-in date, subscribed at, optin time, opt-in-datum, einwilligung am, datum der einwilligung, einwilligungsdatum, confirm time',
    consentBasis: 'consent basis, legal basis, rechtsgrundlage, opt-in type, einwilligungsart',
    doNotContact:
      'do not contact, do not call, donotcontact, gesperrt, nicht kontaktieren, werbesperre, kontaktsperre, blocked',
  },
  touchpoints: {
    email: EMAIL,
    recordId: RECORD_ID,
    kind: 'kind, type, event type, activity type, action, event, art, typ, aktivitätsart, ereignis, aktion',
    occurredAt:
      'date, time, timestamp, occurred at, activity date, event date, event time, created, created at, date created, datum, zeit, zeitpunkt, zeitstempel, wann, erstellt am, uhrzeit, date/time',
    title: 'title, subject, betreff, activity, aktivität, email subject, asset, titel, name',
    highlight: 'highlight, note, notes, comment, notiz, bemerkung, hinweis, kommentar',
    url: 'url, link, page, page url, landing page, seite, adresse der seite, clicked url',
    campaign:
      'campaign, campaign name, kampagne, kampagnenname, utm campaign, mailing, veranstaltung, event name',
    campaignKind: 'campaign type, kampagnenart, kampagnentyp',
    sourceId: 'source id, event id, activity id, ereignis-id, aktivitäts-id',
  },
  campaigns: {
    name: 'name, campaign name, campaign, kampagne, kampagnenname, name der kampagne, title, titel',
    campaignKind: 'campaign type, kampagnenart, kampagnentyp, kind, type, art, typ',
    startsAt: 'start, start date, starts at, begin, beginn, startdatum, von, from',
    endsAt: 'end, end date, ends at, ende, enddatum, bis, until, to',
    talkingPoints: 'talking points, talking point, description, beschreibung, gesprächspunkte, argumente',
  },
};

const fieldsByName: Record<ImportKind, ReadonlyMap<string, ImportField>> = {
  people: byName('people'),
  touchpoints: byName('touchpoints'),
  campaigns: byName('campaigns'),
};

/** What a column of this name usually holds; undefined: nobody knows. */
export const fieldNamed = (kind: ImportKind, name: string): ImportField | undefined =>
  fieldsByName[kind].get(plain(name));

/** What two spellings of one name have in common. */
export function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

function byName(kind: ImportKind): ReadonlyMap<string, ImportField> {
  return new Map(
    IMPORT_FIELDS[kind].flatMap((field: ImportField) =>
      [field, ...(NAMES[kind][field]?.split(',') ?? [])].map((name) => [plain(name), field] as const),
    ),
  );
}
