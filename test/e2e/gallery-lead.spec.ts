import type { Page } from '@playwright/test';
import { browserOptions, expect, test } from '../support/gallery.ts';

test.use(browserOptions);

const clock = (page: Page) => page.getByRole('group', { name: 'Follow-up' });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('every step of the path says what it means; together they are one stop of the Tab key', async ({
  show,
}) => {
  const page = await show({ state: 'ready' });
  const path = page.getByRole('toolbar', { name: 'The agreed stages' });
  const popup = page.getByRole('dialog');
  await button(page, 'Collapse panel').focus();
  while (!(await path.evaluate((element) => element.contains(document.activeElement))))
    await page.keyboard.press('Tab');
  await expect(path.getByRole('button', { name: 'MQL' })).toBeFocused();
  await expect(popup).toContainText('marketing asks sales to take over');
  await expect(popup).toContainText('The lead is here.');
  await page.keyboard.press('ArrowRight');
  await expect(path.getByRole('button', { name: 'SAL' })).toBeFocused();
  await expect(popup).toContainText('a commitment, not yet a judgement');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowRight');
  await expect(path.getByRole('button', { name: 'Opp.' })).toBeFocused();
  await expect(popup).toContainText('a value and a date');
  await page.keyboard.press('Escape');
  await expect(popup).toBeHidden();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: /What does/u })).toBeFocused();
  await page.keyboard.press('Tab');
  await path.getByRole('button', { name: 'SQL' }).hover();
  await expect(popup).toContainText('three of budget, authority, need and timing');
});

test('the clock says how much working time is left, and one click stops it', async ({ show }) => {
  const page = await show({ state: 'ready' });
  await expect(clock(page)).toContainText(/3 hrs? 20 mins? left/u);
  await button(page, 'I followed up').click();
  await expect(clock(page)).toHaveAttribute('data-clock', 'met');
  await expect(clock(page)).toContainText('you said so');
  await expect(page.getByRole('status')).toHaveText('You said that you followed up.');
  await expect(button(page, 'I followed up')).toHaveCount(0);
});

test('a follow-up that cannot leave yet is kept and says so', async ({ show }) => {
  const page = await show({ state: 'clock-saved' });
  await expect(clock(page)).toContainText('You said that you followed up. Saved here');
  await expect(button(page, 'I followed up')).toHaveCount(0);
});

test('the clock is paused for a reason until a day, and goes on', async ({ show }) => {
  const page = await show({ state: 'ready' });
  await button(page, 'Pause').click();
  const popup = page.getByRole('dialog', { name: 'Pause the clock' });
  await popup.locator('label', { hasText: 'They are away' }).click();
  await expect(popup.getByRole('radio', { name: 'They are away' })).toBeChecked();
  await popup.getByRole('button', { name: /^tomorrow/u }).click();
  await expect(clock(page)).toHaveAttribute('data-clock', 'paused');
  await expect(clock(page)).toContainText('Paused until tomorrow, 09:00');
  await button(page, 'Resume').click();
  await expect(clock(page)).not.toHaveAttribute('data-clock', 'paused');
});

test('what is overdue says since when, and who was told', async ({ show }) => {
  const page = await show({ state: 'clock-breached' });
  await expect(clock(page)).toContainText(/Overdue since (?:today|yesterday)/u);
  await expect(clock(page)).toContainText('Henrik Sommer was told');
  await expect(clock(page)).not.toContainText('was reminded');
});

test('a lead without an owner is taken in one click', async ({ show }) => {
  const page = await show({ state: 'clock-unassigned' });
  await expect(clock(page)).toContainText('Still waiting for an owner');
  await button(page, 'Take it').click();
  await expect(page.getByRole('status')).toHaveText('You take this lead.');
  await expect(button(page, 'Take it')).toHaveCount(0);
});

test('a promise kept too late stays visible', async ({ show }) => {
  const page = await show({ state: 'clock-late' });
  await expect(clock(page)).toContainText('Followed up late, after');
  await expect(clock(page)).toContainText('seen as a call by Emre Aydin');
});

