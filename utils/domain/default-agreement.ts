import type { AgreementDocument } from '../contract/agreement.ts';
import type { Confirmable, Criterion, LeafCriterion } from '../contract/criterion.ts';

/*
 * What a workspace starts with, until its teams agree on something else. The stages follow the demand
 * waterfall's words; the reasons keep apart what marketing can nurture again and what is to be dropped, and
 * there is none that nobody can act on; four working hours after a request to talk and one working day
 * otherwise are common practice in B2B (all read in November 2026). Everything here is meant to be changed.
 */

/** The default agreement, good for a year from `now`. */
export function defaultAgreement(now: Date): AgreementDocument {
  return {
    glossary,
    profile: {
      definition: {
        en: 'Companies of our industries and countries that are large enough to need us, and people there who decide.',
        de: 'Unternehmen unserer Branchen und Länder, die groß genug sind, uns zu brauchen, und dort Menschen, die entscheiden.',
      },
      criteria: [
        { weight: 3, criterion: decides },
        { weight: 3, criterion: largeEnough },
        { weight: 2, criterion: industry },
        { weight: 2, criterion: country },
      ],
    },
    stages,
    reasons,
    returnNeedsReason: false,
    engagement: {
      halfLifeDays: 14,
      points: [
        { kinds: ['form.submitted'], points: 20 },
        { kinds: ['event.attended', 'webinar.watched', 'meeting', 'email.replied'], points: 15 },
        { kinds: ['asset.downloaded', 'chat', 'event.registered'], points: 8 },
        { kinds: ['email.clicked', 'ad.clicked'], points: 4 },
        { kinds: ['page.visited'], points: 2 },
        { kinds: ['email.opened'], points: 1 },
      ],
    },
    tiers: [0.5, 0.25, 0.1],
    calendars: [
      {
        id: 'office',
        label: { en: 'Office hours, Germany', de: 'Bürozeiten, Deutschland' },
        timeZone: 'Europe/Berlin',
        hours: {
          monday: [{ from: '09:00', to: '17:00' }],
          tuesday: [{ from: '09:00', to: '17:00' }],
          wednesday: [{ from: '09:00', to: '17:00' }],
          thursday: [{ from: '09:00', to: '17:00' }],
          friday: [{ from: '09:00', to: '17:00' }],
        },
        holidays: { country: 'DE' },
        closed: [],
      },
    ],
    sla: {
      rules: [
        {
          id: 'asked-to-talk',
          label: { en: 'Asked to talk to us', de: 'Hat um ein Gespräch gebeten' },
          when: askedToTalk,
          calendar: 'office',
          assignWithin: 30,
          respondWithin: 4 * 60,
        },
        {
          id: 'standard',
          label: { en: 'Every other hand-over', de: 'Jede andere Übergabe' },
          calendar: 'office',
          assignWithin: 2 * 60,
          respondWithin: 8 * 60,
        },
      ],
      escalation: [
        { after: 0, to: 'owner' },
        { after: 4 * 60, to: 'manager' },
        { after: 8 * 60, to: 'reassign' },
      ],
      pauseReasons: [
        {
          id: 'waiting-for-customer',
          label: { en: 'They asked us to wait', de: 'Es wurde um Aufschub gebeten' },
        },
        { id: 'absent', label: { en: 'They are away', de: 'Die Person ist abwesend' } },
      ],
      longestPauseDays: 14,
      answerWithin: 16 * 60,
      answerCalendar: 'office',
    },
    targets: [
      {
        id: 'acceptance',
        label: {
          en: 'Leads handed over that sales accepts',
          de: 'Übergebene Leads, die der Vertrieb annimmt',
        },
        team: 'marketing',
        figure: 'acceptance-rate',
        comparison: 'at-least',
        value: 70,
        unit: 'percent',
      },
      {
        id: 'answers',
        label: {
          en: 'Feedback answered within two working days',
          de: 'Rückmeldungen, binnen zwei Arbeitstagen beantwortet',
        },
        team: 'marketing',
        figure: 'feedback-answered-in-time',
        comparison: 'at-least',
        value: 90,
        unit: 'percent',
      },
      {
        id: 'follow-up',
        label: { en: 'Hand-overs followed up in time', de: 'Übergaben, rechtzeitig nachgefasst' },
        team: 'sales',
        figure: 'responded-in-time',
        comparison: 'at-least',
        value: 90,
        unit: 'percent',
      },
      {
        id: 'reasons',
        label: { en: 'Returns that say why', de: 'Rückgaben mit Begründung' },
        team: 'sales',
        figure: 'reasons-given',
        comparison: 'at-least',
        value: 95,
        unit: 'percent',
      },
    ],
    reports: { minimumCases: 5 },
    expiry: { fields: 365, confirmations: 90, engagement: 14, reports: 31 },
    validUntil: new Date(now.getTime() + YEAR).toISOString(),
  };
}

