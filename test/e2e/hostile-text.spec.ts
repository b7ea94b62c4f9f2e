import { v7 as uuid } from 'uuid';
import { openMail } from '../../demo/gmail-actions.ts';
import { extensionPage } from '../../demo/launch.ts';
import { openGmail, panelWithContext } from '../../demo/panel.ts';
import type { Mail } from '../../demo/sample-gmail/mail.ts';
import { alex, single } from '../../demo/sample-gmail/mails.ts';
import { sampleGmail } from '../../demo/sample-gmail/sample-gmail.ts';
import { expect, test as base } from '../support/e2e.ts';

const hostile = {
  markup: '<img src=x onerror="document.title=\'hacked\'"><script>document.title="hacked"</script>',
  rtl: '\u202Eevil\u202C \u2067right to left\u2069',
  long: 'W'.repeat(10_000),
  emoji: '👩🏽‍💻👨‍👩‍👧‍👦🏳️‍🌈'.repeat(40),
  zeroWidth: 'in\u200Bvis\u200Dible\uFEFF',
};

const people = Object.entries(hostile).map(([kind, text]) => ({
  kind,
  text,
  id: uuid(),
  email: `${kind.toLowerCase()}@hostile.example`,
}));

const mailFrom = (email: string, n: number): Mail => ({
  ...single,
  id: `1a0000000000000${n}`,
  hash: `#inbox/FMfcgzHostile${'x'.repeat(16)}${n}`,
  messages: [{ ...single.messages[0]!, from: { name: hostile.markup, email }, to: [alex] }],
  leads: [email],
});
const mails = people.map(({ email }, index) => mailFrom(email, index));

const test = base.extend({
  seed: async ({ api }, use) => {
    const stored = await api.ingestPeople({
      body: {
        people: people.map(({ id, text, email }) => ({
          id,
          name: text,
          emails: [email],
          company: text,
          title: text,
          externalIds: [],
          stage: 'mql',
          doNotContact: { reason: text, since: '2026-11-01T00:00:00.000Z' },
        })),
      },
    });
    expect(stored).toMatchObject({ ok: true, value: { stored: people.length, rejected: [] } });
    const touchpoints = await api.ingestTouchpoints({
      body: {
        touchpoints: people.map(({ text, email }) => ({
          id: uuid(),
          kind: 'form.submitted',
          channel: 'web',
          direction: 'inbound',
          title: text,
          highlight: text,
          occurredAt: '2026-11-20T10:00:00.000Z',
          machine: false,
          source: 'test',
          sourceId: email,
          person: { email },
          campaign: { id: uuid(), name: text, kind: 'mail' },
        })),
      },
    });
    expect(touchpoints).toMatchObject({ ok: true, value: { stored: people.length } });
    for (const { id, text } of people) {
      await api.createFeedback({
        body: {
          id: uuid(),
          about: { kind: 'lead', personId: id },
          verdict: 'returned',
          reasons: [],
          comment: text,
          clientTime: new Date().toISOString(),
        },
      });
    }
    await use();
  },
});

test('hostile names, titles and comments are text, and break no layout', async ({ context }) => {
  const gmail = await openGmail(context, sampleGmail({ language: 'en', mails }));
  for (const [index, { kind, text, id }] of people.entries()) {
    await openMail(gmail, mails[index]!);
    const panel = await panelWithContext(gmail);
    await expect(panel.locator('[data-person-id]')).toHaveAttribute('data-person-id', id);
    const looks = await panel.evaluate(() => ({
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      images: document.querySelectorAll('img').length,
      title: document.title,
      heading: document.querySelector('h1')?.textContent,
    }));
    expect(looks, kind).toMatchObject({ overflow: 0, images: 0 });
    expect(looks.title).not.toBe('hacked');
    expect(text.startsWith(looks.heading!.replace(/…$/u, '').slice(0, 20)), kind).toBe(true);
    // The verdict stays within reach however long the name is.
    await expect(panel.getByRole('button', { name: 'Accept', exact: true })).toBeVisible();
    await gmail.evaluate(() => (location.hash = '#inbox'));
  }

  const workspace = await context.newPage();
  await workspace.goto(extensionPage('workspace.html'));
  await expect(workspace.locator('[data-feedback-id]').first()).toBeVisible();
  const looks = await workspace.evaluate(() => ({
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    images: document.querySelectorAll('img').length,
    title: document.title,
  }));
  expect(looks).toMatchObject({ overflow: 0, images: 0 });
  expect(looks.title).not.toBe('hacked');
});
