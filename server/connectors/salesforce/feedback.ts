import { z } from 'zod';
import type { FeedbackNote, SourceIo } from '../connector.ts';
import { API, ask, RecordId } from './query.ts';
import { says, SourceError } from '../source-error.ts';

const TASKS = `${API}/sobjects/Task`;
const SUBJECT_LENGTH = 255;
const DAY_MS = 24 * 60 * 60_000;

/** Writes feedback as a completed task of the lead or contact, where its activity history shows it. */
export async function writeTask(
  io: SourceIo<unknown>,
  note: FeedbackNote,
): Promise<{ remoteId: string | null }> {
  const remoteId = note.remoteId ?? (await findTask(io, note));
  if (note.withdrawn) {
    if (remoteId !== null)
      await unlessGone(
        ask(io, `${TASKS}/${remoteId}`, { method: 'DELETE', schema: z.unknown(), repeatable: true }),
      );
    return { remoteId: null };
  }
  const content = { Subject: subjectOf(note), Description: note.text, ActivityDate: note.at.slice(0, 10) };
  if (remoteId !== null) {
    const answer = await unlessGone(
      ask(io, `${TASKS}/${remoteId}`, {
        method: 'PATCH',
        body: content,
        schema: z.unknown(),
        repeatable: true,
      }),
    );
    if (answer !== null) return { remoteId };
  }
  const create = async (whoId: string) => {
    const body = { ...content, WhoId: whoId, Status: 'Completed' };
    const answer = await ask(io, TASKS, { method: 'POST', body, schema: z.object({ id: RecordId }) });
    return { remoteId: answer.body.id };
  };
  try {
    return await create(note.record.id);
  } catch (error) {
    // A lead that was converted takes nothing any more: what it became does.
    if (!says(error, 'CANNOT_UPDATE_CONVERTED_LEAD')) throw error;
    return create(await contactOf(io, note.record.id, error));
  }
}

/** What an attempt wrote whose answer was lost. Descriptions cannot be searched, so the subject holds the mark. */
async function findTask(io: SourceIo<unknown>, note: FeedbackNote): Promise<string | null> {
  // An index serves the date; a day for clocks that differ.
  const after = new Date(new Date(note.at).getTime() - DAY_MS).toISOString();
  const q = `SELECT Id FROM Task WHERE CreatedDate >= ${after} AND Subject LIKE '%${markOf(note)}' ORDER BY Id LIMIT 1`;
  const schema = z.object({ records: z.array(z.object({ Id: RecordId })) });
  const { body } = await ask(io, `${API}/query`, { query: { q }, schema });
  return body.records[0]?.Id ?? null;
}

async function contactOf(io: SourceIo<unknown>, leadId: string, error: unknown): Promise<string> {
  if (!RecordId.safeParse(leadId).success) throw error;
  const schema = z.object({ records: z.array(z.object({ ConvertedContactId: RecordId.nullable() })) });
  const q = `SELECT ConvertedContactId FROM Lead WHERE Id = '${leadId}' ORDER BY Id LIMIT 1`;
  const { body } = await ask(io, `${API}/query`, { query: { q }, schema });
  const [lead] = body.records;
  if (!lead?.ConvertedContactId) throw error;
  return lead.ConvertedContactId;
}

/** Null where somebody has deleted the task. */
async function unlessGone<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof SourceError && error.failure === 'not-found') return null;
    throw error;
  }
}

function subjectOf(note: FeedbackNote): string {
  const [line = ''] = note.text.split('\n');
  const mark = ` ${markOf(note)}`;
  return `Tandem: ${line}`.slice(0, SUBJECT_LENGTH - mark.length) + mark;
}

/** The end of a UUID is its random part. */
function markOf({ feedbackId }: FeedbackNote): string {
  return `[${feedbackId.slice(-12)}]`;
}