const YEAR = 365 * 24 * 60 * 60_000;

const decides: LeafCriterion = {
  type: 'attribute',
  id: 'decides',
  label: { en: 'Has a say in buying', de: 'Entscheidet beim Kauf mit' },
  attribute: 'title',
  test: {
    matches: [
      '*director*',
      '*head*',
      '*manager*',
      '*chief*',
      '*officer*',
      '*president*',
      '*owner*',
      '*founder*',
      'cto',
      'ceo',
      'coo',
      'cfo',
      '*leiter*',
      '*leitung*',
      '*geschäftsführ*',
      '*vorstand*',
      '*inhaber*',
      '*prokurist*',
      '*einkauf*',
    ],
  },
};

const largeEnough: LeafCriterion = {
  type: 'attribute',
  id: 'large-enough',
  label: { en: 'At least 50 employees', de: 'Mindestens 50 Beschäftigte' },
  attribute: 'employees',
  test: { range: { min: 50 } },
};

const industry: LeafCriterion = {
  type: 'attribute',
  id: 'industry',
  label: {
    en: 'Logistics, trade, food or manufacturing',
    de: 'Logistik, Handel, Lebensmittel oder Industrie',
  },
  attribute: 'industry',
  test: { in: ['logistics', 'wholesale', 'retail', 'food', 'pharma', 'manufacturing', 'automotive'] },
};

const country: LeafCriterion = {
  type: 'attribute',
  id: 'country',
  label: { en: 'In a country we sell in', de: 'In einem Land, in dem wir verkaufen' },
  attribute: 'country',
  test: { in: ['DE', 'AT', 'CH', 'NL', 'BE', 'LU', 'GB'] },
};

const askedToTalk: LeafCriterion = {
  type: 'touchpoint',
  id: 'asked-to-talk',
  label: {
    en: 'Asked for a demo, an offer or a call in the last 30 days',
    de: 'Hat in den letzten 30 Tagen Demo, Angebot oder Rückruf erbeten',
  },
  kinds: ['form.submitted'],
  titles: [
    '*demo*',
    '*offer*',
    '*quote*',
    '*call-back*',
    '*callback*',
    '*pilot*',
    '*trial*',
    '*angebot*',
    '*rückruf*',
    '*termin*',
    '*testmonat*',
    '*messmonat*',
  ],
  count: 1,
  withinDays: 30,
};

const cameAlong: LeafCriterion = {
  type: 'touchpoint',
  id: 'came-along',
  label: {
    en: 'Came to an event or watched a webinar in the last 60 days',
    de: 'War in den letzten 60 Tagen bei einer Veranstaltung oder im Webinar',
  },
  kinds: ['event.attended', 'webinar.watched'],
  count: 1,
  withinDays: 60,
};

const reads: LeafCriterion = {
  type: 'touchpoint',
  id: 'reads',
  label: {
    en: 'Five clicks, visits or downloads in the last 30 days',
    de: 'Fünf Klicks, Besuche oder Downloads in den letzten 30 Tagen',
  },
  kinds: ['email.clicked', 'page.visited', 'asset.downloaded', 'ad.clicked'],
  count: 5,
  withinDays: 30,
};

const gotInTouch: LeafCriterion = {
  type: 'touchpoint',
  id: 'got-in-touch',
  label: { en: 'Left their details with us', de: 'Hat uns die eigenen Daten gegeben' },
  kinds: ['form.submitted', 'event.attended', 'event.registered', 'chat', 'email.replied'],
  count: 1,
};

