import type { PersonDraft } from './draft.ts';
import { espocrmLead, mauticContact } from './records.ts';
import { confirmed, emailConsent, mail, phoneConsent, planned, stage, touch } from './story.ts';
import { ALEX } from './team.ts';
import { DAY } from './working-time.ts';

const PRIYA = 6;

/** Handed over yesterday, and nobody has followed up: the promise is broken. */
const daniel: PersonDraft = {
  name: 'Daniel Hughes',
  emails: ['daniel.hughes@thameside-fulfilment.example'],
  company: 'Thameside Fulfilment Ltd',
  title: 'Operations Director',
  attributes: { industry: 'logistics', employees: 180, sites: 2 },
  known: { source: 'espocrm', age: 1.2 * DAY },
  phone: '+44 20 7946 0418',
  country: 'GB',
  language: 'en',
  owner: ALEX,
  externalIds: [mauticContact('4650'), espocrmLead('5f1d2c3b4a59687b4')],
  stages: [stage(89.6, 'inquiry', 'mautic'), stage(89.5, 'lead', 'rule'), stage(1.1, 'mql', 'rule')],
  touches: [
    touch(89.9, 'event.attended', 'Nordlicht at Warehouse Week', { campaign: 'fair-london' }),
    touch(89.8, 'form.submitted', 'Fair contact: Warehouse Week', { campaign: 'fair-london' }),
    ...mail('fair-london', 1, 'clicked'),
    ...mail('retrofit', 0, 'clicked'),
    touch(40, 'event.registered', 'Webinar: Picking errors under 0.1 %', {
      campaign: 'webinar-picking',
      source: 'zoom',
    }),
    touch(32.95, 'webinar.watched', 'Webinar: Picking errors under 0.1 % (40 of 45 minutes)', {
      campaign: 'webinar-picking',
      highlight: 'Asked about mixed-case picking. The Millbrook story fits.',
    }),
    ...mail('retrofit', 1, 'opened'),
    ...mail('retrofit', 2, 'clicked'),
    touch(1.6, 'page.visited', 'Prices and packages', { path: '/en/pricing' }),
    touch(1.2, 'form.submitted', 'Pilot aisle requested', {
      campaign: 'retrofit',
      path: '/en/retrofit',
      highlight: 'Wants the pilot in Dartford before the peak season: ask for the go-live date first.',
    }),
  ],
  consents: [emailConsent(89.8, 'signed at the stand'), phoneConsent(1.2, 'call-back ticked in the form')],
  feedback: [],
  confirmations: [],
  planned: [planned('retrofit')],
};

/** Accepted by Alex last week. */
const sanne: PersonDraft = {
  name: 'Sanne Bakker',
  emails: ['s.bakker@polderfresh.example'],
  company: 'Polderfresh B.V.',
  title: 'Warehouse Manager',
  attributes: { industry: 'food', employees: 95, sites: 1 },
  known: { source: 'espocrm', age: 6.2 * DAY },
  phone: '+31 20 012 3456',
  country: 'NL',
  language: 'en',
  owner: ALEX,
  externalIds: [mauticContact('4218'), espocrmLead('5f1d2c3b4a59687c5')],
  stages: [
    stage(169.5, 'inquiry', 'mautic'),
    stage(169.4, 'lead', 'rule'),
    stage(6.5, 'mql', 'rule'),
    stage(6.2, 'sal', ALEX),
  ],
  touches: [
    touch(169.9, 'event.attended', 'Nordlicht in Utrecht', { campaign: 'fair-utrecht' }),
    touch(169.8, 'form.submitted', 'Fair contact: Utrecht', { campaign: 'fair-utrecht' }),
    ...mail('fair-utrecht', 1, 'opened'),
    ...mail('wp-business-case', 0, 'clicked'),
    touch(129.7, 'asset.downloaded', 'The business case for shelf sensors (PDF)', {
      campaign: 'wp-business-case',
    }),
    ...mail('retrofit', 2, 'opened'),
    touch(6.7, 'form.submitted', 'Demo requested', {
      path: '/en/demo',
      highlight: 'Has the spreadsheet filled in already: ask to see her figures.',
    }),
    touch(6.15, 'email.sent', 'Your enquiry at Nordlicht', { source: 'espocrm' }),
    touch(5.6, 'email.replied', 'Re: Your enquiry at Nordlicht', { source: 'espocrm' }),
  ],
  consents: [emailConsent(169.8, 'signed at the stand')],
  feedback: [
    {
      age: 6.2 * DAY,
      by: ALEX,
      verdict: 'accepted',
      comment: 'More of these, please.',
      state: 'answered',
      reply: {
        age: 5.1 * DAY,
        by: PRIYA,
        text: 'Glad to hear it. Two colleagues of hers read the same paper, watch out for them.',
      },
    },
    {
      age: 5.6 * DAY,
      by: ALEX,
      verdict: 'praise',
      campaign: 'wp-business-case',
      comment: 'The spreadsheet did half the selling.',
      state: 'acted',
      reply: { age: 5 * DAY, by: PRIYA, text: 'A version in pounds is coming next month.' },
    },
  ],
  confirmations: [confirmed('need', 5.5, ALEX)],
  planned: [planned('retrofit')],
};

