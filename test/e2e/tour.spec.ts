import type { Page } from '@playwright/test';
import { rowOf } from '../../demo/gmail-actions.ts';
import { openGmail, panelShows, panelWithContext } from '../../demo/panel.ts';
import type { Contact, Mail } from '../../demo/sample-gmail/mail.ts';
import { alex, lead, mail } from '../../demo/sample-gmail/mails.ts';
import { sampleGmail } from '../../demo/sample-gmail/sample-gmail.ts';
import { expect, readingTest as test } from '../support/e2e.ts';

const MAILS = 200;
/** Every twentieth mail is one of theirs. */
const leads = [
  'Katharina Brandt',
  'Nadine Koch',
  'Daniel Hughes',
  'Sanne Bakker',
  'Markus Ebner',
  'Claire Donnelly',
  'Julia Sommer',
  'Thomas Rüegg',
  'Oliver Whitfield',
  'Svenja Harms',
].map(lead);
const leadOf = (index: number): Contact | undefined =>
  index % (MAILS / leads.length) === 0 ? leads[index / (MAILS / leads.length)] : undefined;
const stranger = (index: number): Contact => ({
  name: `Somebody ${index}`,
  email: `somebody.${index}@private-${index % 17}.example`,
});
/** Who else got the mail; never a lead. */
const bystander = (index: number): Contact => ({
  name: `Other ${index}`,
  email: `other.${index}@bystanders.example`,
});

const mails: Mail[] = Array.from({ length: MAILS }, (_, index) =>
  mail(100 + index, {
    subject: `About matter ${index}`,
    messages: [
      {
        from: leadOf(index) ?? stranger(index),
        to: [alex],
        cc: index % 7 === 0 ? [bystander(index)] : [],
        hoursAgo: index,
        text: ['Hello,', `please write to office.${index}@signature.example.`],
      },
    ],
  }),
);

/** Opens a mail as a click on its row does. */
const open = (gmail: Page, { hash, id }: Mail) =>
  gmail.evaluate(
    async ([route, thread]) => {
      location.hash = route!;
      while (!document.querySelector(`[role=main]:first-child h2[data-legacy-thread-id="${thread}"]`)) {
        await new Promise(requestAnimationFrame);
      }
      // A reader that were not to wait for an idle moment would have read it by now.
      await new Promise((resolve) => requestIdleCallback(resolve));
    },
    [hash, id],
  );

test('two hundred mails, ten of them from leads: the hub hears of exactly those ten', async ({
  context,
  wire,
}) => {
  test.setTimeout(240_000);
  const gmail = await openGmail(context, sampleGmail({ language: 'en', mails }));
  await rowOf(gmail, mails.at(-1)!).waitFor();
  for (const [index, each] of mails.entries()) {
    await open(gmail, each);
    const known = leadOf(index);
    if (known !== undefined) await panelWithContext(gmail, known.name);
  }
  await expect.poll(() => panelShows(gmail)).toBe(false);

  const asked = wire.seen
    .filter(({ path }) => path === '/v1/context')
    .flatMap(({ body }) => (JSON.parse(body || '{"queries":[]}') as { queries: { email: string }[] }).queries)
    .map(({ email }) => email);
  expect([...new Set(asked)].toSorted()).toEqual(leads.map(({ email }) => email).toSorted());
  const everything = JSON.stringify(wire.seen);
  for (const part of ['somebody.', '@bystanders.example', '@signature.example', 'About matter', alex.email]) {
    expect(everything).not.toContain(part);
  }
});
