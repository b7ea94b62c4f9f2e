import type { PageReading } from '../contract/page-reading.ts';
import { domainOf, inDomains, normaliseEmail } from '../domain/email.ts';
import type { Site } from '../sites/site.ts';
import type { Settings } from './messages.ts';
import type { Darkness } from './site-state.ts';
import { connectionItem, settingsItem } from './storage.ts';

export interface Rules extends Settings {
  /** The workspace's own domains; `null` while nobody is signed in. */
  domains: readonly string[] | null;
}

/** What the user and the workspace say at this moment. */
export async function currentRules(): Promise<Rules> {
  const connection = await connectionItem.get();
  return { ...(await settingsItem.get()), domains: connection?.me.workspace.domains ?? null };
}

/** Why nothing may be read on a site's pages at all; null when it may. */
export function whyOff({ id }: Pick<Site, 'id'>, { pausedUntil, sitesOff }: Rules): Darkness | null {
  if (pausedUntil !== null && Date.parse(pausedUntil) > Date.now()) return 'paused';
  return sitesOff.includes(id) ? 'switched-off' : null;
}

/**
 * Why nobody on a page may be matched (DESIGN §8); null when they may. Mail is matched only in a mailbox
 * of one of the workspace's domains, or one the user has named. A mailbox we cannot read the owner of is
 * private until proven otherwise. A CRM is the company's: it was switched on for its leads.
 */
export function whyDark(
  site: Pick<Site, 'id' | 'kind'>,
  account: PageReading['account'],
  rules: Rules,
): Darkness | null {
  if (rules.domains === null) return 'signed-out';
  const off = whyOff(site, rules);
  if (off !== null || site.kind === 'crm') return off;
  const own = account === undefined ? null : normaliseEmail(account);
  if (own === null) return 'unknown-mailbox';
  return inDomains(own, rules.domains) || normalised(rules.mailboxes).includes(own)
    ? null
    : 'private-mailbox';
}

/** Whether this address may be matched at all: not our own, no colleague, not on the never-list. */
export function mayMatch(
  address: string,
  { domains, mailboxes, never }: Pick<Rules, 'domains' | 'mailboxes' | 'never'>,
): boolean {
  const email = normaliseEmail(address);
  if (email === null || inDomains(email, domains ?? []) || normalised(mailboxes).includes(email)) {
    return false;
  }
  return !never.some((entry) =>
    entry.includes('@') && !entry.startsWith('@')
      ? normaliseEmail(entry) === email
      : inDomains(email, [domainOf(`@${entry.trim().toLowerCase().replace(/^@/u, '')}`)]),
  );
}

const normalised = (addresses: readonly string[]) => addresses.map((address) => normaliseEmail(address));