/** Bought last year; marketing keeps them warm. */
const claire: PersonDraft = {
  name: 'Claire Donnelly',
  emails: ['claire.donnelly@kestrel-cold-store.example'],
  company: 'Kestrel Cold Store plc',
  title: 'Supply Chain Director',
  attributes: { industry: 'food', employees: 640, sites: 5 },
  known: { source: 'espocrm', age: 89.7 * DAY },
  phone: '+44 161 496 0227',
  country: 'GB',
  language: 'en',
  owner: ALEX,
  externalIds: [mauticContact('2215'), espocrmLead('5f1d2c3b4a59687d6')],
  stages: [
    stage(349.6, 'inquiry', 'mautic'),
    stage(349.5, 'lead', 'rule'),
    stage(295.6, 'mql', PRIYA),
    stage(295.4, 'sal', ALEX),
    stage(284, 'sql', ALEX),
    stage(270, 'opportunity', ALEX),
    stage(231, 'customer', ALEX),
  ],
  touches: [
    touch(349.9, 'event.attended', 'Nordlicht at Warehouse Week', { campaign: 'fair-london-last-year' }),
    touch(349.8, 'form.submitted', 'Fair contact: Warehouse Week', { campaign: 'fair-london-last-year' }),
    ...mail('fair-london-last-year', 1, 'clicked'),
    ...mail('peak-season', 0, 'clicked'),
    touch(296.2, 'form.submitted', 'Peak-season check booked', {
      campaign: 'peak-season',
      path: '/en/peak-season',
    }),
    touch(295.2, 'call', 'Call: two cold stores, 8,000 pallets', { source: 'espocrm' }),
    touch(284.2, 'meeting', 'First meeting by video', { source: 'espocrm' }),
    touch(270.2, 'meeting', 'Warehouse walk-through in Salford', { source: 'espocrm' }),
    touch(269.8, 'email.sent', 'Our offer for your warehouse', { source: 'espocrm' }),
    touch(231.1, 'note', 'Contract signed', { source: 'espocrm' }),
    ...mail('fair-london', 0, 'clicked'),
    touch(89.7, 'event.attended', 'Nordlicht at Warehouse Week', {
      campaign: 'fair-london',
      highlight: 'Brought a colleague from the Leeds site: a second order is thinkable.',
    }),
  ],
  consents: [emailConsent(349.8, 'signed at the stand'), phoneConsent(295.2, 'asked on the phone')],
  feedback: [
    {
      age: 295.4 * DAY,
      by: ALEX,
      verdict: 'accepted',
      comment: 'Meeting booked for next week.',
      state: 'seen',
    },
  ],
  confirmations: [
    confirmed('need', 284.1, ALEX),
    confirmed('budget', 284.1, ALEX),
    confirmed('authority', 284.1, ALEX),
  ],
  planned: [],
};

/** About to decide. */
const pieter: PersonDraft = {
  name: 'Pieter Vermeulen',
  emails: ['pieter.vermeulen@noordkaai-distribution.example'],
  company: 'Noordkaai Distribution NV',
  title: 'Managing Director',
  attributes: { industry: 'logistics', employees: 75, sites: 1 },
  known: { source: 'espocrm', age: 31 * DAY },
  phone: '+32 3 012 34 56',
  country: 'BE',
  language: 'en',
  owner: 2,
  externalIds: [mauticContact('3120'), espocrmLead('5f1d2c3b4a59687e7')],
  stages: [
    stage(255, 'inquiry', 'mautic'),
    stage(169.3, 'lead', 'rule'),
    stage(60, 'mql', PRIYA),
    stage(59.2, 'sal', 2),
    stage(48, 'sql', 2),
    stage(31, 'opportunity', 2),
  ],
  touches: [
    touch(255.2, 'event.registered', 'Webinar: Sensors meet your WMS', {
      campaign: 'webinar-wms',
      source: 'zoom',
    }),
    touch(249.9, 'webinar.watched', 'Webinar: Sensors meet your WMS (45 of 45 minutes)', {
      campaign: 'webinar-wms',
    }),
    touch(169.9, 'event.attended', 'Nordlicht in Utrecht', { campaign: 'fair-utrecht' }),
    touch(169.8, 'form.submitted', 'Fair contact: Utrecht', { campaign: 'fair-utrecht' }),
    ...mail('wp-business-case', 0, 'clicked'),
    touch(60.3, 'form.submitted', 'Demo requested', { path: '/en/demo' }),
    touch(59, 'call', 'Call: needs discussed', { source: 'espocrm' }),
    touch(48.1, 'meeting', 'First meeting by video', { source: 'espocrm' }),
    ...mail('retrofit', 0, 'opened'),
    touch(31.1, 'meeting', 'Warehouse walk-through in Antwerp', { source: 'espocrm' }),
    touch(30.8, 'email.sent', 'Our offer for your warehouse', { source: 'espocrm' }),
  ],
  consents: [emailConsent(255.2, 'double opt-in')],
  feedback: [{ age: 59.2 * DAY, by: 2, verdict: 'accepted', state: 'seen' }],
  confirmations: [
    confirmed('need', 48.1, 2),
    confirmed('budget', 48.1, 2),
    confirmed('authority', 48.1, 2),
    confirmed('timing', 31.1, 2),
  ],
  planned: [planned('retrofit')],
};

