import { z } from 'zod';
import type { FeedbackNote } from '../connector.ts';
import { ASSOCIATIONS, OBJECTS, Paging, Properties } from './answers.ts';
import type { Io } from './settings.ts';

const NOTES = `${OBJECTS}/notes`;
/** HubSpot's own number for “a note about a contact”. */
const NOTE_TO_CONTACT = 202;
/** The most that may be read at once. */
const BATCH = 100;
const LINKS_PAGE = 500;

const Written = z.object({ id: z.string() });
const Nothing = z.unknown();
const Notes = z.object({ results: z.array(z.object({ id: z.string(), properties: Properties })) });
const Links = z.object({
  results: z.array(z.object({ toObjectId: z.union([z.string(), z.int()]) })),
  paging: Paging,
});

/**
 * Writes a verdict as a note on the contact, changes the note when the verdict changes, and takes it away when it is
 * withdrawn. HubSpot knows no idempotency keys, so the note carries the feedback's id: after an answer that was lost the
 * note is looked for among the contact's own, which, unlike a search, know it at once.
 */
export async function writeFeedback(io: Io, note: FeedbackNote): Promise<{ remoteId: string | null }> {
  const { remoteId, withdrawn } = note;
  if (note.record.type !== 'contact') return { remoteId: null };
  const known = remoteId ?? (await findNote(io, note));
  if (withdrawn) {
    if (known !== null) await removeNote(io, known);
    return { remoteId: null };
  }
  const isThere = known !== null && (await changeNote(io, known, note));
  return { remoteId: isThere ? known : await createNote(io, note) };
}

/** The contact and the note in one request: a note about nobody could not be found again. */
async function createNote(io: Io, note: FeedbackNote): Promise<string> {
  const { body } = await io.request(NOTES, {
    method: 'POST',
    body: {
      properties: propertiesOf(note),
      associations: [
        {
          to: { id: note.record.id },
          types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: NOTE_TO_CONTACT }],
        },
      ],
    },
    schema: Written,
  });
  return body.id;
}

/** False: somebody has deleted it. */
async function changeNote(io: Io, id: string, note: FeedbackNote): Promise<boolean> {
  const { status } = await io.request(`${NOTES}/${id}`, {
    ...{ method: 'PATCH', repeatable: true, accept: [404] },
    body: { properties: propertiesOf(note) },
    schema: Nothing,
  });
  return status !== 404;
}

const removeNote = (io: Io, id: string) =>
  io.request(`${NOTES}/${id}`, { method: 'DELETE', repeatable: true, accept: [404], schema: Nothing });

async function findNote(io: Io, { record, feedbackId }: FeedbackNote): Promise<string | null> {
  const ids = await notesOf(io, record.id);
  for (let start = 0; start < ids.length; start += BATCH) {
    const { body } = await io.request(`${NOTES}/batch/read`, {
      method: 'POST',
      repeatable: true,
      body: {
        inputs: ids.slice(start, start + BATCH).map((id) => ({ id })),
        properties: ['hs_note_body'],
        propertiesWithHistory: [],
      },
      schema: Notes,
    });
    const found = body.results.find(({ properties }) => properties['hs_note_body']?.includes(feedbackId));
    if (found) return found.id;
  }
  return null;
}

/** A contact's notes, the latest first: the one that is looked for is young. */
async function notesOf(io: Io, contact: string): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const path = `${ASSOCIATIONS}/objects/contacts/${encodeURIComponent(contact)}/associations/notes`;
    const { body } = await io.request(path, { query: { limit: LINKS_PAGE, after }, schema: Links });
    ids.push(...body.results.map(({ toObjectId }) => String(toObjectId)));
    after = body.paging?.next?.after;
  } while (after !== undefined);
  return ids.toSorted((one, other) => Number(other) - Number(one));
}

function propertiesOf({ text, at, feedbackId }: FeedbackNote) {
  const lines = escapeHtml(text).replaceAll(/\r?\n/g, '<br>');
  return { hs_timestamp: at, hs_note_body: `<p>${lines}</p><p><small>Tandem ${feedbackId}</small></p>` };
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
