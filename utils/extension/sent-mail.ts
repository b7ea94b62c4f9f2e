import { v7 as uuid } from 'uuid';
import { normaliseEmail } from '../domain/email.ts';
import { emailIndexText } from '../domain/lead-hash.ts';
import { database } from './database.ts';
import { findLead } from './lead-index.ts';
import { siteById } from '../sites/index.ts';
import { currentRules, mayMatch, whyDark } from './mailbox-rule.ts';
import type { RequestOf } from './messages.ts';
import { addToOutbox } from './outbox.ts';

/**
 * Puts a follow-up into the outbox for each lead among a mail's recipients: who, when and which way. Nobody
 * else's address leaves the browser, and nothing does from a private mailbox or when the user does not want it.
 */
export async function noteSentMail({
  site: id,
  account,
  recipients,
  at,
}: RequestOf<'page.sent'>): Promise<void> {
  const rules = await currentRules();
  const site = siteById(id);
  if (!rules.noticeSentMail || site === undefined || whyDark(site, account, rules) !== null) return;
  const addresses = new Set(recipients.map(normaliseEmail));
  for (const email of addresses) {
    if (email === null || !mayMatch(email, rules) || (await findLead(email)) === null) continue;
    const id = uuid();
    const personId = (await (await database()).get('contexts', emailIndexText(email)))?.personId;
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
