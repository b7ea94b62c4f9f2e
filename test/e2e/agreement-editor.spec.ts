import type { Page } from '@playwright/test';
import { extensionPage } from '../../demo/launch.ts';
import { answerOf, expect, test } from '../support/e2e.ts';

const words = {
  en: {
    edit: 'Edit: Reasons for giving a lead back',
    done: 'Done with editing: Reasons for giving a lead back',
    add: 'Add a reason',
    reason: 'Reason',
    other: 'In German',
    otherReason: 'Reason in German',
    wrong: '1 place has to be mended first.',
    count: '1 change, not proposed yet',
    review: 'Look through and propose',
    why: 'What you change, and why',
    propose: 'Propose',
    proposed: 'Proposed as version 2.',
    sign: 'Sign',
    make: 'Make agenda',
    addItem: 'Add an item',
    text: 'What is it about?',
    notes: 'Notes',
    decision: 'Add who does what',
    what: 'What',
    who: 'Who',
    down: 'Move down',
    saved: 'Everything is saved.',
    take: 'Take theirs',
  },
  de: {
    edit: 'Bearbeiten: Gründe für eine Rückgabe',
    done: 'Fertig mit dem Bearbeiten: Gründe für eine Rückgabe',
    add: 'Grund hinzufügen',
    reason: 'Grund',
    other: 'Auf Englisch',
    otherReason: 'Grund auf Englisch',
    wrong: '1 Stelle ist vorher zu berichtigen.',
    count: '1 Änderung, noch nicht vorgeschlagen',
    review: 'Durchsehen und vorschlagen',
    why: 'Was Sie ändern, und warum',
    propose: 'Vorschlagen',
    proposed: 'Als Version 2 vorgeschlagen.',
    sign: 'Unterschreiben',
    make: 'Agenda erstellen',
    addItem: 'Punkt hinzufügen',
    text: 'Worum geht es?',
    notes: 'Notizen',
    decision: 'Hinzufügen, wer was tut',
    what: 'Was',
    who: 'Wer',
    down: 'Nach unten',
    saved: 'Alles ist gespeichert.',
    take: 'Diese Fassung nehmen',
  },
};

