import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { v7 as uuid } from 'uuid';
import { digestWeek } from '../../server/digest/digest-week.ts';
import { sendDigests } from '../../server/digest/send-digests.ts';
import { createMailer } from '../../server/mailer.ts';
import { useTestHub } from './support/test-hub.ts';

const HOUR = 3_600_000;
const hubs = useTestHub();
const mails: ParsedMail[] = [];
let refuses = false;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, _session, done) {
    simpleParser(stream).then(
      (mail) => {
        if (refuses) return done(new Error('mailbox of lena@hafenlogistik.example is full'));
        mails.push(mail);
        return done();
      },
      (error: unknown) => done(error as Error),
    );
  },
});
let port = 0;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  ({ port } = server.server.address() as AddressInfo);
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));
beforeEach(() => {
  mails.length = 0;
  refuses = false;
});

/** A hub on a Friday at nine, with Lena returned by the rep and marketing's answer to it. */
async function openWithNews() {
  const mailer = createMailer({
    TANDEM_SMTP_URL: `smtp://127.0.0.1:${port}`,
    TANDEM_MAIL_FROM: 'Tandem <tandem@kontor.example>',
  });
  const hub = await hubs.open({ mailer, publicUrl: 'https://tandem.kontor.example' });
  const rep = await hub.as(hub.rep);
  const give = (rest: object) =>
    rep('POST', '/v1/feedback', {
      id: uuid(),
      about: { kind: 'lead', personId: hub.lena.id },
      verdict: 'returned',
      reasons: ['no-budget'],
      clientTime: hub.now(),
      ...rest,
    });
  const answered = uuid();
  await give({ id: answered });
  await give({
    about: { kind: 'campaign', campaignId: hub.campaign.id },
    verdict: 'suggestion',
    reasons: [],
  });
  const marketer = await hub.as(hub.marketer);
  await marketer('POST', `/v1/feedback/${answered}/replies`, {
    id: uuid(),
    text: 'We will ask again in May.',
  });
  return hub;
}

const to = (address: string) =>
  mails.find(({ to: whom }) => whom !== undefined && !Array.isArray(whom) && whom.text.includes(address));

test('the week begins on Monday at eight in the agreement’s time zone, and lasts a day for this', () => {
  const at = (time: string) => digestWeek(new Date(time), 'Europe/Berlin');
  expect(at('2026-11-23T06:59:59.999Z')).toBeNull();
  expect(at('2026-11-23T07:00:00.000Z')).toBe('2026-11-23');
  expect(at('2026-11-24T06:59:59.999Z')).toBe('2026-11-23');
  expect(at('2026-11-24T07:00:00.000Z')).toBeNull();
  // In summer an hour earlier.
  expect(at('2026-07-06T06:00:00.000Z')).toBe('2026-07-06');
});

test('each role reads its own week, in its language, once even with two hubs', async () => {
  const hub = await openWithNews();
  const manager = await hub.as(hub.salesManager);
  await manager('PATCH', '/v1/me/settings', { language: 'de' });
  await sendDigests(hub.hub);
  expect(mails).toEqual([]);

  // From Friday to Monday.
  hub.pass(72 * HOUR);
  await Promise.all([sendDigests(hub.hub), sendDigests(hub.hub)]);
  await sendDigests(hub.hub);

  const repMail = to(hub.rep.email);
  expect(repMail?.subject).toBe('Your week in Tandem');
  expect(repMail?.text).toContain('Marketing has answered you:\n- Lena Vogt: We will ask again in May.');
  const marketerMail = to(hub.marketer.email);
  expect(marketerMail?.text).toContain('Feedback from sales that waits for an answer: 1');
  expect(marketerMail?.text).toContain(`By campaign: ${hub.campaign.name} (1)`);
  const managerMail = to(hub.salesManager.email);
  expect(managerMail?.subject).toBe('Ihre Woche in Tandem');
  expect(managerMail?.text).toMatch(/am häufigsten zurückgegeben wegen: .+ \(1\)\n/);
  // There is nothing to tell this one.
  expect(to(hub.otherRep.email)).toBeUndefined();
  const addressees = mails.map(({ to: whom }) => (whom && !Array.isArray(whom) ? whom.text : ''));
  expect(new Set(addressees).size).toBe(addressees.length);
  expect(mails.length).toBeGreaterThanOrEqual(4);

  hub.pass(HOUR);
  const before = mails.length;
  await sendDigests(hub.hub);
  expect(mails).toHaveLength(before);
});

