import { sql } from 'kysely';
import type { Agreement } from '../../utils/contract/agreement.ts';
import type { Feedback } from '../../utils/contract/feedback.ts';
import type { Language } from '../../utils/contract/primitives.ts';
import type { FeedbackNote, SourceRecord } from '../connectors/connector.ts';
import { chatMessage } from '../deliveries/chat-message.ts';
import { readAgreement, readDocument } from '../store/agreements.ts';
import type { Database } from '../store/database.ts';
import { type StoredFeedback, readFeedback } from '../store/feedback.ts';
import { keyOrder } from '../store/json.ts';

/** As much as the contract lets a text have. */
const MAX_TEXT = 20_000;

const TAKEN_BACK: Record<Language, string> = {
  en: 'Its author has taken this back.',
  de: 'Wer das gesagt hat, hat es zurückgenommen.',
};

/** Feedback as it stands now, for one system; null when there is nothing to write there any more. */
export async function readNote(
  db: Database,
  workspaceId: string,
  {
    feedbackId,
    system,
    tenant,
    remoteId,
  }: { feedbackId: string; system: string; tenant: string | undefined; remoteId: string | null },
): Promise<FeedbackNote | null> {
  const stored = await readFeedback(db, workspaceId, feedbackId);
  if (!stored?.personId) return null;
  const record = await readRecord(db, workspaceId, { personId: stored.personId, system, tenant });
  if (!record) return null;
  const feedback = JSON.parse(stored.json) as Feedback;
  const withdrawn = stored.state === 'withdrawn';
  const agreed = await readAgreed(db, workspaceId, stored);
  const text = noteText(feedback, { language: await readLanguage(db, workspaceId), agreed, withdrawn });
  const { verdict, clientTime: at } = feedback;
  return { feedbackId, record, verdict, text, at, withdrawn, remoteId };
}

/** Of several records of one person that one which was known first; those of other installations do not count. */
async function readRecord(
  db: Database,
  workspaceId: string,
  { personId, system, tenant }: { personId: string; system: string; tenant: string | undefined },
): Promise<SourceRecord | null> {
  const { rows } = await sql<SourceRecord>`
    select x.type, x.id from person_external_ids x
    where x.workspace_id = ${workspaceId} and x.person_id = ${personId} and x.system = ${system}
      and x.tenant in ('', ${tenant ?? ''})
    order by ${keyOrder('x', sql`x.person_id`)} limit 1`.execute(db);
  return rows[0] ?? null;
}

/** With the reasons that were agreed on when the feedback was given. */
async function readAgreed(
  db: Database,
  workspaceId: string,
  { agreementVersion }: StoredFeedback,
): Promise<Agreement> {
  const agreement = await readAgreement(db, workspaceId);
  if (agreement.version === agreementVersion) return agreement;
  const document = await readDocument(db, workspaceId, agreementVersion);
  return { ...agreement, reasons: [...agreement.reasons, ...(document?.reasons ?? [])] };
}

/** The workspace's language: the one that most of its people have chosen. */
async function readLanguage(db: Database, workspaceId: string): Promise<Language> {
  const { rows } = await sql<{ language: Language }>`
    select u.language from users u where u.workspace_id = ${workspaceId} and u.language is not null
    group by u.language order by count(*) desc, u.language limit 1`.execute(db);
  return rows[0]?.language ?? 'en';
}

/** Verdict, reasons, comment and author as a chat shows them, and when. */
function noteText(
  feedback: Feedback,
  { language, agreed, withdrawn }: { language: Language; agreed: Agreement; withdrawn: boolean },
): string {
  const { title, facts } = chatMessage(
    { kind: 'feedback.created', feedback, person: null },
    language,
    agreed,
  );
  const at = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: agreed.calendars[0]?.timeZone ?? 'UTC',
  }).format(new Date(feedback.clientTime));
  const lines = [
    `Tandem: ${title}`,
    ...facts.map(({ label, value }) => `${label}: ${value}`),
    at,
    ...(withdrawn ? [TAKEN_BACK[language]] : []),
  ];
  const text = lines.join('\n');
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
}
