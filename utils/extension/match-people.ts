import type { PersonOnPage } from '../contract/page-reading.ts';
import { normaliseEmail } from '../domain/email.ts';
import { siteById } from '../sites/index.ts';
import { findLeads, type IndexHit } from './lead-index.ts';
import { currentRules, mayMatch, type Rules, whyDark } from './mailbox-rule.ts';
import type { Badge, RequestOf } from './messages.ts';

type Identity = Pick<PersonOnPage, 'email' | 'record'>;

/** A lead with that of its identities which the lead index knows it by, and its normalised address. */
export interface Match extends Identity {
  hit: IndexHit;
}

/**
 * Who of these people is a lead, in their order, by the record or else by the address; `null` for everybody
 * else. Asks the lead index only. Whose address may not be matched is not matched by the record either.
 */
export async function matchPeople(
  people: readonly Identity[],
  account: string | undefined,
  rules: Rules,
): Promise<(Match | null)[]> {
  const own = account === undefined ? null : normaliseEmail(account);
  const allowed = people.map(({ email: address, record }): Identity => {
    const email = address === undefined ? null : normaliseEmail(address);
    if (email === null) return record === undefined ? {} : { record };
    if (email === own || !mayMatch(email, rules)) return {};
    return { email, ...(record && { record }) };
  });
  const byRecord = await findLeads(allowed.map(({ record }) => ({ record })));
  const byEmail = await findLeads(allowed.map(({ email }) => ({ email })));
  return allowed.map(({ email, record }, index) => {
    const ofRecord = byRecord[index];
    const address = email !== undefined && { email };
    if (ofRecord && record) return { ...address, record, hit: ofRecord };
    const ofEmail = byEmail[index];
    return ofEmail ? { ...address, hit: ofEmail } : null;
  });
}

/** What the lead index says of the people of a list's rows; `null` for everybody who is no lead. */
export async function matchBadges({
  site: siteId,
  account,
  people,
}: RequestOf<'badges.match'>): Promise<(Badge | null)[]> {
  const rules = await currentRules();
  const site = siteById(siteId);
  if (!rules.badges || site === undefined || whyDark(site, account, rules) !== null) {
    return people.map(() => null);
  }
  const matches = await matchPeople(people, account, rules);
  return matches.map((match) => match?.hit ?? null);
}
