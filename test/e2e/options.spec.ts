import { extensionPage } from '../../demo/launch.ts';
import { expect, lookingTest as test } from '../support/e2e.ts';

test('the keys are those the browser knows, and lead to where it lets them be changed', async ({
  context,
}) => {
  const options = await context.newPage();
  await options.goto(extensionPage('options.html'));
  const card = options.getByRole('region', { name: 'Keys' });
  await expect(card.getByText('Alt+Shift+T')).toBeVisible();
  const opened = context.waitForEvent('page');
  await card.getByRole('button', { name: 'Change in the browser' }).click();
  await expect.poll(async () => (await opened).url()).toBe('chrome://extensions/shortcuts');
});
