import { v7 as uuid } from 'uuid';
import { backToInbox, openMail } from '../../demo/gmail-actions.ts';
import { extensionPage } from '../../demo/launch.ts';
import { openGmail, panelOf, panelWithContext } from '../../demo/panel.ts';
import type { Mail } from '../../demo/sample-gmail/mail.ts';
import {
  alex,
  family,
  sale,
  secondRound,
  single,
  twoLeads,
  unsubscribed,
} from '../../demo/sample-gmail/mails.ts';
import { sampleGmail } from '../../demo/sample-gmail/sample-gmail.ts';
import type { AgreementDocument } from '../../utils/contract/agreement.ts';
import type { Criterion } from '../../utils/contract/criterion.ts';
import type { HubClient } from '../../utils/extension/hub-client.ts';
import { answerOf, expect, lookingTest, test } from '../support/e2e.ts';

const words = {
  en: {
    accept: 'Accept',
    return: 'Return',
    noBudget: 'No budget',
    answer: 'Send answer',
    answerLabel: /Answer to/u,
    reply: 'Reply',
    send: 'Send',
    asked: 'Demo requested',
    seen: 'seen as a mail you sent',
    sign: 'Sign',
    version: (version: number) => `agreement ${version}`,
  },
  de: {
    accept: 'Annehmen',
    return: 'Zurückgeben',
    noBudget: 'Kein Budget',
    answer: 'Antwort senden',
    answerLabel: /Antwort an/u,
    reply: 'Antworten',
    send: 'Senden',
    asked: 'Demo angefragt',
    seen: 'an Ihrer E-Mail erkannt',
    sign: 'Unterschreiben',
    version: (version: number) => `Vereinbarung ${version}`,
  },
} as const;

/** A lead whose company and role fit, and whom nothing but their own interest keeps from being an MQL. */
const nadine = twoLeads.messages[0]!.cc![0]!;
const katharina = single.messages[0]!.from;
const fromNadine: Mail = {
  ...unsubscribed,
  subject: 'Sensoren und unser WMS',
  messages: [{ from: nadine, to: [alex], hoursAgo: 0.2, text: ['Guten Tag,', 'können wir telefonieren?'] }],
  leads: [nadine.email],
};

