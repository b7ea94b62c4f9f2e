import { z } from 'zod';
import type { FeedbackNote } from '../connector.ts';
import { findMarked, noteMarker } from '../marked-note.ts';
import { SourceError } from '../source-error.ts';
import type { BrevoIo } from './api.ts';

const MAX_LENGTH = 3_000;
/** Newest first; what was written a moment ago stands among them. */
const LOOKED_AT = 50;

/**
 * Writes a note on the contact, or changes the one there is; what was taken back before it was written is not. A new one
 * takes two of the hour's 100 requests: whether an earlier attempt at it arrived has to be looked up.
 */
export async function writeFeedback(io: BrevoIo, note: FeedbackNote): Promise<{ remoteId: string | null }> {
  const id = note.remoteId ?? (await findNote(io, note));
  const path = `/crm/notes/${encodeURIComponent(id ?? '')}`;
  const marker = `(${noteMarker(note.feedbackId)})`;
  const text = `${note.text.slice(0, MAX_LENGTH - marker.length - 1).toWellFormed()}\n${marker}`;
  const body = { text, contactIds: [Number(note.record.id)] };
  const isChanged =
    id !== null &&
    (await isThere(() => io.request(path, { method: 'PATCH', body, repeatable: true, schema: z.unknown() })));
  if (isChanged) return { remoteId: id };
  if (note.withdrawn) return { remoteId: null };
  const created = await io.request('/crm/notes', {
    method: 'POST',
    body,
    schema: z.object({ id: z.string() }),
  });
  return { remoteId: created.body.id };
}

async function findNote(io: BrevoIo, { record, feedbackId }: FeedbackNote): Promise<string | null> {
  const { body } = await io.request('/crm/notes', {
    query: { entity: 'contacts', entityIds: record.id, sort: 'desc', limit: LOOKED_AT },
    schema: z.array(z.object({ id: z.string(), text: z.string().catch('') })),
  });
  return findMarked(body, feedbackId)?.id ?? null;
}

/** False: somebody has removed the note there. */
async function isThere(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof SourceError && error.failure === 'not-found') return false;
    throw error;
  }
}
