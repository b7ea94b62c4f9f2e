import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { gmail } from '../../../utils/sites/gmail.ts';
import { readingOf } from '../../support/site-fixtures.ts';
import { gmailSending } from '../../../utils/sites/gmail/sending.ts';
import { readMailbox } from '../../../utils/sites/gmail/mailbox.ts';
import { selectors } from '../../../utils/sites/gmail/selectors.ts';

const folder = resolve(import.meta.dirname, '../../../../shared/captured');
const present = existsSync(join(folder, 'expected.json'));

interface Expectation {
  people: [address: string, name: string | null, role: string][];
  traps: string[];
}
const expectations = present
  ? (JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<string, Expectation>)
  : {};
const documentOf = (file: string) => new JSDOM(readFileSync(join(folder, file), 'utf8')).window.document;
const inbox = new URL('https://mail.google.com/mail/u/0/#inbox');

// A whole page of 0.6 MB takes jsdom seconds on a busy machine.
describe.skipIf(!present)('captured pages', { timeout: 30_000 }, () => {
  it.each(Object.entries(expectations))('%s', (file, { people, traps }) => {
    const document = documentOf(file);
    const reading = readingOf(gmail, document, inbox);
    const reported = reading?.people ?? [];
    const mailbox = readMailbox(document, inbox, selectors);

    for (const trap of traps) expect(JSON.stringify(reading)).not.toContain(trap);
    // Inbox by Gmail is not a site of ours; only its account bar is Google's common one.
    if (file.startsWith('gmail/')) {
      const leads = people.filter(([, , role]) => !role.startsWith('own'));
      // Fragments without an account bar cannot tell whose address this is.
      const strangers = reported.filter(
        ({ email }) => !people.some(([own, , role]) => own === email && role === 'own'),
      );
      expect(strangers.map(({ email, name, role }) => [email, name, role])).toEqual(
        expect.arrayContaining(leads),
      );
      expect(strangers).toHaveLength(leads.length);
    }
    if (/account|by-gmail/u.test(file)) {
      const own = people.filter(([, , role]) => role.startsWith('own'));
      expect(mailbox.account).toBe(own.find(([, , role]) => role === 'own')?.[0]);
      expect(mailbox.own).toEqual(new Set(own.map(([address]) => address)));
    }
  });

  it.each([
    ['.aoO', true],
    ['.hG', false],
    ['.oh', false],
    ['[selector=scheduledSend]', false],
  ])('a click on %s in a captured compose sends: %s', (selector, expected) => {
    const document = documentOf('gmail/compose-2020-empty.html');
    let sends: boolean | undefined;
    document.addEventListener('click', (event) => (sends = gmailSending.begins(event, inbox) !== null));
    document.querySelector<HTMLElement>(selector)!.click();
    expect(sends).toBe(expected);
  });
});
