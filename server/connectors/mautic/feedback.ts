import { z } from 'zod';
import type { FeedbackNote } from '../connector.ts';
import { asHtml, findMarked, noteMarker } from '../marked-note.ts';
import { SourceError } from '../source-error.ts';
import { Id, listOf, type MauticIo } from './api.ts';

/** Newest first; what was written a moment ago stands among them. */
const LOOKED_AT = 100;

const Written = z.object({ note: z.object({ id: Id }) });

/** Writes a note on the contact, or changes the one there is; what was taken back before it was written is not. */
export async function writeFeedback(io: MauticIo, note: FeedbackNote): Promise<{ remoteId: string | null }> {
  const id = note.remoteId ?? (await findNote(io, note));
  const body = {
    lead: Number(note.record.id),
    type: 'general',
    text: `${asHtml(note.text)}<br>(${noteMarker(note.feedbackId)})`,
  };
  const changed =
    id !== null &&
    (await unlessGone(() =>
      io.request(`/notes/${id}/edit`, { method: 'PATCH', body, repeatable: true, schema: Written }),
    ));
  if (changed) return { remoteId: changed.body.note.id };
  if (note.withdrawn) return { remoteId: null };
  const created = await io.request('/notes/new', { method: 'POST', body, schema: Written });
  return { remoteId: created.body.note.id };
}

async function findNote(io: MauticIo, { record, feedbackId }: FeedbackNote): Promise<string | null> {
  const { body } = await io.request(`/contacts/${encodeURIComponent(record.id)}/notes`, {
    query: { limit: LOOKED_AT },
    schema: z.object({ notes: listOf(z.object({ id: Id, text: z.string().catch('') })) }),
  });
  return findMarked(body.notes, feedbackId)?.id ?? null;
}

/** Null: somebody has removed the note there. */
async function unlessGone<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SourceError && error.failure === 'not-found') return null;
    throw error;
  }
}
