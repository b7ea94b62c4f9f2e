import { openMail } from '../../demo/gmail-actions.ts';
import { panelWithContext } from '../../demo/panel.ts';
import { recycled, single } from '../../demo/sample-gmail/mails.ts';
import { expect, lookingTest, test } from '../support/e2e.ts';

test('a verdict can be taken back, and then refined by a reason and a comment', async ({ gmail, api }) => {
  await openMail(gmail, single);
  const panel = await panelWithContext(gmail);
  await panel.getByRole('button', { name: 'Return', exact: true }).click();
  await expect(panel.locator('[data-stage]')).toHaveAttribute('data-stage', 'recycled');
  await panel.getByRole('button', { name: /^Undo/u }).click();
  await expect(panel.locator('[data-stage]')).toHaveAttribute('data-stage', 'mql');
  const withdrawn = await api.listFeedback({ query: { state: 'withdrawn', limit: 1 } });
  expect(withdrawn).toMatchObject({
    ok: true,
    value: { items: [{ verdict: 'returned', state: 'withdrawn' }] },
  });

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

lookingTest('what marketing answered earlier stands in the panel', async ({ gmail }) => {
  await openMail(gmail, recycled);
  const panel = await panelWithContext(gmail);
  await expect(panel.locator('[data-stage]')).toHaveAttribute('data-stage', 'recycled');
  await expect(panel.getByText('Marketing’s answer').first()).toBeVisible();
});
