import type { Agreement } from '../../utils/contract/agreement.ts';
import { Opinion } from '../../utils/contract/plan.ts';
import type { Language } from '../../utils/contract/primitives.ts';
import type { DigestFigure, Received, UnsignedProposal } from './digest-agreed.ts';
import type { Counted } from './digest-figures.ts';
import type { DigestLine } from './digest-line.ts';
import type { AskedPlan, JudgedPlan, Praise, Some, Voice } from './digest-voices.ts';
import { digestWords, type DigestWords } from './digest-words.ts';

/** Whose language and agreement lines are written by. */
export interface Manner {
  language: Language;
  agreement: Pick<Agreement, 'reasons' | 'calendars'>;
}

/** Lines about what was read, each left out where there is nothing of it. */
export function digestParts({ language, agreement }: Manner) {
  const words = digestWords[language];
  const day = (at: string, timeZone = agreement.calendars[0]?.timeZone ?? 'UTC') =>
    new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(new Date(at));
  return {
    words,
    count: (label: string, count: number): DigestLine[] =>
      count > 0 ? [{ label, value: String(count) }] : [],
    counted: (label: string, found: readonly Counted[]) => joined(label, found.map(countedText)),
    reasons: (label: string, found: readonly Counted[]) =>
      joined(
        label,
        found.map(({ name, count }) =>
          countedText({
            name: agreement.reasons.find(({ id }) => id === name)?.label[language] ?? name,
            count,
          }),
        ),
      ),
    voices: (label: string, voices: readonly Voice[]) =>
      list(
        label,
        voices.map(({ about, text }) => [about, text].filter((part) => part !== '').join(': ')),
      ),
    praise: ({ count, first }: Some<Praise>) =>
      list(
        words.praise(count),
        first.map(({ campaign, by, comment }) =>
          [`${campaign}:`, ...(comment === undefined ? [by] : [words.quote(comment), `(${by})`])].join(' '),
        ),
      ),
    askedPlans: (label: (count: number) => string, { count, first }: Some<AskedPlan>) =>
      list(
        label(count),
        first.map(({ title, until }) => words.until(title, day(until))),
      ),
    judgedPlans: ({ count, first }: Some<JudgedPlan>) =>
      list(
        words.judgedPlans(count),
        first.map((plan) => `${plan.title}: ${opinions(plan, words)}`),
      ),
    // Months of the report are UTC's.
    figures: (figures: readonly DigestFigure[]) =>
      figures.map((figure) => ({
        label: words.figures[figure.id](day(figure.since, 'UTC')),
        value: figureText(figure, { language, words }),
      })),
    received: (campaigns: readonly Received[]) =>
      campaigns.map(({ rank, name, good, bad }) => ({
        label: words.received[rank],
        value: `${name} (${words.voices(good, bad)})`,
      })),
    unsigned: (label: string, proposals: readonly UnsignedProposal[]) =>
      joined(
        label,
        proposals.map(({ version, by }) => words.version(version, by)),
      ),
    renewal: (renewal: { at: string; over: boolean } | null): DigestLine[] =>
      renewal === null
        ? []
        : [{ label: renewal.over ? words.agreementEnded : words.agreementEnds, value: day(renewal.at) }],
  };
}

const list = (label: string, items: string[]): DigestLine[] => (items.length > 0 ? [{ label, items }] : []);
const joined = (label: string, items: readonly string[]): DigestLine[] =>
  items.length > 0 ? [{ label, value: items.join(', ') }] : [];
const countedText = ({ name, count }: Counted) => `${name} (${count})`;

const opinions = (plan: JudgedPlan, words: DigestWords) =>
  Opinion.options
    .filter((opinion) => plan[opinion] > 0)
    .map((opinion) => `${plan[opinion]} ${words.opinion[opinion]}`)
    .join(', ');

/** With what was agreed beside it; on too few cases the cases only, as in the report. */
function figureText(
  { value, part, cases, minimumCases, targets }: DigestFigure,
  { language, words }: { language: Language; words: DigestWords },
): string {
  if (value === null) return `${words.of(part, cases)}; ${words.few(minimumCases)}`;
  const percent = (share: number) =>
    new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share / 100);
  const agreed = targets.map((target) => `${words.target[target.comparison]} ${percent(target.value)}`);
  return [`${percent(value)} (${words.of(part, cases)})`, ...agreed].join('; ');
}
