import type { Agreement } from '../../utils/contract/agreement.ts';
import type { Language } from '../../utils/contract/primitives.ts';
import type { Database } from '../store/database.ts';
import {
  DIGEST_FIGURES,
  readDigestFigures,
  readReceived,
  readRenewal,
  readUnsigned,
} from './digest-agreed.ts';
import { readAnswers, readHandOvers, readReturnReasons, readWaiting } from './digest-figures.ts';
import type { DigestLine } from './digest-line.ts';
import { digestParts } from './digest-parts.ts';
import type { Reader } from './digest-store.ts';
import { readAskedPlans, readJudgedPlans, readPraise, readQuestions, readReplies } from './digest-voices.ts';

const WEEK_MS = 7 * 24 * 60 * 60_000;

interface Given {
  db: Database;
  workspaceId: string;
  reader: Reader;
  agreement: Agreement;
  now: Date;
}

/** What somebody's week comes to, by their role; empty when there is nothing to say. */
export async function writeDigest(given: Given): Promise<DigestLine[]> {
  const { words } = partsFor(given);
  switch (given.reader.role) {
    case 'rep':
      return ending(await forRep(given), words.more, words.where.rep);
    case 'marketer':
      return ending(await forMarketer(given), words.more, words.where.marketing);
    case 'manager':
    case 'admin':
      return ending(await forManager(given), words.more, words.where.manager);
  }
}

async function forRep(given: Given): Promise<DigestLine[]> {
  const { db, workspaceId, reader, now } = given;
  const parts = partsFor(given);
  const { words, count } = parts;
  const since = new Date(now.getTime() - WEEK_MS);
  const { broken, atRisk, fresh } = await readHandOvers(db, workspaceId, reader.id, since);
  return [
    ...count(words.broken, broken),
    ...count(words.atRisk, atRisk),
    ...count(words.fresh, fresh),
    ...(await asked(given)),
    ...parts.voices(words.answers, await readAnswers(db, workspaceId, reader.id, since)),
  ];
}

/** What somebody of sales is asked: about their feedback, and about plans. */
async function asked(given: Given): Promise<DigestLine[]> {
  const { db, workspaceId, reader, now } = given;
  const parts = partsFor(given);
  const questions = await readQuestions(db, workspaceId, reader.id);
  return [
    ...parts.voices(parts.words.questions(questions.count), questions.first),
    ...parts.askedPlans(parts.words.askedPlans, await readAskedPlans(db, workspaceId, reader.id, now)),
  ];
}

async function forMarketer(given: Given): Promise<DigestLine[]> {
  const { db, workspaceId, now } = given;
  const parts = partsFor(given);
  const { words } = parts;
  const since = new Date(now.getTime() - WEEK_MS);
  const { count, late, reasons, campaigns } = await readWaiting(db, workspaceId, now);
  const replies = await readReplies(db, workspaceId, since);
  return [
    // First, so that it is not lost among what waits.
    ...parts.praise(await readPraise(db, workspaceId, since)),
    ...parts.count(words.waiting, count),
    ...parts.count(words.late, late),
    ...parts.reasons(words.byReason, reasons),
    ...parts.counted(words.byCampaign, campaigns),
    ...parts.voices(words.replies(replies.count), replies.first),
    ...parts.judgedPlans(await readJudgedPlans(db, workspaceId, now)),
  ];
}

async function forManager(given: Given): Promise<DigestLine[]> {
  const { db, workspaceId, reader, agreement, now } = given;
  const parts = partsFor(given);
  const { words, count } = parts;
  const since = new Date(now.getTime() - WEEK_MS);
  const { broken } = await readHandOvers(db, workspaceId, null, since);
  const { late } = await readWaiting(db, workspaceId, now);
  const proposals = { team: reader.team, inForce: agreement.version, now };
  return [
    // Only managers sign.
    ...(reader.role === 'manager'
      ? parts.unsigned(words.unsigned, await readUnsigned(db, workspaceId, proposals))
      : []),
    ...parts.renewal(readRenewal(agreement, now)),
    ...parts.figures(await readDigestFigures(db, workspaceId, DIGEST_FIGURES, now)),
    ...count(words.salesBroken, broken),
    ...count(words.marketingBroken, late),
    ...parts.reasons(words.returnReasons, await readReturnReasons(db, workspaceId, since)),
    ...parts.received(await readReceived(db, workspaceId, { since, now })),
    ...(reader.role === 'manager' && reader.team === 'sales' ? await asked(given) : []),
  ];
}

/** The language of somebody's mail: English until they have said another. */
export const languageOf = ({ language }: Reader): Language => language ?? 'en';

const partsFor = ({ reader, agreement }: Given) => digestParts({ language: languageOf(reader), agreement });

const ending = (lines: DigestLine[], label: string, value: string): DigestLine[] =>
  lines.length === 0 ? [] : [...lines, { label, value }];
