import type { BrowserContext, Page } from '@playwright/test';
import { openMail } from '../../demo/gmail-actions.ts';
import { extensionPage } from '../../demo/launch.ts';
import { openGmail, panelWithContext } from '../../demo/panel.ts';
import { single } from '../../demo/sample-gmail/mails.ts';
import { sampleGmail } from '../../demo/sample-gmail/sample-gmail.ts';
import { violationsOf } from '../support/axe.ts';
import { answerOf, expect, test } from '../support/e2e.ts';
import { tabAndEnter, tabAndType, tabTo } from '../support/tab-to.ts';

const words = {
  en: {
    return: 'Return',
    noBudget: 'No budget',
    reply: 'Answer',
    asks: 'Marketing asks you',
    ask: 'Ask sales',
    name: 'What is it called?',
    details: 'What goes out, and to whom?',
    doubts: 'With doubts',
    counted: '1 with doubts',
    edit: 'Edit: Reasons for giving a lead back',
    add: 'Add a reason',
    reason: 'Reason',
    otherReason: 'Reason in German',
    review: 'Look through and propose',
    why: 'What you change, and why',
    propose: 'Propose',
    sign: 'Sign',
    table: 'Show the table',
    make: 'Make agenda',
    notes: 'Notes',
    saved: 'Everything is saved.',
  },
  de: {
    return: 'Zurückgeben',
    noBudget: 'Kein Budget',
    reply: 'Antworten',
    asks: 'Das Marketing fragt Sie',
    ask: 'Vertrieb fragen',
    name: 'Wie heißt es?',
    details: 'Was geht hinaus, und an wen?',
    doubts: 'Mit Bedenken',
    counted: '1 mit Bedenken',
    edit: 'Bearbeiten: Gründe für eine Rückgabe',
    add: 'Grund hinzufügen',
    reason: 'Grund',
    otherReason: 'Grund auf Englisch',
    review: 'Durchsehen und vorschlagen',
    why: 'Was Sie ändern, und warum',
    propose: 'Vorschlagen',
    sign: 'Unterschreiben',
    table: 'Tabelle zeigen',
    make: 'Agenda erstellen',
    notes: 'Notizen',
    saved: 'Alles ist gespeichert.',
  },
} as const;

const katharina = single.messages[0]!.from;

