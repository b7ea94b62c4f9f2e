import { rowOf } from '../../demo/gmail-actions.ts';
import { family, newsletter, single, twoLeads } from '../../demo/sample-gmail/mails.ts';
import { aboutPages } from '../support/hub-proxy.ts';
import { expect, readingTest as test } from '../support/e2e.ts';

const BADGE = 'tandem-badge';

test('rows of leads are marked in words, nobody else’s, without a request and without moving anything', async ({
  gmail,
  wire,
}) => {
  const badge = rowOf(gmail, single).locator(BADGE);
  await expect(badge).toHaveAccessibleName(/^MQL · follow-up /u);
  await expect(badge).toHaveRole('img');
  await expect(rowOf(gmail, twoLeads).locator(BADGE)).toHaveCount(1);
  for (const mail of [family, newsletter]) await expect(rowOf(gmail, mail).locator(BADGE)).toHaveCount(0);
  expect(aboutPages(wire.seen)).toEqual([]);

  const moved = await gmail.evaluate((name) => {
    const boxes = () =>
      [...document.querySelectorAll(`[role=main] *:not(${name})`)].map((element) =>
        JSON.stringify(element.getBoundingClientRect()),
      );
    const marked = boxes();
    for (const badge of document.querySelectorAll(name)) badge.remove();
    return boxes().filter((box, index) => box !== marked[index]);
  }, BADGE);
  expect(moved).toEqual([]);
});
