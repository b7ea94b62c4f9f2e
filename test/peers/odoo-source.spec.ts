import { expect } from '@playwright/test';
import { v7 as newId } from 'uuid';
import type { Cursor, FeedbackNote, SourceIo } from '../../server/connectors/connector.ts';
import { createSourceIo } from '../../server/connectors/create-request.ts';
import { type Items, ITEMS, pullOf } from '../../server/connectors/items.ts';
import { odoo as connector } from '../../server/connectors/odoo.ts';
import { OdooSettings } from '../../server/connectors/odoo/settings.ts';
import { createSourceAccess } from '../../server/connectors/source-access.ts';
import type { SourceFetch } from '../../server/connectors/source-fetch.ts';
import type { PullName } from '../../utils/contract/source.ts';
import type { Odoo } from './odoo.ts';
import { DATABASE_NAME, makeApiKey, odooClient } from './odoo-client.ts';
import { leads, MAILING, READER, SELLER } from './odoo-data.ts';
import { storeLead } from './odoo-page.ts';
import { test } from './peers.ts';

// They change one Odoo, and compare what it says twice.
test.describe.configure({ mode: 'default' });

const katharina = leads[0]!;

test('everything comes in from a real Odoo, whether it is asked by JSON-2 or as an old one', async ({
  odoo,
}) => {
  const io = ioFor(odoo);
  expect(await connector.check(io)).toEqual([
    ...Array.from({ length: 7 }, () => expect.objectContaining({ ok: true }) as unknown),
  ]);
  const people = await pull(io, 'people');
  const known = people.find(({ emails }) => emails.includes(katharina.email_from ?? ''));
  expect(known).toMatchObject({
    name: katharina.contact_name,
    company: katharina.partner_name,
    ownerEmail: SELLER.email,
    status: 'New',
    attributes: { type: 'opportunity' },
  });
  // Odoo's demo data has leads of every kind: lost ones, ones of a company's, ones without an address.
  expect(new Set(people.map(({ status }) => status))).toEqual(
    new Set(['New', 'Qualified', 'Proposition', 'Won', 'Lost']),
  );
  const touchpoints = await pull(io, 'touchpoints');
  const mine = touchpoints.filter(
    ({ person }) => 'record' in person && person.record.id === known!.record.id,
  );
  expect(
    mine.map(({ kind, title, campaign, occurredAt }) => [kind, title, campaign?.name, occurredAt]),
  ).toEqual([
    ['email.sent', MAILING.subject, MAILING.campaign, instant(MAILING.sentAt)],
    ['email.opened', MAILING.subject, MAILING.campaign, instant(MAILING.openedAt)],
    ['email.replied', MAILING.subject, MAILING.campaign, instant(MAILING.repliedAt)],
    ['email.clicked', MAILING.subject, MAILING.campaign, expect.any(String)],
  ]);
  const kinds = new Set(touchpoints.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(
    expect.arrayContaining(['email.bounced', 'event.registered', 'event.attended', 'form.submitted']),
  );
  expect((await pull(io, 'campaigns')).map(({ name }) => name)).toContain(MAILING.campaign);
  expect(await pull(io, 'consent')).not.toEqual([]);

  const asOld = ioFor(odoo, { login: SELLER.email, database: DATABASE_NAME }, pretendVersion16);
  for (const name of ['campaigns', 'people', 'consent', 'touchpoints', 'planned'] as const)
    expect(await pull(asOld, name)).toEqual(await pull(io, name));
});

test('what is changed in Odoo comes in alone', async ({ odoo }) => {
  const admin = odooClient(odoo.port);
  const io = ioFor(odoo);
  const lead = await storeLead(odoo, 'Jan Petry', 'jan.petry@petry.example');

  // Odoo knows whole seconds.
  const since = new Date(Date.now() - 1_000);
  const qualified = await admin<number[]>('crm.stage', 'search', [[['name', '=', 'Qualified']]]);
  await admin('crm.lead', 'write', [[lead], { stage_id: qualified[0], function: 'Head of Logistics' }]);
  const people = await pull(io, 'people', since);
  expect(people.find(({ record }) => record.id === String(lead))).toMatchObject({
    status: 'Qualified',
    title: 'Head of Logistics',
  });
  expect(people.length).toBeLessThan(leads.length);

  await admin('crm.lead', 'action_set_lost', [[lead]]);
  expect((await pull(io, 'people', since)).find(({ record }) => record.id === String(lead))?.status).toBe(
    'Lost',
  );
});

test('who is due to get a mailing, and who wants none any more', async ({ odoo }) => {
  const admin = odooClient(odoo.port);
  const io = ioFor(odoo);
  const since = new Date(Date.now() - 1_000);
  const [email, other] = ['rosa.lind@lind.example', 'uwe.lind@lind.example'];
  await storeLead(odoo, 'Rosa Lind', email);
  await storeLead(odoo, 'Uwe Lind', other);
  const [model] = await admin<number[]>('ir.model', 'search', [[['model', '=', 'crm.lead']]]);
  const mailing = await admin<number>('mailing.mailing', 'create', [
    {
      ...{ subject: 'Invitation', mailing_model_id: model, body_html: '<p>Come</p>', state: 'in_queue' },
      ...{ schedule_type: 'scheduled', schedule_date: '2030-01-15 09:00:00' },
      mailing_domain: `[('email_normalized', 'in', ['${email}', '${other}'])]`,
    },
  ]);
  const due = async () =>
    (await pull(io, 'planned')).filter(({ sourceId }) => sourceId.startsWith(`mailing.mailing/${mailing}/`));
  expect((await due()).map(({ at, title }) => [at, title])).toEqual([
    ['2030-01-15T09:00:00.000Z', 'Invitation'],
    ['2030-01-15T09:00:00.000Z', 'Invitation'],
  ]);
  await admin('mail.blacklist', 'create', [{ email }]);
  expect(await due()).toHaveLength(1);
  expect(await pull(io, 'consent', since)).toContainEqual({
    person: { email },
    consents: [
      {
        channel: 'email',
        state: 'withdrawn',
        basis: 'Blacklist',
        since: expect.any(String) as unknown as string,
      },
    ],
  });
  await admin('mailing.mailing', 'unlink', [[mailing]]);
});

test('calls and meetings that sales had are seen', async ({ odoo }) => {
  const admin = odooClient(odoo.port);
  const since = new Date(Date.now() - 1_000);
  const lead = await storeLead(odoo, 'Ole Brinck', 'ole.brinck@brinck.example');
  const [activity] = await admin<number[]>('crm.lead', 'activity_schedule', [[lead]], {
    act_type_xmlid: 'mail.mail_activity_data_call',
    summary: 'First call',
  });
  await admin('mail.activity', 'action_feedback', [[activity]]);
  await admin('calendar.event', 'create', [
    {
      name: 'Demonstration',
      opportunity_id: lead,
      start: '2026-11-02 09:00:00',
      stop: '2026-11-02 10:00:00',
    },
  ]);
  const touchpoints = await pull(ioFor(odoo), 'touchpoints', since);
  expect(
    touchpoints
      .filter(({ person }) => 'record' in person && person.record.id === String(lead))
      .map(({ kind, title }) => [kind, title]),
  ).toEqual([
    ['call', 'Call'],
    ['meeting', 'Demonstration'],
  ]);
});

test('a verdict becomes one note in the chatter, and is changed there', async ({ odoo }) => {
  const admin = odooClient(odoo.port);
  const lead = await storeLead(odoo, 'Eva Moll', 'eva.moll@moll.example');
  const note: FeedbackNote = {
    feedbackId: newId(),
    record: { type: 'crm.lead', id: String(lead) },
    verdict: 'returned',
    text: 'Returned: no budget <this year>\nAlex Winter',
    at: new Date().toISOString(),
    withdrawn: false,
    remoteId: null,
  };
  const io = ioFor(odoo, { feedbackTag: 'Judged by sales', returnedStage: 'Qualified' });
  const first = await connector.writeFeedback!(io, note);
  // As after an answer that was lost.
  expect(await connector.writeFeedback!(io, note)).toEqual(first);
  const notes = () =>
    admin<{ body: string; subtype_id: [number, string] }[]>(
      'mail.message',
      'search_read',
      [
        [
          ['model', '=', 'crm.lead'],
          ['res_id', '=', lead],
          ['message_type', '=', 'comment'],
        ],
      ],
      { fields: ['body', 'subtype_id'] },
    );
  expect(await notes()).toEqual([
    expect.objectContaining({
      body: '<p>Returned: no budget &lt;this year&gt;<br>Alex Winter</p>',
      subtype_id: [expect.any(Number), 'Note'],
    }),
  ]);
  const [marked] = await admin<{ tag_ids: number[]; stage_id: [number, string] }[]>('crm.lead', 'read', [
    [lead],
    ['tag_ids', 'stage_id'],
  ]);
  expect(marked).toMatchObject({
    tag_ids: [expect.any(Number)],
    stage_id: [expect.any(Number), 'Qualified'],
  });

  await connector.writeFeedback!(io, { ...note, ...first, text: 'Taken back', withdrawn: true });
  expect(await notes()).toEqual([expect.objectContaining({ body: '<p>Taken back</p>' })]);

  const asOld = ioFor(odoo, { login: SELLER.email, database: DATABASE_NAME }, pretendVersion16);
  const { remoteId } = await connector.writeFeedback!(asOld, { ...note, feedbackId: newId() });
  const read = await admin<{ model: string }[]>('mail.message', 'read', [[Number(remoteId)], ['model']]);
  expect(read).toEqual([expect.objectContaining({ model: 'crm.lead' })]);
});

test('who may not read hears which right is missing; a wrong key is said to be wrong', async ({ odoo }) => {
  const apiKey = await makeApiKey(odoo.port, READER.email);
  const words = (await connector.check(ioFor(odoo, { apiKey })))
    .filter(({ ok }) => !ok)
    .map(({ words: { en } }) => en);
  expect(words).toEqual(
    expect.arrayContaining([
      expect.stringContaining('Give them the right “Sales: All Documents”'),
      expect.stringContaining('Give them the right “Email Marketing: User”'),
      expect.stringContaining('Give them the right “Events: Registration Desk”'),
    ]),
  );
  await expect(pull(ioFor(odoo, { apiKey }), 'people')).rejects.toMatchObject({ failure: 'forbidden' });
  await expect(connector.check(ioFor(odoo, { apiKey: 'wrong' }))).rejects.toMatchObject({
    failure: 'signed-out',
  });
  const old = { login: SELLER.email, database: DATABASE_NAME };
  await expect(
    connector.check(ioFor(odoo, { ...old, apiKey: 'wrong' }, pretendVersion16)),
  ).rejects.toMatchObject({
    failure: 'signed-out',
  });
});

/** What the connector works with, on the real network. */
function ioFor(
  { url, apiKey }: Odoo,
  more: Partial<OdooSettings> = {},
  through: (fetch: SourceFetch) => SourceFetch = (fetch) => fetch,
): SourceIo<OdooSettings> {
  const settings = OdooSettings.parse({ url, apiKey, ...more });
  const { fetch, time, paceOf } = createSourceAccess({ allowPrivate: true });
  const io = createSourceIo({
    connector,
    settings,
    token: null,
    fetch: through(fetch),
    time,
    pace: paceOf('live', connector.id),
  });
  return { ...io, settings };
}

/** Odoo 19 still understands JSON-RPC, so it can be talked to as an older one. */
const pretendVersion16 =
  (fetch: SourceFetch): SourceFetch =>
  async (request) =>
    request.url.endsWith('/web/webclient/version_info')
      ? Response.json({
          jsonrpc: '2.0',
          id: null,
          result: { server_version_info: [16, 0, 0, 'final', 0, ''] },
        })
      : fetch(request);

async function pull<Name extends PullName>(
  io: SourceIo<OdooSettings>,
  name: Name,
  since: Date | null = null,
): Promise<Items[Name][]> {
  const items: unknown[] = [];
  let cursor: Cursor | null = null;
  do {
    const page = await pullOf(connector, name)!(io, { since, cursor });
    items.push(...page.items.map((item) => ITEMS[name].parse(item)));
    cursor = page.next && (JSON.parse(JSON.stringify(page.next)) as Cursor);
  } while (cursor);
  return items as Items[Name][];
}

const instant = (odooTime: string) => `${odooTime.replace(' ', 'T')}.000Z`;