/** Returned last winter, nurtured since, and handed over again; time is running out. */
const oliver: PersonDraft = {
  name: 'Oliver Whitfield',
  emails: ['oliver.whitfield@penrose-parcels.example'],
  company: 'Penrose Parcels Ltd',
  title: 'Procurement Manager',
  attributes: { industry: 'logistics', employees: 310, sites: 6 },
  known: { source: 'espocrm', age: 0.5 * DAY },
  phone: '+44 1632 960415',
  country: 'GB',
  language: 'en',
  owner: ALEX,
  externalIds: [mauticContact('2890'), espocrmLead('5f1d2c3b4a59687f8')],
  stages: [
    stage(294, 'inquiry', 'mautic'),
    stage(271, 'lead', 'rule'),
    stage(248, 'mql', 'rule'),
    stage(247.5, 'recycled', ALEX, 'no-budget'),
    stage(0.43, 'mql', 'rule'),
  ],
  touches: [
    touch(294.2, 'form.submitted', 'Warehouse Letter sign-up', {
      campaign: 'warehouse-letter',
      path: '/en/letter',
    }),
    ...mail('peak-season', 2, 'clicked'),
    touch(271.5, 'form.submitted', 'Peak-season check booked', {
      campaign: 'peak-season',
      path: '/en/peak-season',
    }),
    touch(249.9, 'webinar.watched', 'Webinar: Sensors meet your WMS (38 of 45 minutes)', {
      campaign: 'webinar-wms',
    }),
    touch(248.2, 'form.submitted', 'Demo requested', { path: '/en/demo' }),
    touch(247.6, 'call', 'Call: no budget before April', { source: 'espocrm' }),
    ...mail('wp-business-case', 0, 'clicked'),
    ...mail('retrofit', 1, 'clicked'),
    touch(0.5, 'form.submitted', 'Demo requested', {
      path: '/en/demo',
      highlight: 'The budget you were missing is there: he ticked “approved” in the form.',
    }),
  ],
  consents: [emailConsent(294.2, 'double opt-in'), phoneConsent(247.6, 'asked on the phone')],
  feedback: [
    {
      age: 247.5 * DAY,
      by: ALEX,
      verdict: 'returned',
      reasons: ['no-budget'],
      comment: 'Wants it, but nothing is approved before April.',
      state: 'acted',
      reply: {
        age: 246.8 * DAY,
        by: PRIYA,
        text: 'Parked in the budget-season track. You get him back when the money is there.',
      },
    },
  ],
  confirmations: [{ subject: 'budget', confirmed: false, age: 247.6 * DAY, by: ALEX }],
  planned: [planned('retrofit')],
};

/** A competitor who asks a lot of questions. */
const jean: PersonDraft = {
  name: 'Jean Reuter',
  emails: ['jean.reuter@alzette-sensorics.example'],
  company: 'Alzette Sensorics S.A.',
  title: 'Product Manager',
  attributes: { industry: 'electronics', employees: 60 },
  known: { source: 'espocrm', age: 42.2 * DAY },
  country: 'LU',
  language: 'en',
  owner: 2,
  externalIds: [mauticContact('3555'), espocrmLead('5f1d2c3b4a5968809')],
  stages: [
    stage(128, 'inquiry', 'mautic'),
    stage(127.9, 'lead', 'rule'),
    stage(42.6, 'mql', 'rule'),
    stage(42.2, 'disqualified', 2, 'competitor'),
  ],
  touches: [
    touch(128.2, 'ad.clicked', 'Warehouse sensors: stock, climate, safety', {
      campaign: 'ads-en',
      path: '/en/warehouse-sensors',
    }),
    touch(128.1, 'form.submitted', 'White paper requested: business case', {
      campaign: 'wp-business-case',
      path: '/en/papers/business-case',
    }),
    touch(128.05, 'asset.downloaded', 'The business case for shelf sensors (PDF)', {
      campaign: 'wp-business-case',
    }),
    ...mail('retrofit', 0, 'clicked'),
    touch(43.5, 'page.visited', 'Prices and packages', { path: '/en/pricing' }),
    touch(42.7, 'form.submitted', 'Demo requested', { path: '/en/demo' }),
    touch(42.3, 'call', 'Call: asks only about the radio chip', { source: 'espocrm' }),
  ],
  consents: [emailConsent(128.1, 'double opt-in')],
  feedback: [
    {
      age: 42.2 * DAY,
      by: 2,
      verdict: 'returned',
      reasons: ['competitor'],
      comment: 'Works for a competitor.',
      state: 'acted',
      reply: { age: 41.5 * DAY, by: PRIYA, text: 'Domain excluded from now on, thanks.' },
    },
  ],
  confirmations: [],
  planned: [],
};

export const english: readonly PersonDraft[] = [daniel, sanne, claire, pieter, oliver, jean];
