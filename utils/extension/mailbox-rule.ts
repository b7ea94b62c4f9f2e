import type { PageReading } from '../contract/page-reading.ts';
import { domainOf, inDomains, normaliseEmail } from '../domain/email.ts';
import type { Settings } from './messages.ts';

interface Rules extends Pick<Settings, 'mailboxes' | 'never'> {
  /** The workspace's own domains. */
  domains: readonly string[];
}

/**
 * Whether the panel may work in this mailbox (DESIGN §8): one of the workspace's domains, or one the
 * user has named. A mailbox we cannot read the owner of is private until proven otherwise.
 */
export function mayReadMailbox(
  { account, record }: Pick<PageReading, 'account' | 'record'>,
  rules: Rules,
): boolean {
  if (record !== undefined) return true;
  const own = account === undefined ? null : normaliseEmail(account);
  if (own === null) return false;
  return inDomains(own, rules.domains) || normalised(rules.mailboxes).includes(own);
}

/** Whether this address may be matched at all: not our own, no colleague, not on the never-list. */
export function mayMatch(address: string, { domains, mailboxes, never }: Rules): boolean {
  const email = normaliseEmail(address);
  if (email === null || inDomains(email, domains) || normalised(mailboxes).includes(email)) return false;
  return !never.some((entry) =>
    entry.includes('@') && !entry.startsWith('@')
      ? normaliseEmail(entry) === email
      : inDomains(email, [domainOf(`@${entry.trim().toLowerCase().replace(/^@/u, '')}`)]),
  );
}

const normalised = (addresses: readonly string[]) => addresses.map((address) => normaliseEmail(address));
