import { browser } from 'wxt/browser';
import { inDomains, normaliseEmail } from '../domain/email.ts';
import { siteById } from '../sites/index.ts';
import { currentRules } from './mailbox-rule.ts';
import { connectionItem, tabSessionItem } from './storage.ts';

/**
 * Mailboxes the user may want to name: those that open mail pages show, and the address they sign in with; without
 * those in which the panel works already. They are shown to the user and go nowhere.
 */
export async function suggestMailboxes(): Promise<string[]> {
  const tabs = await browser.tabs.query({});
  const sessions = await Promise.all(
    tabs.flatMap(({ id }) => (id === undefined ? [] : [tabSessionItem(id).get()])),
  );
  const shown = sessions.flatMap((session) => session?.frames ?? []);
  const accounts = shown
    .filter(({ site }) => siteById(site)?.kind === 'mail')
    .map(({ reading }) => reading?.account);
  const own = (await connectionItem.get())?.me.user.email;
  const found = [...accounts, own].map((address) => normaliseEmail(address ?? ''));
  const { domains, mailboxes } = await currentRules();
  return [...new Set(found)]
    .filter((address) => address !== null)
    .filter((address) => !inDomains(address, domains ?? []) && !mailboxes.includes(address));
}