for (const language of ['en', 'de'] as const) {
  test.describe(language, () => {
    test.use({ language });
    test.setTimeout(150_000);
    const say = words[language];

    test('criteria, clock, why, one click, a mail, a return with its reason, the answer', async ({
      context,
      api,
      clientOf,
      browserOf,
    }) => {
      const gmail = await openGmail(context, sampleGmail({ language, mails: [single, fromNadine] }));
      const mara = await clientOf('Mara Lindqvist');

      // Marketing's system reports what the agreement waits for: the rule moves the lead, the clock starts.
      await report(mara, nadine.email, say.asked);
      await expect
        .poll(() => contextOf(api, nadine.email).then(({ stage }) => stage), { timeout: 20_000 })
        .toMatchObject({ stage: 'mql', by: { kind: 'rule' }, agreementVersion: 1 });

      await openMail(gmail, fromNadine);
      const panel = await panelWithContext(gmail, nadine.name);
      const stage = panel.locator('section[data-stage]');
      const clock = panel.locator('[role=group][data-clock]');
      await expect(stage).toHaveAttribute('data-stage', 'mql');
      await expect(clock).toHaveAttribute('data-clock', 'running');
      const why = panel.locator('[data-criteria=present] [data-criterion=asked-to-talk]');
      await expect(why).toHaveAttribute('data-state', 'met');
      await expect(why).toContainText(say.asked);

      await panel.getByRole('button', { name: say.accept, exact: true }).click();
      await expect(stage).toHaveAttribute('data-stage', 'sal');
      await expect(panel.locator('[data-progress=delivered]').first()).toBeVisible();
      // To accept is to promise; what keeps the promise is a follow-up that was seen.
      expect((await contextOf(api, nadine.email)).handOver?.followUp).toBeUndefined();
      await expect(clock).toHaveAttribute('data-clock', 'running');

      await gmail.getByRole('button', { name: say.reply, exact: true }).click();
      await gmail.getByRole('button', { name: say.send, exact: true }).click();
      await expect(clock).toHaveAttribute('data-clock', 'met', { timeout: 40_000 });
      await expect(clock).toContainText(say.seen);

      await backToInbox(gmail);
      await openMail(gmail, single);
      await panelWithContext(gmail, katharina.name);
      await panel.getByRole('button', { name: say.return, exact: true }).click();
      await panel.getByText(say.noBudget, { exact: true }).click();
      await expect(stage).toHaveAttribute('data-stage', 'recycled');
      await expect
        .poll(() => contextOf(api, katharina.email).then(({ stage: { reason } }) => reason))
        .toBe('no-budget');
      expect((await contextOf(api, katharina.email)).handOver).toMatchObject({ outcome: 'returned' });

      const marketing = await browserOf('Mara Lindqvist');
      const inbox = await marketing.newPage();
      await inbox.goto(extensionPage('workspace.html'));
      const item = inbox.locator('li[data-feedback-id]').filter({ hasText: katharina.name }).first();
      await expect(item).toContainText(say.noBudget);
      await item.getByRole('button').first().click();
      await item.getByLabel(say.answerLabel).fill('Im Frühjahr wieder. Back in spring.');
      await item.getByRole('button', { name: say.answer }).click();
      await expect(item).toHaveAttribute('data-feedback-state', 'answered');

      await expect(async () => {
        await backToInbox(gmail);
        await openMail(gmail, single);
        await panelWithContext(gmail, katharina.name);
        await expect(panel.getByText('Back in spring.')).toBeVisible({ timeout: 3_000 });
      }).toPass({ timeout: 40_000 });
    });

    test('the same, with the agreement changed in between', async ({ context, api, clientOf, browserOf }) => {
      const gmail = await openGmail(context, sampleGmail({ language, mails: [single, fromNadine] }));
      const sofia = await clientOf('Sofia Albrecht');
      const before = await contextOf(api, nadine.email);

      // A data sheet is nothing the agreement asks for. Marketing proposes that it be.
      const proposal = answerOf(await sofia.proposeAgreement({ body: await withDataSheets(sofia) }));
      expect(proposal).toMatchObject({ version: 2, state: 'proposal', basedOn: 1 });
      await report(sofia, nadine.email, 'Datenblatt NL-300');
      await expect
        .poll(async () => (await contextOf(api, nadine.email)).touchpointCount)
        .toBe(before.touchpointCount + 1);

      // Not in force: nobody signs for both, the old rule holds, and the panel says version 1.
      expect((await sofia.signAgreement({ params: { version: 2 }, body: {} })).ok).toBe(false);
      expect(answerOf(await api.agreement()).version).toBe(1);
      const undecided = await contextOf(api, nadine.email);
      expect(undecided).toMatchObject({ stage: { stage: 'lead' }, agreement: { version: 1 } });
      expect(undecided.qualification.next?.result?.state).toBe('not-met');
      await openMail(gmail, fromNadine);
      const panel = await panelWithContext(gmail, nadine.name);
      const stage = panel.locator('section[data-stage]');
      await expect(stage).toHaveAttribute('data-stage', 'lead');
      await expect(stage).toContainText(say.version(1));

      // Signed by sales it is in force: the rule moves by it, and what was before keeps its version.
      const sales = await browserOf('Henrike Voss');
      const workspace = await sales.newPage();
      await workspace.goto(extensionPage('workspace.html#agreement'));
      await expect(workspace.locator('[data-agreement-version="1"]')).toContainText('*datenblatt*');
      await workspace.getByRole('button', { name: say.sign, exact: true }).click();
      await expect(workspace.locator('[data-agreement-version="2"]')).toBeVisible({ timeout: 20_000 });
      const { signatures } = answerOf(await api.agreement());
      expect(signatures.map(({ by }) => by.name).sort()).toEqual(['Henrike Voss', 'Sofia Albrecht']);
      await expect
        .poll(() => contextOf(api, nadine.email).then((now) => now.stage), { timeout: 40_000 })
        .toMatchObject({ stage: 'mql', by: { kind: 'rule' }, agreementVersion: 2 });
      const after = await contextOf(api, nadine.email);
      expect(after.stageEvents.map(({ agreementVersion }) => agreementVersion)).toEqual([2, 1, 1]);
      expect(after.handOver).toMatchObject({ agreementVersion: 2 });

      await backToInbox(gmail);
      await openMail(gmail, fromNadine);
      await expect(stage).toHaveAttribute('data-stage', 'mql', { timeout: 20_000 });
      await expect(stage).toContainText(say.version(2));
      await expect(panel.locator('[data-criteria=present] [data-criterion=asked-to-talk]')).toContainText(
        'Datenblatt NL-300',
      );
      await panel.getByRole('button', { name: say.accept, exact: true }).click();
      await expect(panel.locator('[data-progress=delivered]').first()).toBeVisible();
      expect((await contextOf(api, nadine.email)).stage).toMatchObject({ stage: 'sal', agreementVersion: 2 });

      await backToInbox(gmail);
      await openMail(gmail, single);
      await panelWithContext(gmail, katharina.name);
      await expect(stage).toContainText(say.version(1));
    });
  });
}

