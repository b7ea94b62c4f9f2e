import { v7 as uuid } from 'uuid';
import { normaliseEmail } from '../domain/email.ts';
import { database } from './database.ts';
import { findLead } from './lead-index.ts';
import { mayMatch, mayReadMailbox } from './mailbox-rule.ts';
import type { RequestOf } from './messages.ts';
import { addToOutbox } from './outbox.ts';
import { connectionItem, settingsItem } from './storage.ts';

/**
 * Puts a follow-up into the outbox for each lead among a mail's recipients: who, when and which way. Nobody
 * else's address leaves the browser, and nothing does from a private mailbox or when the user does not want it.
 */
export async function noteSentMail({ account, recipients, at }: RequestOf<'page.sent'>): Promise<void> {
  const connection = await connectionItem.get();
  const settings = await settingsItem.get();
  if (connection === null || !settings.noticeSentMail) return;
  const rules = { ...settings, domains: connection.me.workspace.domains };
  if (!mayReadMailbox({ account }, rules)) return;
  const addresses = new Set(recipients.map(normaliseEmail));
  for (const email of addresses) {
    if (email === null || !mayMatch(email, rules) || (await findLead(email)) === null) continue;
    const id = uuid();
    const personId = (await (await database()).get('contexts', email))?.personId;
    await addToOutbox({
      id,
      ...(personId !== undefined && { personId }),
      write: {
        kind: 'follow-up',
        body: { id, person: { email }, at, seen: 'mail', direction: 'outbound' },
      },
    });
  }
}
