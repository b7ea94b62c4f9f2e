import { openMail } from '../../demo/gmail-actions.ts';
import { extensionPage } from '../../demo/launch.ts';
import { openGmail, panelShows, panelWithContext } from '../../demo/panel.ts';
import { customer, recycled, single } from '../../demo/sample-gmail/mails.ts';
import { sampleGmail } from '../../demo/sample-gmail/sample-gmail.ts';
import { violationsOf } from '../support/axe.ts';
import { expect, test } from '../support/e2e.ts';
import { extensionPageOf } from '../support/granted-extension.ts';
import {
  chooseSidePanel,
  openSidePanelBeside,
  openSidePanelByClick,
  shownIn,
  sidePanelsOpen,
  tellSidePanelToClose,
} from '../support/side-panel.ts';

const nameOf = ({ messages }: typeof single) => messages[0]!.from.name;

test('it shows the tab in front, and nobody of any other', async ({ context, gmail }) => {
  await chooseSidePanel(context, true);
  const panel = await openSidePanelBeside(context);
  const shown = shownIn(panel.page);
  const first = await panel.frontTab();

  await test.step('the page has no dock', async () => {
    await openMail(gmail, single);
    await expect(shown.getByRole('heading', { level: 1 })).toHaveText(nameOf(single));
    expect(await panelShows(gmail)).toBe(false);
    await panel.page.locator('footer').waitFor();
    expect(await violationsOf(panel.page)).toEqual([]);
  });

  const other = await openGmail(context, sampleGmail({ language: 'en' }));
  await test.step('a tab without a lead', async () => {
    await expect(shown).toHaveAttribute('data-state', 'nothing');
    await openMail(other, recycled);
    await expect(shown.getByRole('heading', { level: 1 })).toHaveText(nameOf(recycled));
  });

  await test.step('while nothing is known of the tab in front, nobody is shown', async () => {
    const release = await panel.hold();
    await panel.bringToFront(first);
    await expect(shown).toHaveAttribute('data-state', 'loading');
    expect(await panel.page.locator('body').innerText()).not.toContain(nameOf(recycled));
    await release();
    await expect(shown.getByRole('heading', { level: 1 })).toHaveText(nameOf(single));
    expect(await panel.page.locator('body').innerText()).not.toContain(nameOf(recycled));
  });
});

test('a comment is still there when its tab comes back', async ({ context, gmail }) => {
  await chooseSidePanel(context, true);
  const panel = await openSidePanelBeside(context);
  const shown = shownIn(panel.page);
  await openMail(gmail, single);
  const first = await panel.frontTab();
  await shown.getByRole('button', { name: 'Accept', exact: true }).click();
  await shown.getByRole('button', { name: /comment/iu }).click();
  await shown.getByRole('textbox').fill('Calls back on');

  const other = await openGmail(context, sampleGmail({ language: 'en' }));
  await openMail(other, customer);
  await expect(shown.getByRole('heading', { level: 1 })).toHaveText(nameOf(customer));
  await panel.bringToFront(first);
  await expect(shown.getByRole('textbox')).toHaveValue('Calls back on');
});

test('a page that was left takes its lead with it', async ({ context, gmail }) => {
  await chooseSidePanel(context, true);
  const panel = await openSidePanelBeside(context);
  const shown = shownIn(panel.page);
  await openMail(gmail, single);
  await expect(shown.getByRole('heading', { level: 1 })).toHaveText(nameOf(single));
  await gmail.goto('about:blank');
  await expect(shown).toHaveAttribute('data-state', 'nothing');
});

test('Chrome opens and closes it, and only where it is chosen', async ({ context }) => {
  await chooseSidePanel(context, true);
  const options = await extensionPageOf(context);
  await openSidePanelByClick(options);
  await expect.poll(() => sidePanelsOpen(options)).toEqual([extensionPage('sidepanel.html')]);
  // One that has not loaded yet hears nothing.
  await expect(async () => {
    await tellSidePanelToClose(options);
    expect(await sidePanelsOpen(options)).toEqual([]);
  }).toPass();

  await openSidePanelByClick(options);
  await expect.poll(() => sidePanelsOpen(options)).toHaveLength(1);
  await chooseSidePanel(context, false);
  await expect.poll(() => sidePanelsOpen(options)).toEqual([]);
  await expect(openSidePanelByClick(options)).rejects.toThrow('No active side panel');
});

test('without the setting the panel is back in the page', async ({ context, gmail }) => {
  await chooseSidePanel(context, true);
  await openMail(gmail, single);
  await chooseSidePanel(context, false);
  await panelWithContext(gmail);
  await expect.poll(() => panelShows(gmail)).toBe(true);
});
