import { z } from 'zod';
import type { FeedbackNote } from '../connector.ts';
import { asHtml, findMarked, noteMarker } from '../marked-note.ts';
import { ask, type Io } from './api.ts';

const NOTES = '/api/v1/notes';
/** Newest first; what was written a moment ago stands among them. */
const LOOKED_AT = 100;

const Note = z.object({ id: z.int(), content: z.string().nullish() });
const Written = z.object({ data: z.object({ id: z.int(), active_flag: z.boolean().nullish() }).nullish() });

/** Writes a note on the person or lead, changes the one there is, and removes it when the verdict is taken back. */
export async function writeFeedback(io: Io, note: FeedbackNote): Promise<{ remoteId: string | null }> {
  const { record, remoteId, withdrawn } = note;
  if (record.type !== 'person' && record.type !== 'lead') return { remoteId: null };
  const known = remoteId ?? (await findNote(io, note));
  if (withdrawn) {
    if (known !== null) await removeNote(io, known);
    return { remoteId: null };
  }
  const isChanged = known !== null && (await changeNote(io, known, note));
  return { remoteId: isChanged ? known : await createNote(io, note) };
}

const aboutWhom = ({ record: { type, id } }: FeedbackNote): Record<string, string | number> =>
  type === 'lead' ? { lead_id: id } : { person_id: Number(id) };

const contentOf = ({ text, feedbackId }: FeedbackNote): string =>
  `${asHtml(text)}<br>(${noteMarker(feedbackId)})`;

async function createNote(io: Io, note: FeedbackNote): Promise<string | null> {
  const body = { content: contentOf(note), ...aboutWhom(note) };
  const created = await ask(io, NOTES, { method: 'POST', body, schema: Written });
  return created.body.data ? String(created.body.data.id) : null;
}

/** False: somebody has deleted it. Those of the last days can still be changed, but nobody sees them. */
async function changeNote(io: Io, id: string, note: FeedbackNote): Promise<boolean> {
  const { status, body } = await ask(io, `${NOTES}/${id}`, {
    ...{ method: 'PUT', repeatable: true, accept: [404, 410], schema: Written },
    body: { content: contentOf(note) },
  });
  return status < 400 && body.data?.active_flag !== false;
}

const removeNote = (io: Io, id: string) =>
  ask(io, `${NOTES}/${id}`, {
    ...{ method: 'DELETE', repeatable: true, accept: [404, 410], schema: z.unknown() },
  });

async function findNote(io: Io, note: FeedbackNote): Promise<string | null> {
  const { body } = await ask(io, NOTES, {
    query: { ...aboutWhom(note), sort: 'add_time DESC', start: 0, limit: LOOKED_AT },
    schema: z.object({ data: z.array(Note).nullable() }),
  });
  const notes = (body.data ?? []).map(({ id, content }) => ({ id, text: content ?? '' }));
  const found = findMarked(notes, note.feedbackId);
  return found ? String(found.id) : null;
}
