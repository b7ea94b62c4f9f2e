import { z } from 'zod';
import { cleanText, defined } from '../clean-values.ts';
import type { Cursor, Page, SourceConsent } from '../connector.ts';
import { changedSince, Id, instant, type MauticIo, OptionalId, OptionalText, readTable } from './api.ts';
import { REASON } from './touchpoints.ts';

const PAGE = 1_000;
const Refusal = z.object({
  id: Id,
  lead_id: OptionalId,
  channel: OptionalText,
  reason: z.coerce.number().catch(0),
  comments: OptionalText,
  date_added: OptionalText,
});

/**
 * Who does not want to be written to. From its own table, as an unsubscription does not date the contact as changed.
 * Mautic deletes the row when somebody may be written to again; what the hub knows stays until a newer statement.
 */
export async function pullConsent(
  io: MauticIo,
  { since, cursor }: { since: Date | null; cursor: Cursor | null },
): Promise<Page<SourceConsent>> {
  const { rows } = await readTable(io, 'lead_donotcontact', {
    row: Refusal,
    where: [
      { col: 'id', expr: 'gt', val: String(cursor?.['after'] ?? '0') },
      ...changedSince(since, ['date_added']),
    ],
    limit: PAGE,
  });
  const last = rows.at(-1);
  return {
    items: rows.flatMap((row) => consentOf(row) ?? []),
    next: last && rows.length >= PAGE ? { after: last.id } : null,
  };
}

/** Undefined: it says nothing about what somebody wants, as a bounce does not. */
function consentOf({
  lead_id,
  channel,
  reason,
  comments,
  date_added,
}: z.output<typeof Refusal>): SourceConsent | undefined {
  const since = instant(date_added);
  const isEmail = channel === 'email';
  if (lead_id === undefined || since === undefined || reason === REASON.bounced) return undefined;
  if (!isEmail && channel !== 'sms') return undefined;
  // A refusal of text messages is the only thing Mautic knows of the phone; the basis says which it was.
  const basis = [isEmail ? undefined : 'SMS', cleanText(comments)].filter(Boolean).join(': ');
  return {
    person: { record: { type: 'contact', id: lead_id } },
    consents: [
      {
        channel: isEmail ? 'email' : 'phone',
        state: reason === REASON.unsubscribed ? 'withdrawn' : 'denied',
        since,
        ...defined({ basis: cleanText(basis) }),
      },
    ],
  };
}
