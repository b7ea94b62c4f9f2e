import { afterEach, describe, expect, test } from 'vitest';
import { startMailServer } from './support/mail-server.ts';
import { meWith, oauthClient, REDIRECT, serveHub } from './support/oauth-hub.ts';
import { testBrowser } from './support/test-browser.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const MINUTE = 60_000;
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

async function open() {
  let ahead = 0;
  const post = await startMailServer();
  const opened = await hubs.open({ clock: () => new Date(Date.now() + ahead), mailer: post.mailer });
  const { origin, stop } = await serveHub(opened.hub);
  stops.push(stop, post.stop);
  const client = await oauthClient(origin);
  return {
    ...opened,
    origin,
    post,
    client,
    pass: (milliseconds: number) => {
      ahead += milliseconds;
    },
    /** Asks for a link in a browser, and takes it from the mail. */
    ask: async (mail: string, language = 'en', parameters = {}) => {
      const browser = testBrowser(language);
      const flow = await client.begin(browser, parameters);
      const at = flow.page.url.href;
      const sent = await browser.visit(`${at}/mail`, { mail });
      const letter = await post.arrived(post.mails.length + 1);
      const link = /http:\/\/\S+/.exec(letter.text!)![0];
      return { ...flow, browser, at, sent, letter, link, finish: () => browser.visit(`${at}/continue`, {}) };
    },
  };
}

describe('a mailed link', () => {
  test('signs in whoever presses its button, in the browser that asked for it', async () => {
    const { ask, rep, origin } = await open();
    const { browser, link, finish, redeem, sent, letter } = await ask(rep.email.toUpperCase());
    expect(sent.text).toContain('Look into your mailbox');
    expect(letter.subject).toBe('Sign in to Tandem');
    expect(letter.to).toMatchObject({ text: rep.email });

    // Whatever opens the link, it is only looked at.
    for (let looked = 0; looked < 2; looked++) {
      const page = await browser.visit(link);
      expect(page.status).toBe(200);
      expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    }
    expect((await finish()).text).toContain('not been used yet');

    expect((await browser.visit(link, {})).text).toContain('Almost there');
    const back = await finish();
    expect(back.url.href).toMatch(REDIRECT);
    const tokens = await redeem(back);
    expect(await (await meWith(origin, tokens.access_token)).json()).toMatchObject({ user: rep });
  });

  test('works once', async () => {
    const { ask, rep } = await open();
    const { browser, link, finish } = await ask(rep.email);
    await browser.visit(link, {});
    const second = await browser.visit(link, {});
    expect(second.status).toBe(400);
    expect(second.text).toContain('was used already');
    expect((await finish()).url.href).toMatch(REDIRECT);
    expect((await finish()).status).toBe(400);
  });

  test('is of no use in another browser, so that nobody signs in a stranger by a press', async () => {
    const { ask, rep } = await open();
    const { link, finish } = await ask(rep.email);
    const stranger = testBrowser('de');
    for (const answer of [await stranger.visit(link), await stranger.visit(link, {})]) {
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('in dem Browser, in dem Sie ihn angefordert haben');
    }
    expect((await finish()).text).toContain('not been used yet');
  });

  test('is good for fifteen minutes', async () => {
    const { ask, rep, pass } = await open();
    const { browser, link, finish } = await ask(rep.email);
    pass(15 * MINUTE + 1000);
    expect((await browser.visit(link, {})).status).toBe(400);
    expect((await finish()).text).toContain('not been used yet');
  });

  test('is dead after five guesses', async () => {
    const { ask, rep } = await open();
    const { browser, link } = await ask(rep.email);
    const guess = link.replace(/[^/]+$/, 'A'.repeat(43));
    for (let tried = 0; tried < 5; tried++) expect((await browser.visit(guess, {})).status).toBe(400);
    expect((await browser.visit(link, {})).status).toBe(400);
  });

  test('speaks German to a German browser', async () => {
    const { ask, rep } = await open();
    const { letter, sent } = await ask(rep.email, 'de-DE,de;q=0.9,en;q=0.5');
    expect(letter.subject).toBe('Bei Tandem anmelden');
    expect(sent.text).toContain('<html lang="de">');
  });

  test.for([
    ['de', 'Bei Tandem anmelden'],
    ['fr de-AT en', 'Bei Tandem anmelden'],
    ['fr', 'Sign in to Tandem'],
  ])('speaks what the extension asks for (%s), whatever the browser does', async ([asked, subject]) => {
    const { ask, rep } = await open();
    const { letter, page, browser, link } = await ask(rep.email, 'en', { ui_locales: asked });
    expect(letter.subject).toBe(subject);
    const language = subject === 'Sign in to Tandem' ? 'en' : 'de';
    for (const { text } of [page, await browser.visit(link), await browser.visit(link, {})]) {
      expect(text).toContain(`<html lang="${language}">`);
    }
  });

  test('is stored as a hash only, and logged nowhere', async () => {
    const { ask, rep, log } = await open();
    const { browser, link } = await ask(rep.email);
    await browser.visit(link, {});
    expect(log.join()).not.toContain(link.split('/').at(-1));
    expect(log.join()).not.toContain(rep.email);
  });
});

describe('who asks for a link', () => {
  test('learns nothing of who is known', async () => {
    const { client, rep, post } = await open();
    const texts = await Promise.all(
      [rep.email, 'nobody@kontor.example'].map(async (mail) => {
        const browser = testBrowser();
        const { page } = await client.begin(browser);
        const answer = await browser.visit(`${page.url.href}/mail`, { mail });
        return [answer.status, answer.text.replaceAll(mail, '').replaceAll(/interaction\/[\w-]+/g, '')];
      }),
    );
    expect(texts[0]).toEqual(texts[1]);
    await post.arrived(1);
    expect(post.mails).toHaveLength(1);
  });

  test('cannot flood a mailbox, known or not', async () => {
    const { client } = await open();
    for (const mail of ['nobody@kontor.example', 'Ada.Admin@kontor.example']) {
      const statuses: number[] = [];
      for (let asked = 0; asked < 6; asked++) {
        const browser = testBrowser();
        const { page } = await client.begin(browser);
        statuses.push((await browser.visit(`${page.url.href}/mail`, { mail })).status);
      }
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    }
  });

  test('must write an address', async () => {
    const { client } = await open();
    const browser = testBrowser();
    const { page } = await client.begin(browser);
    const answer = await browser.visit(`${page.url.href}/mail`, { mail: 'nobody' });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('not an e-mail address');
  });
});

test('an invitation is mailed: where to sign in, and no code in the answer', async () => {
  const post = await startMailServer();
  stops.push(post.stop);
  const publicUrl = 'https://tandem.kontor.example';
  const { as, admin } = await hubs.open({ mailer: post.mailer, publicUrl });
  const who = { email: 'new@kontor.example', name: 'Nora New', role: 'rep', team: 'sales' };
  const answer = await (await as(admin))('POST', '/v1/invitations', who);
  expect(answer.json).toMatchObject({ user: who });
  expect(answer.json).not.toHaveProperty('code');
  const letter = await post.arrived(1);
  expect(letter.to).toMatchObject({ text: who.email });
  for (const word of [publicUrl, who.name, admin.name]) expect(letter.text).toContain(word);
});
