import type { Language } from '../../utils/contract/primitives.ts';

/** What reps write when they return a lead, and what marketing answers, per reason of the agreement. */
export interface Opinion {
  comment: string;
  reply: string;
}

export const returnOpinions: Record<Language, Record<string, readonly Opinion[]>> = {
  de: {
    'no-budget': [
      {
        comment: 'Budget erst im nächsten Geschäftsjahr, will dann aber mindestens zwei Hallen ausrüsten.',
        reply:
          'Danke. Wir nehmen ihn in die Reihe „Budgetplanung“ und melden uns zwei Monate vorher bei dir.',
      },
      {
        comment: 'Investitionsstopp bis Herbst.',
        reply: 'Verstanden, wir schicken bis dahin nur die Lagerpost.',
      },
    ],
    'not-ready': [
      {
        comment:
          'Sammelt nur Informationen für eine Studienarbeit der Geschäftsleitung, Entscheidung frühestens in sechs Monaten.',
        reply: 'Guter Hinweis: Downloads allein zählen ab jetzt weniger für den MQL.',
      },
      {
        comment: 'WMS-Umstellung läuft, vorher fasst dort niemand Sensoren an.',
        reply: 'Wir merken uns die Umstellung und fragen im Frühjahr nach.',
      },
    ],
    'no-need': [
      {
        comment: 'Hat erst im Sommer Sensoren eines anderen Herstellers eingebaut.',
        reply: 'Danke, wir fragen zum Ende der Garantie wieder nach.',
      },
    ],
    'no-decision-maker': [
      {
        comment: 'Schichtleiter, sehr nett, entscheidet aber nicht. Bitte die Logistikleitung ansprechen.',
        reply: 'Wir laden die Logistikleitung zum nächsten Webinar ein und geben dir Bescheid.',
      },
    ],
    unreachable: [
      {
        comment: 'Drei Versuche zu verschiedenen Zeiten, niemand nimmt ab.',
        reply: 'Wir fragen per Mail nach einem Termin, dann bekommst du ihn mit Uhrzeit zurück.',
      },
    ],
    'wrong-data': [
      {
        comment: 'Die Nummer gehört zu einer Arztpraxis.',
        reply: 'Danke, Nummer gelöscht. Das Formular prüft jetzt die Ländervorwahl.',
      },
    ],
    'no-fit': [
      {
        comment: 'Lager mit 80 m², das lohnt sich für beide Seiten nicht.',
        reply: 'Stimmt. Wir fragen im Formular jetzt nach der Lagerfläche.',
      },
    ],
    competitor: [
      {
        comment: 'Produktmanager bei einem Mitbewerber.',
        reply: 'Die Domain ist jetzt ausgeschlossen, danke.',
      },
    ],
    junk: [
      {
        comment: 'Fantasiename, niemand dort kennt die Person.',
        reply: 'Gelöscht; das Formular hat jetzt einen Bot-Schutz.',
      },
    ],
  },
  en: {
    'no-budget': [
      {
        comment: 'No money before the next fiscal year, but then for two halls at least.',
        reply: 'Thanks. They go into the budget-season track and you will hear from us two months ahead.',
      },
    ],
    'not-ready': [
      {
        comment: 'Just collecting material for a board paper. Nothing will be decided for six months.',
        reply: 'Useful: downloads alone now count less towards an MQL.',
      },
      { comment: 'They are moving sites first.', reply: 'Noted the move, we will ask again in spring.' },
    ],
    'no-need': [
      {
        comment: 'Fitted sensors of another make in summer.',
        reply: 'Thanks, we will ask again when the warranty ends.',
      },
    ],
    'no-decision-maker': [
      {
        comment: 'Shift supervisor, keen, but the decision sits with group operations.',
        reply: 'We will invite group operations to the next webinar and let you know.',
      },
    ],
    unreachable: [
      {
        comment: 'Three attempts at different times of day, voicemail every time.',
        reply: 'We will ask by mail for a slot and return them to you with a time.',
      },
    ],
    'wrong-data': [
      {
        comment: 'The number is somebody else’s.',
        reply: 'Removed, thanks. The form now checks country codes.',
      },
    ],
    'no-fit': [
      {
        comment: 'A single small storeroom, no case for sensors.',
        reply: 'Agreed. The form now asks for floor space.',
      },
    ],
    competitor: [{ comment: 'Works for a competitor.', reply: 'Domain excluded now, thanks.' }],
    junk: [
      {
        comment: 'Made-up name, nobody there knows them.',
        reply: 'Deleted; the form has bot protection now.',
      },
    ],
  },
};

/** What reps write when they accept a lead. */
export const acceptComments: Record<Language, readonly string[]> = {
  de: [
    'Sehr gut vorbereitet, kannte unsere Preise schon.',
    'Bitte mehr von diesen.',
    'Termin steht für nächste Woche.',
  ],
  en: [
    'Well informed, had our prices in front of her.',
    'More of these, please.',
    'Meeting booked for next week.',
  ],
};

/** What reps say about campaigns, and marketing's answers. */
export const campaignOpinions: Record<Language, readonly (Opinion & { verdict: 'praise' | 'suggestion' })[]> =
  {
    de: [
      {
        verdict: 'praise',
        comment: 'Die Messdaten haben das Gespräch eröffnet.',
        reply: 'Das freut uns, Teil zwei ist in Arbeit.',
      },
      {
        verdict: 'praise',
        comment: 'Einladung kam genau zur richtigen Zeit.',
        reply: 'Danke! Wir behalten den Rhythmus bei.',
      },
      {
        verdict: 'suggestion',
        comment: 'Ein Preisbeispiel auf der zweiten Seite würde mir drei Rückfragen pro Woche ersparen.',
        reply: 'Ist drin, ab der nächsten Auflage.',
      },
      {
        verdict: 'suggestion',
        comment: 'Bitte nicht montags vor acht verschicken.',
        reply: 'Geht ab jetzt dienstags um zehn raus.',
      },
    ],
    en: [
      {
        verdict: 'praise',
        comment: 'The spreadsheet did half the selling.',
        reply: 'Great to hear. A version in euros is coming.',
      },
      {
        verdict: 'praise',
        comment: 'They quoted our diary back to me, good story.',
        reply: 'Thank you, we passed it on to the author.',
      },
      {
        verdict: 'suggestion',
        comment: 'Could we name a price range on the landing page? Everybody asks.',
        reply: 'A range is on the page since yesterday.',
      },
      {
        verdict: 'suggestion',
        comment: 'The follow-up came a week too late.',
        reply: 'It now goes out the day after.',
      },
    ],
  };