for (const language of ['en', 'de'] as const) {
  const say = words[language];

  test.describe(language, () => {
    test.use({ language });
    test.setTimeout(300_000);

    test('marketing edits the agreement in place, by keyboard, and sales signs it', async ({
      browserOf,
      api,
    }) => {
      const marketing = await browserOf('Sofia Albrecht');
      let page = await open(marketing, 'agreement');
      const reasons = () => page.locator('#agreement-reasons');
      const draft = () => page.locator('#agreement-draft');
      await button(page, say.edit).press('Enter');
      await expect(button(page, say.done)).toBeFocused();
      // Who types at once writes into the new field, before a frame is drawn.
      await page.clock.pauseAt(new Date(Date.now() + 60_000));
      await reasons().getByRole('button', { name: say.add }).press('Enter');
      await page.keyboard.type('Bought elsewhere');
      await page.clock.resume();
      const added = reasons().locator('ol > li').last();
      const field = added.getByLabel(say.reason, { exact: true });
      await expect(field).toHaveValue('Bought elsewhere');
      await expect(field).toBeFocused();

      // One of the two languages is missing, which is said at the field and in the bar.
      await expect(page.getByText(say.wrong)).toBeVisible();
      const other = added.getByLabel(say.otherReason);
      await expect(other).toHaveAttribute('aria-invalid', 'true');
      await other.fill('Woanders gekauft');
      await expect(page.getByText(say.count)).toBeVisible();

      // The draft outlives the page.
      await page.close();
      page = await open(marketing, 'agreement');
      await expect(page.getByText(say.count)).toBeVisible();
      await button(page, say.review).press('Enter');
      await expect(draft().getByRole('listitem').first()).toContainText('Woanders gekauft');
      await expect(draft().locator('tr[data-stage=mql]')).toBeVisible({ timeout: 60_000 });
      await draft().getByLabel(say.why).fill('We lose some to others.');
      await draft().getByRole('button', { name: say.propose, exact: true }).press('Enter');
      await expect(page.getByRole('status')).toHaveText(say.proposed);
      await expect(page.getByText(say.count)).toHaveCount(0);

      const sales = await open(await browserOf('Henrike Voss'), 'agreement');
      await expect(sales.getByText('We lose some to others.').first()).toBeVisible();
      await button(sales, say.sign).press('Enter');
      await expect(sales.locator('[data-agreement-version="2"]')).toBeVisible();
      const { reasons: agreed } = answerOf(await api.agreement());
      expect(agreed.at(-1)).toMatchObject({
        label: language === 'en' ? { en: 'Bought elsewhere' } : { de: 'Bought elsewhere' },
      });
      await expect(page.locator('[data-agreement-version="2"]')).toBeVisible();
    });

    test('both teams work on one agenda at once and lose nothing', async ({ browserOf }) => {
      const marketing = await open(await browserOf('Sofia Albrecht'), 'agenda');
      await button(marketing, say.make).press('Enter');
      await expect(marketing.locator('[data-agenda]')).toBeVisible();
      const sales = await open(await browserOf('Henrike Voss'), new URL(marketing.url()).hash.slice(1));
      await expect(sales.locator('[data-agenda]')).toBeVisible();

      // One adds something to talk about, the other one sees it.
      // Her clock stands still, so that no frame is drawn: who types at once writes into the new field all the same.
      await marketing.clock.pauseAt(new Date(Date.now() + 60_000));
      const others = marketing.locator('[data-section=other]');
      await others.getByRole('button', { name: say.addItem }).press('Enter');
      await marketing.keyboard.type('Trade fair');
      await others.getByRole('button', { name: say.decision }).press('Enter');
      await marketing.keyboard.type('Book the stand');
      await marketing.clock.resume();
      await others.getByLabel(say.who, { exact: true }).fill('Henrike');
      await expect(marketing.getByText(say.saved)).toBeVisible();
      const seen = sales.locator('[data-section=other] li[data-item]');
      await expect(seen.getByLabel(say.text)).toHaveValue('Trade fair');
      await expect(seen.getByLabel(say.what, { exact: true })).toHaveValue('Book the stand');

      // Both write notes to the same item: what was not kept first is asked about.
      // Her page keeps nothing while its clock stands still, and hears of changes all the same.
      await sales.clock.pauseAt(new Date(Date.now() + 60_000));
      await seen.getByLabel(say.notes).fill('Hall 7 this time.');
      await others.getByLabel(say.notes).fill('Hall 4, as last year.');
      await expect(marketing.getByText(say.saved)).toBeVisible();
      const conflict = seen.getByRole('button', { name: say.take });
      await expect(conflict).toBeVisible({ timeout: 60_000 });
      await expect(seen.getByText('Hall 4, as last year.')).toBeVisible();
      await expect(seen.getByLabel(say.notes)).toHaveValue('Hall 7 this time.');
      await conflict.press('Enter');
      await sales.clock.resume();
      await expect(seen.getByLabel(say.notes)).toHaveValue('Hall 4, as last year.');

      // In another order, by keyboard.
      const firstReason = marketing.locator('[data-section=words] li[data-item]').first();
      const id = await firstReason.getAttribute('data-item');
      await firstReason.getByRole('button', { name: say.down }).press('Enter');
      await expect(sales.locator('[data-section=words] li[data-item]').nth(1)).toHaveAttribute(
        'data-item',
        id!,
      );
    });
  });
}

async function open(browser: { newPage: () => Promise<Page> }, part: string): Promise<Page> {
  const page = await browser.newPage();
  await page.clock.install();
  await page.goto(extensionPage(`workspace.html#${part}`));
  return page;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
