import { backToInbox, openMail } from '../../demo/gmail-actions.ts';
import { extensionPage } from '../../demo/launch.ts';
import { panelWithContext } from '../../demo/panel.ts';
import { recycled, single } from '../../demo/sample-gmail/mails.ts';
import { expect, test } from '../support/e2e.ts';

const words = {
  en: { accept: 'Accept', undo: /^Undo/u, answer: 'Send answer', answerLabel: /Answer to/u },
  de: { accept: 'Annehmen', undo: /^Rückgängig/u, answer: 'Antwort senden', answerLabel: /Antwort an/u },
} as const;

for (const language of ['en', 'de'] as const) {
  test.describe(language, () => {
    test.use({ language });

    test('a mail, the shared status, one click, marketing’s answer', async ({ gmail, context, api }) => {
      await openMail(gmail, single);
      const panel = await panelWithContext(gmail, 'Katharina Brandt');
      await expect(panel.locator('[data-stage]')).toHaveAttribute('data-stage', 'mql');
      await expect(panel.locator('li[data-touchpoint]').nth(4)).toBeAttached();

      await panel.getByRole('button', { name: words[language].accept, exact: true }).click();
      await expect(panel.locator('[data-stage]')).toHaveAttribute('data-stage', 'sal');
      await expect(panel.locator('[data-progress=delivered]').first()).toBeVisible();

      const listed = await api.listFeedback({ query: { state: 'new', limit: 1 } });
      expect(listed).toMatchObject({
        ok: true,
        value: { items: [{ verdict: 'accepted', personName: 'Katharina Brandt' }] },
      });
      const id = listed.ok ? listed.value.items[0]!.id : '';

      const workspace = await context.newPage();
      await workspace.goto(extensionPage('workspace.html'));
      const item = workspace.locator(`[data-feedback-id="${id}"]`);
      await item.getByRole('button').first().click();
      await item.getByLabel(words[language].answerLabel).fill('Danke, thank you!');
      await item.getByRole('button', { name: words[language].answer }).click();
      await expect(item).toHaveAttribute('data-feedback-state', 'answered');
      await workspace.close();

      await backToInbox(gmail);
      await openMail(gmail, single);
      await expect((await panelWithContext(gmail)).getByText('Danke, thank you!')).toBeVisible({
        timeout: 20_000,
      });
    });
  });
}

test('undo takes the verdict back, and the stage with it', async ({ gmail, api }) => {
  await openMail(gmail, single);
  const panel = await panelWithContext(gmail);
  await panel.getByRole('button', { name: 'Return', exact: true }).click();
  await expect(panel.locator('[data-stage]')).toHaveAttribute('data-stage', 'recycled');
  await panel.getByRole('button', { name: /^Undo/u }).click();
  await expect(panel.locator('[data-stage]')).toHaveAttribute('data-stage', 'mql');
  const listed = await api.listFeedback({ query: { state: 'withdrawn', limit: 1 } });
  expect(listed).toMatchObject({ ok: true, value: { items: [{ verdict: 'returned', state: 'withdrawn' }] } });
});

test('a reason and a comment refine the verdict that was sent at once', async ({ gmail, api }) => {
  await openMail(gmail, single);
  const panel = await panelWithContext(gmail);
  await panel.getByRole('button', { name: 'Return', exact: true }).click();
  await panel.getByText('Spam, student, selling to us').click();
  await expect(panel.locator('[data-stage]')).toHaveAttribute('data-stage', 'disqualified');
  await panel.getByRole('button', { name: /comment/iu }).click();
  await panel.getByRole('textbox').fill('A student, not a buyer');
  await panel.getByRole('button', { name: 'Send' }).click();
  await expect
    .poll(async () => {
      const listed = await api.listFeedback({ query: { limit: 1 } });
      return listed.ok ? listed.value.items[0] : null;
    })
    .toMatchObject({ verdict: 'returned', reasons: ['junk'], comment: 'A student, not a buyer' });
});

test('what marketing answered earlier stands in the panel', async ({ gmail }) => {
  await openMail(gmail, recycled);
  const panel = await panelWithContext(gmail);
  await expect(panel.locator('[data-stage]')).toHaveAttribute('data-stage', 'recycled');
  await expect(panel.getByText('Marketing’s answer').first()).toBeVisible();
});
