import { browserOptions, expect, test } from '../support/gallery.ts';

test.use(browserOptions);

test('the hash of the address says which part of the page is shown', async ({ show }) => {
  const page = await show({ state: 'inbox', width: 900 });
  // The pages' own paths do not exist in the gallery; the hash is what counts.
  await page.evaluate(() => (location.hash = 'agreement'));
  await expect(page.getByRole('heading', { level: 1, name: 'Agreement' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Agreement' })).toHaveAttribute('aria-current', 'page');
  await page.evaluate(() => (location.hash = 'inbox'));
  await expect(page.getByRole('heading', { level: 1, name: 'Feedback inbox' })).toBeVisible();
});

test('a link on the page leads to its part', async ({ show }) => {
  const page = await show({ state: 'agreement', width: 900 });
  await page.getByRole('link', { name: 'Propose a change' }).press('Enter');
  await expect(page.getByRole('region', { name: 'Propose a change' })).toBeInViewport();
  await expect(page.getByRole('link', { name: 'Agreement', exact: true })).toHaveAttribute(
    'aria-current',
    'page',
  );
});

test('a manager of the other team sees what changes and signs it', async ({ show }) => {
  const page = await show({ state: 'agreement-to-sign', width: 900 });
  const proposal = page.getByRole('region', { name: 'Proposed: version 4' });
  await expect(proposal.getByRole('listitem').filter({ hasText: 'respondWithin' })).toContainText('120');
  await proposal.getByRole('button', { name: 'Sign' }).press('Enter');
  await expect(page.getByRole('status')).toHaveText('Signed. Version 4 is in force now.');
  await expect(proposal).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Version 4 is in force' })).toBeVisible();
});

test('a manager of the other team rejects it with a word', async ({ show }) => {
  const page = await show({ state: 'agreement-to-sign', width: 900 });
  const proposal = page.getByRole('region', { name: 'Proposed: version 4' });
  await proposal.getByLabel('If you reject it, why?').fill('Not before spring.');
  await proposal.getByRole('button', { name: 'Reject' }).click();
  await expect(page.getByRole('status')).toHaveText('Rejected.');
  await expect(page.locator('[data-version="4"]')).toHaveAttribute('data-state', 'rejected');
});

test('nobody signs for their own team, for no team, or what is outdated', async ({ show }) => {
  for (const state of ['agreement-our-own', 'agreement-as-rep', 'agreement-outdated']) {
    const page = await show({ state, width: 900 });
    await expect(page.getByRole('region', { name: 'Proposed: version 4' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Sign' }), state).toHaveCount(0);
  }
});

test('the document can be kept, changed and handed in', async ({ show }) => {
  const page = await show({ state: 'agreement', width: 900 });
  const form = page.getByRole('region', { name: 'Propose a change' });
  const downloading = page.waitForEvent('download');
  await form.getByRole('button', { name: 'Download version 3' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('agreement-version-3.yaml');

  const propose = form.getByRole('button', { name: 'Propose' });
  await expect(propose).toBeDisabled();
  await form.getByLabel('Changed file').setInputFiles(await download.path());
  await expect(form.getByLabel('Or paste the changed document here')).toHaveValue(/^glossary:/u);
  await form.getByLabel('What you change, and why').fill('Faster answers.');
  await propose.click();
  await expect(page.getByRole('status')).toHaveText('Proposed as version 4.');
  await expect(page.getByRole('region', { name: 'Proposed: version 4' })).toContainText('Faster answers.');
});

test('an error in a document names its place and the reason, and the text stays', async ({ show }) => {
  const page = await show({ state: 'agreement-refused', width: 900 });
  const document = page.getByLabel('Or paste the changed document here');
  await document.fill('glossary: []');
  await page.getByRole('button', { name: 'Propose' }).click();
  const errors = page.getByRole('alert').getByRole('listitem');
  await expect(errors).toHaveCount(2);
  await expect(errors.first()).toContainText('stages › 2 › criteria');
  await expect(errors.first()).toContainText('line 41');
  await expect(document).toHaveValue('glossary: []');
});
