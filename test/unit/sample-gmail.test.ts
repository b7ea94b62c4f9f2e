import { JSDOM } from 'jsdom';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Language, Mail } from '../../demo/sample-gmail/mail.ts';
import * as named from '../../demo/sample-gmail/mails.ts';
import { sampleGmail } from '../../demo/sample-gmail/sample-gmail.ts';
import { cast } from '../../server/sample/cast.ts';
import { readPage } from '../../utils/sites/index.ts';

const { alex, mails } = named;
const GMAIL = 'https://mail.google.com/mail/u/0/';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** Runs the page in jsdom, at a hash. */
async function open(hash: string, language: Language = 'en') {
  const { body } = sampleGmail({ language })('/mail/u/0/');
  const { window } = new JSDOM(body, { url: GMAIL + hash });
  const { document, location } = window;
  vi.stubGlobal('document', document);
  vi.stubGlobal('location', location);
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
  await import('../../demo/sample-gmail/page/main.ts');
  const arrival = (act: () => void) =>
    new Promise((done) => {
      window.addEventListener('hashchange', done, { once: true });
      act();
    });
  const go = (to: string) => arrival(() => (location.hash = to));
  const press = (target: Element | null | undefined, key = 'Enter') =>
    target?.dispatchEvent(new window.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  return { document, arrival, go, press, read: () => readPage(document, new URL(location.href)) };
}

const emailsOf = (reading: ReturnType<typeof readPage>) => reading?.people.map(({ email }) => email).sort();

/** Everybody in a conversation but the user. */
function others({ messages }: Mail): string[] {
  const all = messages.flatMap(({ from, to, cc = [] }) => [from, ...to, ...cc]);
  return [...new Set(all.map(({ email }) => email))].filter((email) => email !== alex.email).sort();
}

describe('the sample Gmail', () => {
  it('serves the page and its parts under a strict policy, and nothing else', () => {
    const respond = sampleGmail({ language: 'de' });
    const { status, body, headers } = respond('/mail/u/0/');
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'");
    const parts = [...body.matchAll(/(?:src|href)="(\/[^"]+)"/gu)].map(([, path]) => path ?? '');
    expect(parts).toHaveLength(2);
    for (const part of parts) expect(respond(part).status).toBe(200);
    expect(respond('/mail/u/0/page/compose.ts')).toMatchObject({
      status: 200,
      contentType: 'text/javascript; charset=utf-8',
    });
    expect(respond('/mail/u/0/page/compose.ts').body).not.toMatch(/import type|: Contact/u);
    for (const path of ['/', '/mail/u/0/page/none.ts', '/mail/u/0/page/../mails.ts'])
      expect(respond(path).status).toBe(404);
  });

  it('keeps whatever a mail says inside its data block', () => {
    const [first] = mails;
    const evil = { ...first!, subject: '</script><script>alert(1)</script>' };
    const { body } = sampleGmail({ language: 'en', mails: [evil] })('/mail/u/0/');
    expect(body).not.toContain('alert(1)</script>');
    expect(body).toContain('\\u003c/script>');
  });

  it.each(mails)('shows the people of “$subject” to a reader of Gmail', async (mail) => {
    const { read, document } = await open(mail.hash, 'de');
    expect(read()).toMatchObject({ view: 'thread', viewId: mail.id, account: alex.email });
    expect(emailsOf(read())).toEqual(others(mail));
    expect(read()?.people.filter(({ uncertain }) => uncertain)).toEqual([]);
    expect(document.title).toBe(`${mail.subject} - ${alex.email} - Gmail`);
  });

  it('has the mails the tests need', () => {
    expect(named.twoLeads.leads).toHaveLength(2);
    expect(named.sent.messages[0]?.from).toEqual(alex);
    for (const mail of [named.family, named.newsletter, named.internal]) expect(mail.leads).toEqual([]);
    expect(new Set(mails.map(({ id }) => id)).size).toBe(mails.length);
    expect(mails.filter(({ id }) => !/^[0-9a-f]{16}$/u.test(id))).toEqual([]);
  });

  it.each([
    ['single', 'mql'],
    ['conversation', 'mql'],
    ['secondRound', 'mql'],
    ['accepted', 'sal'],
    ['sale', 'sql'],
    ['sent', 'opportunity'],
    ['customer', 'customer'],
    ['recycled', 'recycled'],
    ['doNotContact', 'disqualified'],
    ['disqualified', 'disqualified'],
    ['unsubscribed', 'lead'],
  ] as const)('has in “%s” one lead at %s', (name, stage) => {
    const writers = cast.filter(({ emails }) => named[name].leads.includes(emails[0] ?? ''));
    expect(writers.map(({ stages }) => stages.at(-1)?.to)).toEqual([stage]);
  });

  it('lists conversations and opens one with Enter', async () => {
    const { read, document, press, arrival } = await open('#inbox');
    const inbox = mails.filter(({ folder }) => folder === 'inbox');
    expect(read()).toMatchObject({ view: 'list' });
    expect(emailsOf(read())).toEqual(
      [...new Set(inbox.flatMap(others))].filter((email) => !email.startsWith('n.koch')).sort(),
    );
    const row = document.querySelectorAll<HTMLElement>('tr.zA')[1];
    expect(row?.tabIndex).toBe(0);
    await arrival(() => press(row));
    expect(read()).toMatchObject({ view: 'thread', viewId: named.conversation.id });
  });

  it('leaves the conversation before in the page, hidden', async () => {
    const { read, document, go } = await open(named.single.hash);
    await go(named.sale.hash);
    expect(document.querySelectorAll('[role=main] h2.hP')).toHaveLength(2);
    expect(emailsOf(read())).toEqual(others(named.sale));
  });

  it('expands a collapsed message', async () => {
    const { document, press } = await open(named.conversation.hash);
    expect(document.querySelectorAll('div.adf.ads')).toHaveLength(2);
    press(document.querySelector('.kv'));
    expect(document.querySelectorAll('div.adn.ads')).toHaveLength(2);
    press(document.querySelector('.kv'));
    // The second one is from Alex to Daniel, and the last one to Alex.
    const names = [...document.querySelectorAll('.hb')].map(({ textContent }) => textContent.trim());
    expect(names).toEqual(['to me', 'to Daniel Hughes', 'to me']);
  });

  it('takes recipients into a compose and lets go of them when it is sent', async () => {
    const { read, document, press, go } = await open('#sent');
    await go('#starred');
    press(document.querySelector('[gh=cm]'));
    const field = document.querySelector<HTMLInputElement>('[role=combobox]');
    field!.value = 'k.brandt@hafenlogistik.example';
    press(field);
    expect(read()).toMatchObject({
      view: 'compose',
      account: alex.email,
      people: [
        { email: 'k.brandt@hafenlogistik.example', name: 'Katharina Brandt', role: 'draft-recipient' },
      ],
    });
    press(document.querySelector('.aoO'));
    expect(document.querySelector('.aoI')).toBeNull();
    expect(read()?.people ?? []).toEqual([]);
    // What was sent can be taken back for a while, and then stands there as it was.
    press(document.querySelector('#link_undo'));
    expect(emailsOf(read())).toEqual(['k.brandt@hafenlogistik.example']);
  });

  it('does not send a mail to nobody', async () => {
    const { document, press } = await open('#inbox');
    press(document.querySelector('[gh=cm]'));
    press(document.querySelector('.aoO'));
    expect(document.querySelector('.aoI')).not.toBeNull();
    expect(document.querySelector('#link_undo')).toBeNull();
    document.querySelector<HTMLElement>('[role=alertdialog] button')?.click();
    expect(document.querySelector('[role=alertdialog]')).toBeNull();
  });

  it('speaks German, to itself and to screen readers', async () => {
    const { document } = await open('#inbox', 'de');
    expect(document.title).toBe(`Posteingang (2) - ${alex.email} - Gmail`);
    expect(document.querySelector('[gh=cm]')?.textContent).toBe('Schreiben');
    expect(document.querySelector('[role=banner] a')?.getAttribute('aria-label')).toMatch(
      /^Google-Konto: .*\(alex\.winter@/su,
    );
    expect(document.querySelectorAll('tr.zA')[1]?.querySelector('.yW')?.textContent).toContain('ich');
  });

  it('finds mails', async () => {
    const { document } = await open('#search/leeds');
    const rows = [...document.querySelectorAll('tr.zA .bqe')].map(({ textContent }) => textContent);
    expect(rows).toEqual([named.customer.subject]);
  });
});
