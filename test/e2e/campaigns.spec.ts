import type { Page } from '@playwright/test';
import { extensionPage } from '../../demo/launch.ts';
import { violationsOf } from '../support/axe.ts';
import { answerOf, expect, test } from '../support/e2e.ts';

const words = {
  en: {
    ask: 'Ask sales',
    name: 'What is it called?',
    details: 'What goes out, and to whom?',
    asked: 'Marketing asks you about one plan.',
    doubts: 'With doubts',
    comment: 'Why? (optional)',
    add: 'Add',
    decide: 'Decide',
    why: 'In one sentence, for sales',
    outcome: 'Goes out changed',
    find: 'Find by name',
    edit: 'Edit',
    amount: 'Cost',
    save: 'Save',
    cost: '€1,250.50',
    person: 'Name, company or e-mail address',
    stages: 'Stages',
  },
  de: {
    ask: 'Vertrieb fragen',
    name: 'Wie heißt es?',
    details: 'Was geht hinaus, und an wen?',
    asked: 'Das Marketing fragt Sie nach einem Plan.',
    doubts: 'Mit Bedenken',
    comment: 'Warum? (freiwillig)',
    add: 'Ergänzen',
    decide: 'Entscheiden',
    why: 'In einem Satz, für den Vertrieb',
    outcome: 'Geht geändert hinaus',
    find: 'Nach Namen suchen',
    edit: 'Bearbeiten',
    amount: 'Kosten',
    save: 'Speichern',
    cost: '1.250,50 €',
    person: 'Name, Firma oder E-Mail-Adresse',
    stages: 'Stufen',
  },
};

const expectSound = async (page: Page) => expect(await violationsOf(page)).toEqual([]);

for (const language of ['en', 'de'] as const) {
  test.describe(`in ${language}`, () => {
    const say = words[language];
    test.use({ language });

    test('marketing asks, sales says what it thinks, marketing decides, sales sees it; all by keyboard', async ({
      browserOf,
    }) => {
      const [mara, femke] = [await browserOf('Mara Lindqvist'), await browserOf('Femke Jansen')];
      const marketing = await mara.newPage();
      await test.step('marketing asks sales about a plan', async () => {
        await marketing.goto(extensionPage('workspace.html#campaigns'));
        await marketing.getByRole('link', { name: say.ask }).press('Enter');
        await marketing.getByLabel(say.name).fill('Second mail to absentees');
        await marketing.getByLabel(say.details).fill('The recording, to whoever did not come.');
        await expectSound(marketing);
        await marketing.getByLabel(say.name).press('Enter');
        await expect(marketing.locator('[data-plan-id]')).toContainText('Second mail to absentees');
      });

      const sales = await femke.newPage();
      await test.step('the popup says so, and one click answers', async () => {
        await sales.goto(extensionPage('popup.html'));
        await expect(sales.getByRole('link', { name: say.asked })).toBeVisible();
        await sales.goto(extensionPage('workspace.html#campaigns/plans'));
        await sales.getByRole('button', { name: say.doubts }).press('Enter');
        await sales.getByLabel(say.comment).fill('Two of mine have their stocktaking then.');
        await sales.getByRole('button', { name: say.add }).press('Enter');
        await expect(sales.getByRole('button', { name: say.doubts })).toHaveAttribute('aria-pressed', 'true');
        await expectSound(sales);
      });

      await test.step('marketing sees it without a reload, and decides', async () => {
        const plan = marketing.locator('[data-plan-id]');
        await expect(plan).toContainText('Two of mine have their stocktaking then.');
        await plan.getByRole('button', { name: say.decide }).press('Enter');
        await plan.getByRole('combobox').selectOption({ label: say.outcome });
        await plan.getByLabel(say.why).fill('It goes out a week earlier.');
        await plan.getByRole('button', { name: say.decide }).press('Enter');
        await expect(plan.locator('[data-outcome=changed]')).toBeVisible();
      });

      await test.step('sales sees the decision without a reload', async () => {
        await expect(sales.locator('[data-outcome=changed]')).toContainText('It goes out a week earlier.');
        await expect(sales.getByRole('button', { name: say.doubts })).toHaveCount(0);
      });
    });

    test('a campaign is found, read and given its cost', async ({ browserOf }) => {
      const page = await (await browserOf('Mara Lindqvist')).newPage();
      await page.goto(extensionPage('workspace.html#campaigns'));
      const rows = page.locator('tr[data-campaign-id]');
      const name = await rows.first().getByRole('link').innerText();
      await expectSound(page);
      await page.getByLabel(say.find).fill(name);
      expect(page.url()).not.toContain(encodeURIComponent(name));
      await rows.first().getByRole('link').press('Enter');
      await expect(page.getByRole('heading', { level: 2, name })).toBeVisible();
      await page.getByRole('button', { name: say.edit }).press('Enter');
      await page.getByLabel(say.amount, { exact: true }).fill('1250,50');
      await page.getByLabel(say.amount, { exact: true }).press('Enter');
      await expect(page.getByText(say.cost)).toBeVisible();
      await expectSound(page);
    });

    test('somebody is found by a beginning, and their journey is read kind by kind', async ({
      context,
      api,
    }) => {
      const { items } = answerOf(await api.listFeedback({ query: { limit: 50 } }));
      const known = items.find(({ about, personName }) => about.kind === 'lead' && personName)!;
      const page = await context.newPage();
      await page.goto(extensionPage('workspace.html#people'));
      const field = page.getByLabel(say.person);
      await field.fill(known.personName!.slice(0, -1));
      const links = page.locator('[data-person] a');
      await expect(links.first()).toBeVisible();
      await field.press('ArrowDown');
      await expect(links.first()).toBeFocused();
      await expectSound(page);
      await page.locator(`[data-person="${known.about.personId}"] a`).press('Enter');
      await expect(page.locator(`[data-person-id="${known.about.personId}"]`)).toBeVisible();
      const steps = page.locator('[data-journey]');
      await expect(steps.first()).toBeVisible();
      await page.getByRole('radio', { name: say.stages }).press('Space');
      await expect(page.locator('[data-journey]:not([data-journey=stage])')).toHaveCount(0);
      expect(new URL(page.url()).hash).toBe(`#people/${known.about.personId}?kind=stage`);
      await expectSound(page);
    });
  });
}
