import type { Language } from '../../utils/contract/primitives.ts';
import type { StageDraft, TouchDraft } from './draft.ts';
import type { Random } from './random.ts';
import { DAY, MINUTE } from './working-time.ts';

const texts = {
  de: {
    pricing: 'Preise und Pakete',
    demo: 'Demo angefragt',
    prices: 'Preisliste angefordert',
    missed: 'Anruf: nicht erreicht',
    call: 'Anruf: Bedarf besprochen',
    mail: 'Ihre Anfrage bei Nordlicht',
    reply: 'Re: Ihre Anfrage bei Nordlicht',
    first: 'Erstgespräch per Video',
    visit: 'Begehung des Lagers',
    offer: 'Unser Angebot für Ihr Lager',
    signed: 'Vertrag unterschrieben',
    highlights: [
      'Hat die Demo selbst angefragt: bitte zuerst fragen, welche Halle gemeint ist.',
      'Preisseite zweimal angesehen, dann Formular: Budgetfrage früh stellen.',
      'Kam über die Fachseite, nicht über Werbung: kennt das Thema gut.',
      'Will Zahlen aus der eigenen Branche sehen. Fallbeispiel liegt im Ordner „Vertrieb“.',
    ],
  },
  en: {
    pricing: 'Prices and packages',
    demo: 'Demo requested',
    prices: 'Price list requested',
    missed: 'Call: no answer',
    call: 'Call: needs discussed',
    mail: 'Your enquiry at Nordlicht',
    reply: 'Re: Your enquiry at Nordlicht',
    first: 'First meeting by video',
    visit: 'Warehouse walk-through',
    offer: 'Our offer for your warehouse',
    signed: 'Contract signed',
    highlights: [
      'Asked for the demo unprompted: start with which hall they have in mind.',
      'Looked at prices twice before filling in the form: raise budget early.',
      'Came through the technical pages, not through ads: knows the subject.',
      'Wants figures from their own trade. The case study is in the sales folder.',
    ],
  },
} as const;

/**
 * What made marketing hand a lead over, before the MQL stage at `age`; oldest first. The rule wants to see
 * that somebody asked to talk; people of marketing are content with less.
 */
export function handOverTouches(random: Random, language: Language, { age, by }: StageDraft): TouchDraft[] {
  const text = texts[language];
  const asked = by === 'rule' || random.chance(0.6);
  const path = `/${language}/pricing`;
  return [
    { age: age + random.between(60, 900) * MINUTE, kind: 'page.visited', title: text.pricing, path },
    { age: age + random.between(16, 50) * MINUTE, kind: 'page.visited', title: text.pricing, path },
    {
      age: age + random.between(3, 14) * MINUTE,
      kind: 'form.submitted',
      title: asked ? text.demo : text.prices,
      path: asked ? `/${language}/demo` : path,
      ...(random.chance(0.5) && { highlight: random.pick(text.highlights) }),
    },
  ];
}

/** What the rep did around each stage that sales moves; oldest first. */
export function sellingTouches(
  random: Random,
  language: Language,
  stages: readonly StageDraft[],
): TouchDraft[] {
  const text = texts[language];
  const touch = (age: number, kind: TouchDraft['kind'], title: string): TouchDraft => ({
    age,
    kind,
    title,
    source: 'espocrm',
  });
  const soon = (min: number, max: number) => random.between(min, max) * MINUTE;
  return stages.flatMap(({ to, age, reason }, index) => {
    switch (to) {
      case 'mql': {
        // Called in time, and not judged yet.
        const isWaiting = index === stages.length - 1 && age > 1.5 * DAY;
        if (!isWaiting) return [];
        return [
          touch(age - random.between(0.05, 0.45) * DAY, 'call', random.chance(0.6) ? text.missed : text.call),
        ];
      }
      case 'sal':
        return [
          touch(age - soon(5, 60), 'email.sent', text.mail),
          touch(age - 0.2 * DAY, 'email.replied', text.reply),
          touch(age - 0.3 * DAY, 'call', random.chance(0.4) ? text.missed : text.call),
        ];
      case 'sql':
        return [
          touch(age + soon(60, 90), 'call', text.call),
          touch(age + soon(5, 30), 'meeting', text.first),
        ];
      case 'opportunity':
        return [
          touch(age + soon(30, 60), 'meeting', text.visit),
          touch(age - 0.2 * DAY, 'email.sent', text.offer),
        ];
      case 'customer':
        return [touch(age + 10 * MINUTE, 'note', text.signed)];
      case 'recycled':
      case 'disqualified':
        if (reason === 'unreachable') {
          return [0.19, 0.1, 0.02].map((before) => touch(age + before * DAY, 'call', text.missed));
        }
        return reason === 'junk' || reason === 'wrong-data'
          ? []
          : [touch(age + 12 * MINUTE, 'call', text.call)];
      default:
        return [];
    }
  });
}