test('who does not want it switches it off in the settings, or by the mail itself', async () => {
  const hub = await openWithNews();
  await (
    await hub.as(hub.marketer)
  )('PATCH', '/v1/me/settings', { digest: false });
  hub.pass(72 * HOUR);
  await sendDigests(hub.hub);
  expect(to(hub.marketer.email)).toBeUndefined();

  const mail = to(hub.rep.email);
  const list = mail?.headers.get('list') as { unsubscribe?: { url?: string } } | undefined;
  const link = list?.unsubscribe?.url ?? '';
  expect(link).toMatch(/^https:\/\/tandem\.kontor\.example\/mail\/off\?token=/);
  expect(mail?.text).toContain(link);
  expect(link).not.toContain(hub.rep.id);
  const path = link.replace('https://tandem.kontor.example', '');
  const rep = await hub.as(hub.rep);
  const wants = async () => (await rep('GET', '/v1/me/settings')).json;
  // Looking at it does nothing: scanners of mails do.
  expect((await hub.call('GET', path)).status).toBe(200);
  expect(await wants()).toEqual({ digest: true, language: null });
  expect((await hub.call('POST', `${path}x`)).status).toBe(400);
  expect(await wants()).toEqual({ digest: true, language: null });
  expect((await hub.call('POST', path)).status).toBe(200);
  expect(await wants()).toEqual({ digest: false, language: null });
});

test('who was shut out gets none, not even one that failed before', async () => {
  const hub = await openWithNews();
  await sql`update users u set digest = false where u.workspace_id = ${hub.workspace.id}
    and u.id not in (${hub.rep.id}, ${hub.marketer.id})`.execute(hubs.db);
  const admin = await hub.as(hub.admin);
  const shutOut = async ({ id }: { id: string }) =>
    expect((await admin('DELETE', `/v1/users/${id}`)).status).toBe(204);
  await shutOut(hub.rep);
  hub.pass(72 * HOUR);
  refuses = true;
  await sendDigests(hub.hub);
  refuses = false;
  await shutOut(hub.marketer);
  hub.pass(HOUR);
  await sendDigests(hub.hub);
  expect(mails).toEqual([]);
  const { rows } = await sql<{ id: string }>`
    select g.user_id as id from digests g where g.workspace_id = ${hub.workspace.id}`.execute(hubs.db);
  expect(rows).toEqual([{ id: hub.marketer.id }]);
});

test('a mail server that refuses is asked again, at most five times, and the log names nobody', async () => {
  const hub = await openWithNews();
  await sql`update users u set digest = false where u.workspace_id = ${hub.workspace.id} and u.id <> ${hub.rep.id}`.execute(
    hubs.db,
  );
  hub.pass(72 * HOUR);
  refuses = true;
  await sendDigests(hub.hub);
  refuses = false;
  await sendDigests(hub.hub);
  expect(mails).toEqual([]);
  hub.pass(HOUR / 4);
  await sendDigests(hub.hub);
  expect(mails).toHaveLength(1);
  expect(hub.log.join()).toContain('digest failed');
  expect(hub.log.join()).not.toMatch(/@hafenlogistik|@kontor/);

  const other = await openWithNews();
  other.pass(72 * HOUR);
  refuses = true;
  for (let attempt = 0; attempt < 8; attempt++) {
    await sendDigests(other.hub);
    other.pass(HOUR / 4);
  }
  const { rows } = await sql<{ most: number }>`
    select max(g.attempts) as most from digests g where g.workspace_id = ${other.workspace.id}`.execute(
    hubs.db,
  );
  expect(rows[0]?.most).toBe(5);
});