test('two move the same lead: the second one sees what the first one did, and decides', async ({
  gmail,
  wire,
  api,
  clientOf,
}) => {
  wire.endStreams();
  const mara = await clientOf('Mara Lindqvist');
  await openMail(gmail, single);
  const panel = await panelWithContext(gmail, katharina.name);
  const stage = panel.locator('section[data-stage]');
  await expect(stage).toHaveAttribute('data-stage', 'mql');
  await move(mara, katharina.email, 'disqualified', 'no-fit');

  await panel.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(panel.getByText(/Mara Lindqvist moved this lead to Disqualified/u)).toBeVisible();
  expect((await contextOf(api, katharina.email)).stage.stage).toBe('disqualified');
  await panel.getByRole('button', { name: 'Do it anyway' }).click();
  await expect(stage).toHaveAttribute('data-stage', 'sal');
  await expect
    .poll(() => contextOf(api, katharina.email).then((now) => now.stage))
    .toMatchObject({ stage: 'sal', by: { name: 'Alex Winter' } });
  const events = (await contextOf(api, katharina.email)).stageEvents.slice(0, 2);
  expect(events.map(({ from, to }) => [from, to])).toEqual([
    ['disqualified', 'sal'],
    ['mql', 'disqualified'],
  ]);
});

test('letting go of a click that came too late leaves the lead as the other one moved it', async ({
  gmail,
  wire,
  api,
  clientOf,
}) => {
  wire.endStreams();
  const mara = await clientOf('Mara Lindqvist');
  await openMail(gmail, single);
  const panel = await panelWithContext(gmail, katharina.name);
  await move(mara, katharina.email, 'recycled', 'not-ready');
  await panel.getByRole('button', { name: 'Accept', exact: true }).click();
  await panel.getByRole('button', { name: 'Leave it so' }).click();
  await expect(panel.locator('section[data-stage]')).toHaveAttribute('data-stage', 'recycled');
  expect((await contextOf(api, katharina.email)).stage).toMatchObject({
    stage: 'recycled',
    by: { name: 'Mara Lindqvist' },
  });
});

test('a mailing that would disturb a sale is held in one click, and marketing sees it', async ({
  gmail,
  context,
  api,
}) => {
  await openMail(gmail, sale);
  const panel = await panelWithContext(gmail, 'Julia Sommer');
  await expect(panel.getByText(/A mailing goes out/u)).toBeVisible();
  const planned = panel.locator('[data-planned]').first();
  await planned.getByRole('button', { name: /^Hold/u }).click();
  await expect(planned).toHaveAttribute('data-planned', 'hold');
  await expect(planned.locator('[data-progress=delivered]')).toBeVisible();
  await expect(panel.getByText(/A mailing goes out/u)).toBeHidden();
  const listed = answerOf(await api.listFeedback({ query: { limit: 1 } }));
  expect(listed.items[0]).toMatchObject({
    about: { kind: 'planned-touch' },
    verdict: 'hold',
    plannedTouchTitle: 'Nur diese Woche: 15 % auf den NL-300',
  });
  const workspace = await context.newPage();
  await workspace.goto(extensionPage('workspace.html'));
  await expect(workspace.locator(`[data-feedback-id="${listed.items[0]!.id}"]`)).toContainText(
    'Nur diese Woche: 15 % auf den NL-300',
  );
});