test('when somebody was faster, the rep sees who, and decides', async ({ show }) => {
  const page = await show({ state: 'conflict' });
  await expect(page.getByText(/^Mara Lindqvist moved this lead to Disqualified/u)).toBeVisible();
  await button(page, 'Do it anyway').click();
  await expect(button(page, 'Do it anyway')).toHaveCount(0);
  await expect(page.locator('li[data-progress=saved]')).toHaveCount(1);
  await expect(page.locator('li[data-progress=refused]')).toHaveCount(0);
});

test('… or leaves it so', async ({ show }) => {
  const page = await show({ state: 'conflict' });
  await button(page, 'Leave it so').click();
  await expect(page.getByText(/^Mara Lindqvist moved/u)).toHaveCount(0);
  await expect(button(page, 'Accept')).toHaveAttribute('aria-pressed', 'false');
});

test('a move that came too late can be sent anew', async ({ show }) => {
  const page = await show({ state: 'conflict-move' });
  await button(page, 'Do it anyway').click();
  await expect(page.getByText('You moved this lead to SQL. Saved here')).toBeVisible();
});

test('once all is met, the next stage is one click, with undo', async ({ show }) => {
  const page = await show({ state: 'qualified' });
  await button(page, 'Move to SQL').click();
  await expect(page.locator('section[data-stage=sql]')).toBeVisible();
  await expect(page.getByRole('status')).toHaveText('You moved this lead to SQL.');
  await button(page, 'Undo').click();
  await expect(page.locator('section[data-stage=sal]')).toBeVisible();
});

test('where nothing but a decision is asked for, the way on is one click as well', async ({ show }) => {
  const page = await show({ state: 'decided' });
  await expect(page.locator('[data-criteria=next]')).toContainText('Nothing but a decision of sales.');
  // Of alternatives that are met, only what was met says why the lead is here.
  await expect(page.locator('[data-criteria=present] [data-criterion]')).toHaveCount(3);
  await button(page, 'Move to Opp.').click();
  await expect(page.locator('section[data-stage=opportunity]')).toBeVisible();
});

test('what a rep learned is said in one click, and taken back in one', async ({ show }) => {
  const page = await show({ state: 'qualifying' });
  const need = page.locator('[data-criterion=need]');
  const budget = page.locator('[data-criterion=budget]');
  await expect(budget).toHaveAttribute('data-state', 'not-met');
  await expect(budget).toContainText('Emre Aydin: No');
  await expect(page.locator('[data-criterion=timing]')).toContainText('Unknown, a source is not answering');
  await need.getByRole('button', { name: /^Take back/u }).click();
  await expect(need).toHaveAttribute('data-state', 'unknown');
  await expect(need).toContainText('Unknown, nobody has said it yet');
  await expect(button(page, 'Move to SQL')).toHaveCount(0);
  for (const subject of ['need', 'budget', 'timing']) {
    await page.locator(`[data-criterion=${subject}]`).getByRole('button', { name: /^Yes/u }).click();
    await expect(page.locator(`[data-criterion=${subject}]`)).toHaveAttribute('data-state', 'met');
  }
  await expect(button(page, 'Move to SQL')).toBeVisible();
});

test('evidence leads to its touchpoint, whatever is filtered or folded', async ({ show }) => {
  const page = await show({ state: 'ready' });
  await button(page, 'Ads').click();
  await page
    .locator('[data-criterion=asked-to-talk]')
    .getByRole('button', { name: /^Form sent: Call-back/u })
    .click();
  const row = page.locator('li[data-marked=true]');
  await expect(row).toContainText('Call-back requested');
  await expect(row).toBeInViewport();
  await expect(row).toBeFocused();
  await button(page, 'Ads').click();
  await expect(page.locator('li[data-touchpoint]')).toHaveCount(1);
});

test('fit and engagement show what they are made of', async ({ show }) => {
  const page = await show({ state: 'ready' });
  const engagement = page.getByRole('button', { name: /^Engagement/u });
  await expect(engagement).toHaveAccessibleName(/very high rising ?, as of/u);
  await engagement.click();
  await expect(page.getByText('12 automatic events not counted')).toContainText(
    'right after delivery (9), mail privacy proxy (3)',
  );
  await page.getByRole('button', { name: /^Fit/u }).click();
  await expect(engagement).toHaveAttribute('aria-expanded', 'false');
  await expect(page.locator('[data-criterion=industry]')).toContainText('Unknown, nobody has said it yet');
});