const hasEmail: LeafCriterion = {
  type: 'attribute',
  id: 'has-email',
  label: { en: 'Can be reached by e-mail', de: 'Ist per E-Mail erreichbar' },
  attribute: 'email',
  test: { exists: true },
};

const confirmed = (subject: Confirmable, en: string, de: string): Criterion => ({
  type: 'confirmation',
  id: subject,
  label: { en, de },
  subject,
});

const stages: AgreementDocument['stages'] = [
  {
    stage: 'inquiry',
    label: { en: 'Inquiry', de: 'Anfrage' },
    definition: {
      en: 'Somebody got in touch; nobody has looked at whether it fits.',
      de: 'Jemand hat sich gemeldet; ob es passt, hat noch niemand geprüft.',
    },
    movers: ['marketing', 'system'],
  },
  {
    stage: 'lead',
    label: { en: 'Lead', de: 'Lead' },
    definition: {
      en: 'We know who it is and may stay in touch, but the interest is not proven yet.',
      de: 'Wir wissen, wer es ist, und dürfen in Kontakt bleiben; das Interesse ist noch nicht belegt.',
    },
    criteria: { type: 'all', of: [hasEmail, gotInTouch] },
    movers: ['marketing', 'rule', 'system'],
  },
  {
    stage: 'mql',
    label: { en: 'Marketing qualified (MQL)', de: 'Marketing-qualifiziert (MQL)' },
    definition: {
      en: 'Company and role fit, and recent behaviour shows interest: marketing asks sales to take over.',
      de: 'Unternehmen und Rolle passen, das jüngste Verhalten zeigt Interesse: Marketing bittet den Vertrieb zu übernehmen.',
    },
    criteria: {
      type: 'all',
      of: [decides, largeEnough, { type: 'any', of: [askedToTalk, { type: 'all', of: [cameAlong, reads] }] }],
    },
    movers: ['marketing', 'rule', 'system'],
  },
  {
    stage: 'sal',
    label: { en: 'Sales accepted (SAL)', de: 'Vom Vertrieb angenommen (SAL)' },
    definition: {
      en: 'Sales has promised to work on this lead; a commitment, not yet a judgement.',
      de: 'Der Vertrieb hat zugesagt, diesen Lead zu bearbeiten; eine Zusage, noch kein Urteil.',
    },
    movers: ['sales', 'system'],
  },
  {
    stage: 'sql',
    label: { en: 'Sales qualified (SQL)', de: 'Vertriebsqualifiziert (SQL)' },
    definition: {
      en: 'Sales has spoken with them and confirmed three of budget, authority, need and timing.',
      de: 'Der Vertrieb hat gesprochen und drei von Budget, Befugnis, Bedarf und Zeitpunkt bestätigt.',
    },
    criteria: {
      type: 'at-least',
      count: 3,
      of: [
        confirmed('budget', 'There is money for it', 'Geld dafür ist da'),
        confirmed('authority', 'We talk to who decides', 'Wir sprechen mit denen, die entscheiden'),
        confirmed('need', 'They need what we do', 'Der Bedarf besteht'),
        confirmed('timing', 'They want it within a year', 'Es soll binnen eines Jahres geschehen'),
      ],
    },
    movers: ['sales', 'system'],
  },
  {
    stage: 'opportunity',
    label: { en: 'Opportunity', de: 'Verkaufschance' },
    definition: {
      en: 'There is a concrete deal with a value and a date in the pipeline.',
      de: 'Es gibt ein konkretes Geschäft mit Wert und Termin in der Pipeline.',
    },
    movers: ['sales', 'system'],
  },
  {
    stage: 'customer',
    label: { en: 'Customer', de: 'Kunde' },
    definition: { en: 'They have bought.', de: 'Es wurde gekauft.' },
    movers: ['sales', 'system'],
  },
  {
    stage: 'recycled',
    label: { en: 'Back to marketing', de: 'Zurück ans Marketing' },
    definition: {
      en: 'Not now: marketing keeps in touch until the time is right.',
      de: 'Nicht jetzt: Marketing bleibt in Kontakt, bis die Zeit reif ist.',
    },
    movers: ['marketing', 'sales', 'system'],
  },
  {
    stage: 'disqualified',
    label: { en: 'Disqualified', de: 'Ausgeschieden' },
    definition: {
      en: 'Not a possible customer: nobody works on this any more.',
      de: 'Kommt als Kunde nicht in Frage: Niemand arbeitet weiter daran.',
    },
    movers: ['marketing', 'sales', 'system'],
  },
];

