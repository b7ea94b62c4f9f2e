import { z } from 'zod';
import type { FeedbackNote, SourceIo } from '../connector.ts';
import { SourceError } from '../source-error.ts';
import { type Odoo, openOdoo } from './api.ts';
import type { OdooSettings } from './settings.ts';

/** From this version on Odoo takes a text over its API for mere text unless it is told otherwise. */
const FIRST_TO_ESCAPE = 17;
/** The models with a chatter that people of ours have records in. */
const COMMENTED = ['crm.lead', 'res.partner'];

const Id = z.int().positive();
const Done = z.unknown();

/**
 * Writes a verdict into a lead's chatter as an internal note. The feedback's id goes along as the message's own
 * Message-ID: by it the note is found again when the answer to an earlier attempt was lost.
 */
export async function writeFeedback(
  io: SourceIo<OdooSettings>,
  note: FeedbackNote,
): Promise<{ remoteId: string | null }> {
  const { type: model, id } = note.record;
  if (!COMMENTED.includes(model)) throw new SourceError('rejected', { detail: `no notes on ${model}` });
  const odoo = await openOdoo(io);
  const known = note.remoteId === null ? await noteOf(odoo, note) : Number(note.remoteId);
  if (known === undefined && note.withdrawn) return { remoteId: null };
  if (model === 'crm.lead') await mark(odoo, io.settings, note, known === undefined);
  if (known === undefined) return { remoteId: String(await post(odoo, note)) };
  // What is written already is changed in place: a second note would contradict the first.
  await odoo.call(
    'mail.message',
    'write',
    { ids: [known], vals: { body: htmlOf(note) } },
    { schema: Done, repeatable: true },
  );
  return { remoteId: String(known) };

  async function post(odoo: Odoo, note: FeedbackNote): Promise<number> {
    const posted = await odoo.call(
      model,
      'message_post',
      {
        ids: [Number(id)],
        body: htmlOf(note),
        ...(odoo.version >= FIRST_TO_ESCAPE && { body_is_html: true }),
        message_type: 'comment',
        subtype_xmlid: 'mail.mt_note',
        message_id: messageId(note),
      },
      { schema: z.union([Id, z.array(Id).length(1)]) },
    );
    return Array.isArray(posted) ? posted[0]! : posted;
  }
}

async function noteOf(odoo: Odoo, note: FeedbackNote): Promise<number | undefined> {
  const [found] = await odoo.call(
    'mail.message',
    'search',
    { domain: [['message_id', '=', messageId(note)]], limit: 1 },
    { schema: z.array(Id), repeatable: true },
  );
  return found;
}

/** The tag and the stage that the administrator has named. Both may be set twice. */
async function mark(
  odoo: Odoo,
  { feedbackTag, returnedStage }: OdooSettings,
  { record, verdict, withdrawn }: FeedbackNote,
  isNew: boolean,
): Promise<void> {
  const vals: Record<string, unknown> = {};
  if (feedbackTag) {
    const tag = await idOf(odoo, 'crm.tag', feedbackTag, 'create');
    // Odoo's way to say: take away, or add.
    vals['tag_ids'] = [[withdrawn ? 3 : 4, tag]];
  }
  // Only once: whoever moves the lead on afterwards is not to be overruled by a reason that is added.
  if (returnedStage && verdict === 'returned' && isNew && !withdrawn)
    vals['stage_id'] = await idOf(odoo, 'crm.stage', returnedStage);
  if (Object.keys(vals).length === 0) return;
  const options = { schema: Done, repeatable: true };
  await odoo.call('crm.lead', 'write', { ids: [Number(record.id)], vals }, options);
}

/** @throws SourceError `not-found` where none has this name and none is to be made. */
async function idOf(odoo: Odoo, model: string, name: string, missing?: 'create'): Promise<number> {
  const { ids } = await odoo.search(
    { model, domain: [['name', '=', name]], fields: { display_name: null }, after: 0, limit: 1 },
    z.object({ id: Id }),
  );
  if (ids[0] !== undefined) return ids[0];
  if (missing !== 'create') throw new SourceError('not-found', { detail: `${model}: ${name}` });
  const [id] = await odoo.call(model, 'name_create', { name }, { schema: z.tuple([Id, z.string()]) });
  return id;
}

const messageId = ({ feedbackId }: FeedbackNote) => `<${feedbackId}@tandem.invalid>`;

function htmlOf({ text }: FeedbackNote): string {
  const lines = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\n', '<br>');
  return `<p>${lines}</p>`;
}