test('what has expired is said wherever it stands', async ({ show }) => {
  const page = await show({ state: 'expired' });
  await expect(page.getByText('agreement 3, expired')).toBeVisible();
  await expect(page.getByText('The agreement has expired')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Fit high expired/u })).toHaveAttribute(
    'data-expired',
    'true',
  );
  const need = page.locator('[data-criterion=need]');
  await expect(need).toContainText('Unknown, what was known has expired');
  await expect(need.getByRole('button', { name: /^Yes/u })).toHaveAttribute('aria-pressed', 'false');
  await expect(need.getByRole('button', { name: /^No/u })).toHaveAttribute('aria-pressed', 'false');
  await expect(page.locator('[data-talk=offer]')).toContainText('ended');
});

test('what is planned is held in one click, and undone in one', async ({ show }) => {
  const page = await show({ state: 'ready' });
  await page.getByRole('button', { name: /^Hold: Ramp simulator/u }).click();
  const row = page.locator('li[data-planned]').first();
  await expect(row).toHaveAttribute('data-planned', 'hold');
  await expect(row).toContainText('You hold this. Delivered');
  await row.getByRole('button', { name: 'Undo' }).click();
  await expect(row).toHaveAttribute('data-planned', 'open');
  await page.getByRole('button', { name: /^Ask me first: Recording/u }).click();
  await expect(page.locator('li[data-planned=ask-first]')).toContainText('You want to be asked first.');
});

test('what others hold, and what can no longer be held, says so', async ({ show }) => {
  await expect((await show({ state: 'planned-held' })).locator('li[data-planned=ask-first]')).toContainText(
    'Emre Aydin wants to be asked first.',
  );
  const page = await show({ state: 'planned-late' });
  await expect(page.locator('li[data-planned]').first()).toContainText('too late to hold');
  await expect(page.locator('section', { hasText: 'A mailing goes out' }).first()).toBeVisible();
});

test('a draft warns about each recipient', async ({ show }) => {
  const page = await show({ state: 'draft' });
  const warnings = page.getByRole('region', { name: 'Before you send' }).getByRole('listitem');
  await expect(warnings).toHaveCount(3);
  await expect(warnings.nth(0)).toContainText(/Jonas Petersen gets a mailing (?:today|tomorrow)/u);
  await expect(warnings.nth(1)).toContainText('wants no e-mails · Emre Aydin works on this lead');
  await expect(warnings.nth(2)).toContainText('do not contact');
});

test('marketing sees the same, without the buttons of sales', async ({ show }) => {
  const page = await show({ state: 'as-marketer' });
  await expect(clock(page)).toContainText('with Lena Brandt');
  await expect(button(page, 'I followed up')).toHaveCount(0);
  await expect(button(page, 'Accept')).toHaveCount(0);
});

test('the stages so far unfold with the time in each', async ({ show }) => {
  const page = await show({ state: 'ready' });
  await page.getByText('Stages so far').click();
  const stays = page.locator('[data-history]');
  await expect(stays).toHaveCount(5);
  await expect(stays.nth(0)).toContainText('2 days so far');
  await expect(stays.nth(1)).toContainText('88 days here');
  await expect(stays.nth(1)).toContainText('Not ready yet');
});

test('the folded tab says stage and clock', async ({ show }) => {
  const page = await show({ state: 'collapsed-breached', width: 44 });
  await expect(page.getByRole('button', { name: 'Expand panel, MQL , Follow-up: Overdue' })).toBeVisible();
});

test('the folded tab warns of a draft’s recipients', async ({ show }) => {
  const page = await show({ state: 'collapsed-draft', width: 44 });
  await expect(page.locator('[data-warning]')).toHaveCount(3);
  await expect(page.getByRole('button', { name: /Sofia Lindqvist.* wants no e-mails/u })).toBeVisible();
});
