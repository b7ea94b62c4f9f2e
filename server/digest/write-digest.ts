import type { Agreement } from '../../utils/contract/agreement.ts';
import type { Language } from '../../utils/contract/primitives.ts';
import type { Database } from '../store/database.ts';
import { type Counted, readAnswers, readHandOvers, readVerdicts, readWaiting } from './digest-figures.ts';
import type { Reader } from './digest-store.ts';
import { digestWords } from './digest-words.ts';

const DAY_MS = 24 * 60 * 60_000;
const WEEK_MS = 7 * DAY_MS;
/** So long before its end the managers hear of it. */
const END_NEAR_MS = 60 * DAY_MS;
const LONGEST_ANSWER = 200;

interface Given {
  db: Database;
  workspaceId: string;
  reader: Reader;
  agreement: Agreement;
  now: Date;
}

/** What somebody's week comes to, by their role, as paragraphs; empty when there is nothing to say. */
export async function writeDigest(given: Given): Promise<string[]> {
  switch (given.reader.role) {
    case 'rep':
      return forRep(given);
    case 'marketer':
      return forMarketer(given);
    case 'manager':
    case 'admin':
      return forManager(given);
  }
}

async function forRep({ db, workspaceId, reader, now }: Given): Promise<string[]> {
  const words = wordsOf(reader);
  const since = new Date(now.getTime() - WEEK_MS);
  const answers = await readAnswers(db, workspaceId, reader.id, since);
  const { broken, atRisk, fresh } = await readHandOvers(db, workspaceId, reader.id, since);
  return [
    ...some(broken, words.broken),
    ...some(atRisk, words.atRisk),
    ...some(fresh, words.fresh),
    ...list(
      words.answers,
      answers.map(({ about, text }) => [about, cut(text)].filter((part) => part !== '').join(': ')),
    ),
  ];
}

async function forMarketer({ db, workspaceId, reader, agreement, now }: Given): Promise<string[]> {
  const words = wordsOf(reader);
  const { count, late, reasons, campaigns } = await readWaiting(db, workspaceId, now);
  return [
    ...some(count, words.waiting),
    ...some(late, words.late),
    ...list(words.byReason, counted(named(reasons, agreement, reader))),
    ...list(words.byCampaign, counted(campaigns)),
  ];
}

async function forManager({ db, workspaceId, reader, agreement, now }: Given): Promise<string[]> {
  const words = wordsOf(reader);
  const language = languageOf(reader);
  const since = new Date(now.getTime() - WEEK_MS);
  const { accepted, returned, reasons } = await readVerdicts(db, workspaceId, since);
  const { broken } = await readHandOvers(db, workspaceId, null, since);
  const { late } = await readWaiting(db, workspaceId, now);
  const all = accepted + returned;
  const percent = new Intl.NumberFormat(language, { style: 'percent' }).format(
    all === 0 ? 0 : accepted / all,
  );
  const end = Date.parse(agreement.validUntil);
  const date = new Intl.DateTimeFormat(language, {
    dateStyle: 'long',
    timeZone: agreement.calendars[0]?.timeZone ?? 'UTC',
  }).format(end);
  return [
    ...(all > 0 ? [words.accepted(percent, accepted, all)] : []),
    ...list(words.returnReasons, counted(named(reasons, agreement, reader))),
    ...some(broken, words.salesBroken),
    ...some(late, words.marketingBroken),
    ...(end - now.getTime() < END_NEAR_MS
      ? [end > now.getTime() ? words.agreementEnds(date) : words.agreementEnded(date)]
      : []),
  ];
}

/** The language of somebody's mail: English until they have said another. */
export const languageOf = ({ language }: Reader): Language => language ?? 'en';
const wordsOf = (reader: Reader) => digestWords[languageOf(reader)];

const some = (count: number, say: (count: number) => string) => (count > 0 ? [say(count)] : []);
const list = (title: string, lines: string[]) =>
  lines.length > 0 ? [[title, ...lines.map((line) => `- ${line}`)].join('\n')] : [];
const counted = (items: readonly Counted[]) => items.map(({ name, count }) => `${name}: ${count}`);

const named = (items: readonly Counted[], { reasons }: Agreement, reader: Reader): Counted[] =>
  items.map(({ name, count }) => ({
    name: reasons.find(({ id }) => id === name)?.label[languageOf(reader)] ?? name,
    count,
  }));

function cut(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length > LONGEST_ANSWER ? `${characters.slice(0, LONGEST_ANSWER).join('')} …` : line;
}
