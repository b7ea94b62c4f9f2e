import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { extensionPage } from '../../demo/launch.ts';
import { answerOf, expect, readingTest as test } from '../support/e2e.ts';

const words = {
  en: {
    title: 'Report',
    period: 'Period',
    thisQuarter: 'This quarter',
    country: 'Country',
    remove: 'Remove filters',
    model: 'Model',
    first: 'First touch',
    firstRule: '100 % for the first touch.',
    table: 'Show the table',
    saveTable: 'Save table',
    savePicture: 'Save picture',
    saveAll: 'Save all tables',
    definition: 'What is counted',
    meaning: 'Share of hand-overs that sales accepted',
    separators: [',', '.'],
  },
  de: {
    title: 'Bericht',
    period: 'Zeitraum',
    thisQuarter: 'Dieses Quartal',
    country: 'Land',
    remove: 'Filter entfernen',
    model: 'Modell',
    first: 'Erster Kontakt',
    firstRule: '100 % für den ersten Kontakt.',
    table: 'Tabelle zeigen',
    saveTable: 'Tabelle sichern',
    savePicture: 'Bild sichern',
    saveAll: 'Alle Tabellen sichern',
    definition: 'Was gezählt wird',
    meaning: 'Anteil der Übergaben, die der Vertrieb angenommen hat',
    separators: ['.', ','],
  },
} as const;

for (const language of ['en', 'de'] as const) {
  test.describe(language, () => {
    test.use({ language });
    const say = words[language];

    test('the report is read, narrowed down and taken along by keyboard', async ({ context, api }) => {
      // A hub that has just started counts in the background.
      const counted = async () => answerOf(await api.figures({ query: {} }));
      const opened = new Date().toISOString();
      await expect.poll(async () => (await counted()).asOf > opened).toBe(true);
      const page = await context.newPage();
      await page.goto(extensionPage('workspace.html#report'));
      await expect(page.getByRole('heading', { level: 1, name: say.title })).toBeVisible();

      await test.step('its figures are the hub’s', async () => {
        const report = await counted();
        const handedOver = report.figures.find(({ id }) => id === 'leads-handed-over')!;
        expect(handedOver.cases).toBeGreaterThan(0);
        await expect(page.locator('[data-figure]')).toHaveCount(report.figures.length);
        await expect(page.locator('[data-figure=leads-handed-over]')).toContainText(String(handedOver.cases));
        const acceptance = page.locator('[data-figure=acceptance-rate]');
        await acceptance.getByText(say.definition).press('Enter');
        await expect(acceptance.getByText(say.meaning)).toBeVisible();
      });

      await test.step('each chart says what it shows', async () => {
        const chart = page.locator('[data-chart=hand-overs]');
        const sentence = await chart.getByRole('paragraph').first().textContent();
        await expect(chart.getByRole('img', { name: sentence! })).toBeVisible();
      });

      await test.step('filters stand in the address', async () => {
        await choose(page.getByLabel(say.period, { exact: true }), say.thisQuarter);
        await expect(page).toHaveURL(/#report\?from=\d{4}-\d\d&to=\d{4}-\d\d$/u);
        await choose(page.getByLabel(say.country, { exact: true }), { index: 1 });
        await expect(page).toHaveURL(/country=[A-Z]{2}/u);
        const country = new URLSearchParams(new URL(page.url()).hash.split('?')[1]).get('country')!;
        const { from, figures } = answerOf(await api.figures({ query: { ...periodIn(page), country } }));
        expect(from).toBe(periodIn(page).from);
        await expect(page.locator('[data-figure=leads-handed-over]')).toContainText(
          String(figures.find(({ id }) => id === 'leads-handed-over')!.cases),
        );
        await page.reload();
        await expect(page.getByLabel(say.country, { exact: true })).toHaveValue(country);
        await page.getByRole('button', { name: say.remove }).press('Enter');
        await expect(page).not.toHaveURL(/country/u);
      });

      await test.step('another model is told in words', async () => {
        await page.evaluate(() => (location.hash = 'report'));
        await choose(page.getByLabel(say.model, { exact: true }), say.first);
        await expect(page.locator('[data-model=first]')).toContainText(say.firstRule);
        await expect(page).toHaveURL(/model=first/u);
      });

      await test.step('the table behind a chart is the file', async () => {
        const chart = page.locator('[data-chart=funnel]');
        await chart.getByText(say.table).press('Enter');
        const rows = await chart
          .getByRole('row')
          .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
        expect(rows.length).toBe(6);
        const file = await saved(page, chart.getByRole('button', { name: say.saveTable }));
        expect(parse(file, { bom: true })).toEqual(
          rows.map((row, index) => row.map(plain(index, say.separators))),
        );
      });

      await test.step('all tables come in one file, a picture is a picture', async () => {
        const all = await saved(page, page.getByRole('button', { name: say.saveAll }));
        for (const { title } of await titles(page)) expect(all.toString()).toContain(title);
        const picture = await saved(
          page,
          page.locator('[data-chart=hand-overs]').getByRole('button', { name: say.savePicture }),
        );
        expect(picture.subarray(1, 4).toString()).toBe('PNG');
      });
    });
  });
}

/** By keyboard, as far as a list of choices of the system can be driven. */
async function choose(field: Locator, option: Parameters<Locator['selectOption']>[0]): Promise<void> {
  await field.focus();
  await field.selectOption(option);
}

const periodIn = (page: Page) => {
  const query = new URLSearchParams(new URL(page.url()).hash.split('?')[1]);
  return { from: query.get('from')!, to: query.get('to')! };
};

async function saved(page: Page, button: Locator): Promise<Buffer> {
  const downloading = page.waitForEvent('download');
  await button.press('Enter');
  return readFile(await (await downloading).path());
}

/** A number as the file has it; labels as they are. */
const plain =
  (row: number, [thousands, point]: readonly [string, string]) =>
  (text: string | null, column: number) => {
    if (row === 0 || column === 0) return text ?? '';
    return text === '–' ? '' : (text ?? '').replaceAll(thousands, '').replace(point, '.');
  };

const titles = (page: Page) =>
  page
    .locator('[data-chart] h2')
    .evaluateAll((all) => all.map((heading) => ({ title: heading.textContent ?? '' })));
