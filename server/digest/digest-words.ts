import type { Language } from '../../utils/contract/primitives.ts';

const inEnglish = {
  subject: 'Your week in Tandem',
  hello: (name: string) => `Hello ${name},`,
  answers: 'Marketing has answered you:',
  broken: (count: number) => `Leads of yours past the promised time: ${count}`,
  atRisk: (count: number) => `Leads of yours whose time is nearly over: ${count}`,
  fresh: (count: number) => `Leads handed over to you this week: ${count}`,
  waiting: (count: number) => `Feedback from sales that waits for an answer: ${count}`,
  late: (count: number) => `Of that, longer than marketing has promised: ${count}`,
  byReason: 'By reason:',
  byCampaign: 'By campaign:',
  accepted: (percent: string, accepted: number, all: number) =>
    `Leads accepted by sales this week: ${percent} (${accepted} of ${all})`,
  returnReasons: 'Most often returned because of:',
  salesBroken: (count: number) => `Leads past the time sales has promised: ${count}`,
  marketingBroken: (count: number) => `Feedback past the time marketing has promised: ${count}`,
  agreementEnds: (date: string) => `The agreement ends on ${date}. Propose its renewal.`,
  agreementEnded: (date: string) => `The agreement ended on ${date}. Propose its renewal.`,
  off: 'You can switch this mail off in Tandem’s settings.',
  offHere: (url: string) => `You do not want this mail? ${url}`,
  offTitle: 'Weekly mail',
  offQuestion: 'Switch off the weekly mail from Tandem?',
  offButton: 'Switch off',
  offDone: 'The weekly mail is switched off. You can switch it on again in Tandem’s settings.',
  offInvalid: 'This link is not valid any more. Use Tandem’s settings instead.',
};

/** What the weekly mail says besides names and figures. */
export const digestWords: Record<Language, typeof inEnglish> = {
  en: inEnglish,
  de: {
    subject: 'Ihre Woche in Tandem',
    hello: (name) => `Guten Tag ${name},`,
    answers: 'Das Marketing hat Ihnen geantwortet:',
    broken: (count) => `Ihre Leads, bei denen die zugesagte Zeit überschritten ist: ${count}`,
    atRisk: (count) => `Ihre Leads, bei denen die Zeit fast um ist: ${count}`,
    fresh: (count) => `Diese Woche an Sie übergebene Leads: ${count}`,
    waiting: (count) => `Rückmeldungen des Vertriebs, die auf Antwort warten: ${count}`,
    late: (count) => `Davon länger, als das Marketing zugesagt hat: ${count}`,
    byReason: 'Nach Grund:',
    byCampaign: 'Nach Kampagne:',
    accepted: (percent, accepted, all) =>
      `Diese Woche vom Vertrieb angenommene Leads: ${percent} (${accepted} von ${all})`,
    returnReasons: 'Am häufigsten zurückgegeben wegen:',
    salesBroken: (count) => `Leads über der vom Vertrieb zugesagten Zeit: ${count}`,
    marketingBroken: (count) => `Rückmeldungen über der vom Marketing zugesagten Zeit: ${count}`,
    agreementEnds: (date) => `Die Vereinbarung endet am ${date}. Schlagen Sie eine Verlängerung vor.`,
    agreementEnded: (date) => `Die Vereinbarung endete am ${date}. Schlagen Sie eine Verlängerung vor.`,
    off: 'In den Einstellungen von Tandem können Sie diese Mail abschalten.',
    offHere: (url) => `Sie möchten diese Mail nicht? ${url}`,
    offTitle: 'Wöchentliche Mail',
    offQuestion: 'Die wöchentliche Mail von Tandem abschalten?',
    offButton: 'Abschalten',
    offDone:
      'Die wöchentliche Mail ist abgeschaltet. In den Einstellungen von Tandem lässt sie sich wieder einschalten.',
    offInvalid: 'Dieser Link gilt nicht mehr. Nutzen Sie die Einstellungen von Tandem.',
  },
};