const reasons: AgreementDocument['reasons'] = [
  {
    id: 'no-budget',
    label: { en: 'No budget', de: 'Kein Budget' },
    team: 'marketing',
    outcome: 'recycle',
  },
  {
    id: 'not-ready',
    label: { en: 'Not ready yet', de: 'Noch nicht so weit' },
    team: 'marketing',
    outcome: 'recycle',
  },
  {
    id: 'no-need',
    label: { en: 'No interest or need', de: 'Kein Interesse oder Bedarf' },
    team: 'marketing',
    outcome: 'recycle',
  },
  {
    id: 'no-decision-maker',
    label: { en: 'Does not decide', de: 'Entscheidet nicht' },
    team: 'marketing',
    outcome: 'recycle',
  },
  {
    id: 'unreachable',
    label: { en: 'Cannot be reached', de: 'Nicht erreichbar' },
    team: 'sales',
    outcome: 'recycle',
  },
  {
    id: 'wrong-data',
    label: { en: 'Wrong data', de: 'Falsche Daten' },
    team: 'marketing',
    outcome: 'recycle',
  },
  {
    id: 'no-fit',
    label: { en: 'Does not fit us', de: 'Passt nicht zu uns' },
    team: 'marketing',
    outcome: 'remove',
  },
  {
    id: 'competitor',
    label: { en: 'Competitor or partner', de: 'Wettbewerber oder Partner' },
    team: 'marketing',
    outcome: 'remove',
  },
  {
    id: 'junk',
    label: { en: 'Spam, student, selling to us', de: 'Spam, Studierende, will uns etwas verkaufen' },
    team: 'marketing',
    outcome: 'remove',
  },
];

const glossary: AgreementDocument['glossary'] = [
  {
    id: 'touchpoint',
    term: { en: 'Touchpoint', de: 'Kontaktpunkt' },
    definition: {
      en: 'One thing that happened between us and a person: a mail sent, a click, a visit, a call.',
      de: 'Ein Ereignis zwischen uns und einer Person: eine gesendete Mail, ein Klick, ein Besuch, ein Anruf.',
    },
  },
  {
    id: 'hand-over',
    term: { en: 'Hand-over', de: 'Übergabe' },
    definition: {
      en: 'Marketing asks sales to take a lead; from then on the follow-up clock runs.',
      de: 'Marketing bittet den Vertrieb, einen Lead zu übernehmen; von da an läuft die Uhr.',
    },
  },
  {
    id: 'follow-up',
    term: { en: 'Follow-up', de: 'Nachfassen' },
    definition: {
      en: 'The first mail, call or meeting of sales with the lead after the hand-over.',
      de: 'Die erste Mail, der erste Anruf oder Termin des Vertriebs mit dem Lead nach der Übergabe.',
    },
  },
  {
    id: 'accept',
    term: { en: 'Accept', de: 'Annehmen' },
    definition: {
      en: 'Sales promises to work on a lead.',
      de: 'Der Vertrieb sagt zu, einen Lead zu bearbeiten.',
    },
  },
  {
    id: 'return',
    term: { en: 'Return', de: 'Zurückgeben' },
    definition: {
      en: 'Sales gives a lead back and says why, so that marketing can act on it.',
      de: 'Der Vertrieb gibt einen Lead zurück und sagt warum, damit Marketing handeln kann.',
    },
  },
  {
    id: 'fit',
    term: { en: 'Fit', de: 'Passung' },
    definition: {
      en: 'How well company and role match the customers we want.',
      de: 'Wie gut Unternehmen und Rolle zu den Kunden passen, die wir wollen.',
    },
  },
  {
    id: 'engagement',
    term: { en: 'Engagement', de: 'Interesse' },
    definition: {
      en: 'How much interest recent behaviour shows; it halves every two weeks, and machines do not count.',
      de: 'Wie viel Interesse das jüngste Verhalten zeigt; es halbiert sich alle zwei Wochen, Automaten zählen nicht.',
    },
  },
];