lookingTest(
  'a draft to somebody who left the list, is another rep’s, or gets a mailing warns before it is sent',
  async ({ gmail }) => {
    await gmail.getByRole('button', { name: 'Compose' }).click();
    const to = gmail.getByRole('combobox', { name: 'To' });
    const addresses = [
      'svenja.harms@moewenhaus-versand.example',
      'pieter.vermeulen@noordkaai-distribution.example',
      'julia.sommer@tannfeld-spedition.example',
      katharina.email,
    ];
    for (const address of addresses) {
      await to.fill(address);
      await to.press('Enter');
    }
    // Whoever is seen alone first is shown; of all at once the panel asks who is meant. It warns in both cases.
    const panel = await panelOf(gmail);
    const warning = (address: string) => panel.locator(`[data-warning="${address}"]`);
    await expect(warning(addresses[0]!)).toContainText('wants no e-mails');
    await expect(warning(addresses[1]!)).toContainText('Femke Jansen works on this lead');
    await expect(warning(addresses[2]!)).toContainText('gets a mailing');
    await expect(panel.locator('[data-warning]')).toHaveCount(3);
  },
);

test('a mail taken back stops no clock, and one to somebody who is no lead is nobody’s business', async ({
  gmail,
  api,
  wire,
}) => {
  const answer = async (mail: Mail) => {
    await backToInbox(gmail);
    await openMail(gmail, mail);
    await gmail.getByRole('button', { name: 'Reply', exact: true }).click();
    await gmail.getByRole('button', { name: 'Send', exact: true }).click();
  };
  await answer(single);
  await gmail.locator('#link_undo').click();
  await gmail.getByRole('button', { name: 'Save & close' }).press('Enter');
  await answer(family);
  // The last of the three: when it has arrived, the others would have arrived before.
  await answer(secondRound);
  const oliver = secondRound.messages[0]!.from;
  const panel = await panelWithContext(gmail, oliver.name);
  const clock = panel.locator('[role=group][data-clock]');
  await expect(clock).toHaveAttribute('data-clock', 'met', { timeout: 40_000 });

  const reported = wire.seen.filter(({ method, path }) => method === 'POST' && path === '/v1/follow-ups');
  expect(reported.map(({ body }) => (JSON.parse(body) as { person: unknown }).person)).toEqual([
    { email: oliver.email },
  ]);
  expect(JSON.stringify(wire.seen)).not.toContain(family.messages[0]!.from.email);
  expect((await contextOf(api, katharina.email)).handOver?.followUp).toBeUndefined();
});

async function contextOf(api: HubClient, email: string) {
  const [context] = answerOf(await api.context({ body: { queries: [{ email }] } })).contexts;
  if (!context) throw new Error(`The hub does not know ${email}.`);
  return context;
}

/** Marketing's system tells of a form that somebody has just sent. */
async function report(marketing: HubClient, email: string, title: string): Promise<void> {
  const id = uuid();
  const touchpoint = {
    id,
    kind: 'form.submitted' as const,
    channel: 'web' as const,
    direction: 'inbound' as const,
    title,
    occurredAt: new Date().toISOString(),
    machine: false,
    source: 'mautic',
    sourceId: id,
    person: { email },
  };
  const { rejected } = answerOf(await marketing.ingestTouchpoints({ body: { touchpoints: [touchpoint] } }));
  expect(rejected).toEqual([]);
}

async function move(mover: HubClient, email: string, to: 'disqualified' | 'recycled', reason: string) {
  const { person, stage } = await contextOf(mover, email);
  answerOf(
    await mover.createStageChange({
      body: {
        id: uuid(),
        personId: person.id,
        to,
        basedOn: stage.eventId,
        reason,
        clientTime: new Date().toISOString(),
      },
    }),
  );
}

/** The agreement in force, changed so that who asks for a data sheet has asked to talk. */
async function withDataSheets(client: HubClient) {
  const { text } = answerOf(
    await client.agreementText({ params: { version: 1 }, query: { format: 'json' } }),
  );
  const document = JSON.parse(text) as AgreementDocument;
  for (const { criteria } of document.stages) if (criteria) addTitle(criteria);
  return { basedOn: 1, text: JSON.stringify(document, null, 2), format: 'json' as const };
}

function addTitle(criterion: Criterion): void {
  if ('of' in criterion) [criterion.of].flat().forEach(addTitle);
  else if (criterion.type === 'touchpoint' && criterion.id === 'asked-to-talk') {
    criterion.titles?.push('*datenblatt*');
  }
}