for (const language of ['en', 'de'] as const) {
  test.describe(language, () => {
    test.use({ language });
    test.setTimeout(400_000);
    const say = words[language];

    test('a rep, a marketer and a sales manager close the loop by keyboard', async ({ browserOf, api }) => {
      const rep = await browserOf('Jonas Petersen');
      const marketing = await open(await browserOf('Mara Lindqvist'), 'inbox');
      const item = marketing.locator('li[data-feedback-id]').filter({ hasText: katharina.name }).first();
      const before = answerOf(await api.figures({ query: {} }));
      const gmail = await openGmail(rep, sampleGmail({ language, mails: [single] }));
      await openMail(gmail, single);
      const panel = await panelWithContext(gmail, katharina.name);

      await test.step('the rep gives a lead back beside the mail', async () => {
        await panel.locator('button').first().focus();
        await tabAndEnter(gmail, panel.getByRole('button', { name: say.return, exact: true }));
        await tabTo(gmail, panel.getByRole('checkbox', { name: say.noBudget, exact: true }));
        await gmail.keyboard.press('Space');
        await expect(panel.locator('section[data-stage]')).toHaveAttribute('data-stage', 'recycled');
      });

      await test.step('the marketer finds it in the inbox, and asks back', async () => {
        await expect(item).toContainText(say.noBudget);
        await expectSound(marketing);
        await marketing.keyboard.press('j');
        await expect(item.getByRole('button').first()).toBeFocused();
        await marketing.keyboard.press('q');
        await marketing.keyboard.type('None at all, or none this year?');
        await expectSound(marketing);
        await marketing.keyboard.press('Control+Enter');
        await expect(item).toHaveAttribute('data-feedback-state', /./u);
      });

      await test.step('the rep is asked beside the lead, and answers', async () => {
        const asked = panel.locator('form[data-asked]').first();
        await expect(asked).toContainText(say.asks);
        await tabAndType(gmail, asked.getByRole('textbox'), 'None this year.');
        await tabAndEnter(gmail, asked.getByRole('button', { name: say.reply, exact: true }));
        await expect(asked).toBeHidden();
      });

      await test.step('the marketer acts on it, and the rep sees what was done', async () => {
        await expect(item).toContainText('None this year.');
        await marketing.keyboard.press('a');
        await marketing.keyboard.type('They hear from us again in January.');
        await marketing.keyboard.press('Control+Enter');
        await expect(item).toHaveAttribute('data-feedback-state', 'acted');
        await expect(panel.getByText('They hear from us again in January.')).toBeVisible();
      });

      await test.step('the marketer asks about a plan, and the rep has doubts in one click', async () => {
        await marketing.goto(extensionPage('workspace.html#campaigns'));
        await tabAndEnter(marketing, marketing.getByRole('link', { name: say.ask }));
        await tabAndType(marketing, marketing.getByLabel(say.name), 'Second mail to absentees');
        await tabAndType(marketing, marketing.getByLabel(say.details), 'The recording, to whoever was away.');
        await tabTo(marketing, marketing.locator('button[type=submit]'));
        await expectSound(marketing);
        await marketing.keyboard.press('Enter');
        await expect(marketing.locator('[data-plan-id]')).toContainText('Second mail to absentees');

        const sales = await open(rep, 'campaigns/plans');
        await tabAndEnter(sales, sales.getByRole('button', { name: say.doubts }));
        await expect(sales.getByRole('button', { name: say.doubts })).toHaveAttribute('aria-pressed', 'true');
        await expectSound(sales);
        await expect(marketing.locator('[data-plan-id]')).toContainText(say.counted);
      });

      const manager = await open(await browserOf('Henrike Voss'), 'agreement');
      await test.step('the marketer proposes a reason, and the sales manager signs it', async () => {
        await marketing.goto(extensionPage('workspace.html#agreement'));
        await tabAndEnter(marketing, button(marketing, say.edit));
        const reasons = marketing.locator('#agreement-reasons');
        await tabAndEnter(marketing, reasons.getByRole('button', { name: say.add }));
        const added = reasons.locator('ol > li').last();
        await expect(added.getByLabel(say.reason, { exact: true })).toBeFocused();
        await marketing.keyboard.type('Bought elsewhere');
        await tabAndType(marketing, added.getByLabel(say.otherReason), 'Woanders gekauft');
        await tabAndEnter(marketing, button(marketing, say.review));
        const draft = marketing.locator('#agreement-draft');
        await expect(draft.locator('tr[data-stage=mql]')).toBeVisible();
        await tabAndType(marketing, draft.getByLabel(say.why), 'We lose some to others.');
        await expectSound(marketing);
        await tabAndEnter(marketing, draft.getByRole('button', { name: say.propose, exact: true }));

        await expect(manager.getByText('We lose some to others.').first()).toBeVisible();
        await expectSound(manager);
        await tabAndEnter(manager, button(manager, say.sign));
        await expect(manager.locator('[data-agreement-version="2"]')).toBeVisible();
        await expect(marketing.locator('[data-agreement-version="2"]')).toBeVisible();
        expect(answerOf(await api.agreement())).toMatchObject({ version: 2 });
      });

      await test.step('the report counts what the rep said', async () => {
        await manager.goto(extensionPage('workspace.html#report'));
        const acceptance = manager.locator('[data-figure=acceptance-rate]');
        await expect(acceptance).toBeVisible();
        const after = answerOf(await api.figures({ query: {} }));
        const decided = ({ figures }: typeof after) => figures.find(({ id }) => id === 'acceptance-rate')!;
        expect(decided(after).cases).toBe(decided(before).cases + 1);
        await expect(acceptance).toContainText(String(decided(after).cases));
        const reasons = manager.locator('[data-chart=return-reasons]');
        await tabAndEnter(manager, reasons.getByText(say.table));
        await expect(reasons.getByRole('row').filter({ hasText: say.noBudget })).toBeVisible();
        await expectSound(manager);
      });

      await test.step('the sales manager makes the agenda, and both write on it', async () => {
        await manager.goto(extensionPage('workspace.html#agenda'));
        await expectSound(manager);
        await tabAndEnter(manager, button(manager, say.make));
        await expect(manager.locator('[data-agenda]')).toBeVisible();
        await expectSound(manager);
        const first = (page: Page) => page.locator('li[data-item]').first().getByLabel(say.notes);
        await tabAndType(manager, first(manager), 'Ask for the budget in the form.');
        await expect(manager.getByText(say.saved)).toBeVisible();
        await marketing.goto(manager.url());
        await expect(first(marketing)).toHaveValue('Ask for the budget in the form.');
      });
    });
  });
}

/** Nothing wrong by axe, in the light and in the dark. */
async function expectSound(page: Page): Promise<void> {
  expect(await violationsOf(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violationsOf(page, 'dark')).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
}

async function open(browser: BrowserContext, part: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(extensionPage(`workspace.html#${part}`));
  return page;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
