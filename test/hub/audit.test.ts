import { expect, test } from 'vitest';
import { PersonViews } from '../../server/audit/person-views.ts';
import { retain } from '../../server/jobs/retain.ts';
import { api, type Operation } from '../../utils/contract/api.ts';
import type { AuditEvent } from '../../utils/contract/audit.ts';
import { type Answered, useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const DAY_MS = 86_400_000;

type Page = { items: AuditEvent[]; nextCursor: string | null };

/** What was done besides signing in, which every user of a test does first. */
const deeds = ({ json }: Answered) => (json as Page).items.filter(({ action }) => action !== 'signIn');

/** Asked by POST for the length of what is sent; they show what would be. */
const PREVIEWS: readonly string[] = ['previewStatuses'];

test('what only an administrator or manager may do is written down', () => {
  const unwatched = Object.entries<Operation>(api).filter(
    ([name, { method, roles, audit }]) =>
      method !== 'get' &&
      !PREVIEWS.includes(name) &&
      audit === undefined &&
      roles !== null &&
      roles.every((role) => role === 'admin' || role === 'manager'),
  );
  expect(unwatched.map(([name]) => name)).toEqual([]);
});

test('says who did what to whom, in the transaction of what was done', async () => {
  const { as, call, admin, rep, hub, now } = await hubs.open();
  const asAdmin = await as(admin);
  await call('POST', '/v1/sign-in', { code: hub.signInCodes.current });
  await asAdmin('POST', `/v1/users/${rep.id}/sign-in-codes`, {});
  // Refused, so not done and not written down.
  await asAdmin('PUT', '/v1/selector-packs/gmail', { selectors: 1 });
  await (
    await as(rep)
  )('POST', '/v1/lead-index/rotate', {});
  const said = { id: expect.any(String) as string, at: now(), by: { id: admin.id, name: admin.name } };
  const audit = await asAdmin('GET', '/v1/audit');
  expect(deeds(audit)).toEqual([{ ...said, action: 'createSignInCode', subjectId: rep.id }]);
  const signedIn = (await asAdmin('GET', `/v1/audit?action=signIn&userId=${admin.id}`)).json as Page;
  // With the code, and what the test itself made a token for.
  expect(signedIn.items).toEqual(
    Array.from({ length: 2 }, () => ({ ...said, action: 'signIn', details: { method: 'code' } })),
  );
  expect((await (await as(rep))('GET', '/v1/audit')).status).toBe(403);
});

test('a repeated request is written down once', async () => {
  const { as, admin, rep } = await hubs.open();
  const asAdmin = await as(admin);
  const key = { 'idempotency-key': '0199d3a8-0000-7000-8000-0000000000aa' };
  for (let n = 0; n < 2; n++) await asAdmin('POST', `/v1/users/${rep.id}/sign-in-codes`, {}, key);
  expect(deeds(await asAdmin('GET', '/v1/audit'))).toHaveLength(1);
});

test('who looked whom up stands there once a day, however often and by however many hubs', async () => {
  const { as, admin, rep, otherRep, lena, omar, hub, pass } = await hubs.open();
  const queries = [{ email: lena.emails[0] }, { email: 'nobody@example.com' }];
  const look = async () => {
    for (const user of [rep, rep, otherRep]) await (await as(user))('POST', '/v1/context', { queries });
    await (
      await as(rep)
    )('POST', '/v1/context', { queries: [{ email: omar.emails[0] }] });
    await hub.personViews.flush(hub);
  };
  await look();
  // As another hub, which knows nothing of what this one has seen.
  Object.assign(hub, { personViews: new PersonViews() });
  await look();
  const asAdmin = await as(admin);
  const views = async () => ((await asAdmin('GET', '/v1/audit?action=personViewed')).json as Page).items;
  expect((await views()).map(({ by, subjectId }) => [by?.id, subjectId]).toSorted()).toEqual(
    [
      [rep.id, lena.id],
      [otherRep.id, lena.id],
      [rep.id, omar.id],
    ].toSorted(),
  );
  pass(DAY_MS);
  await look();
  expect(await views()).toHaveLength(6);
});

test('what cannot be written is kept for the next time', async () => {
  const { as, admin, rep, lena, hub } = await hubs.open();
  await (
    await as(rep)
  )('POST', '/v1/context', { queries: [{ email: lena.emails[0] }] });
  const databaseOf = () => {
    throw new Error('gone');
  };
  await expect(hub.personViews.flush({ databaseOf })).rejects.toThrow('gone');
  await hub.personViews.flush(hub);
  expect(deeds(await (await as(admin))('GET', '/v1/audit'))).toHaveLength(1);
});

test('is read by pages and filters, and kept for its time', async () => {
  const { as, admin, rep, otherRep, hub, pass, now } = await hubs.open();
  const asAdmin = await as(admin);
  const keep = { touchpoints: 0, archivedPeople: 0, audit: 1 };
  pass(32 * DAY_MS);
  await retain(hubs.db, hub.workspaceId, new Date(now()), keep);
  for (const { id } of [rep, otherRep, rep, otherRep, rep]) {
    await asAdmin('POST', `/v1/users/${id}/sign-in-codes`, {});
    pass(1000);
  }
  const all = ((await asAdmin('GET', '/v1/audit')).json as Page).items;
  expect(all).toHaveLength(5);
  const paged: AuditEvent[] = [];
  let cursor = '';
  do {
    const page = (await asAdmin('GET', `/v1/audit?limit=2${cursor}`)).json as Page;
    paged.push(...page.items);
    cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
  } while (cursor !== '');
  expect(paged).toEqual(all);
  const filtered = async (query: string) =>
    ((await asAdmin('GET', `/v1/audit?${query}`)).json as Page).items.length;
  expect(await filtered(`subjectId=${rep.id}`)).toBe(3);
  expect(await filtered(`userId=${rep.id}`)).toBe(0);
  expect(await filtered(`from=${all[1]?.at}`)).toBe(2);
  expect(await filtered(`to=${all[1]?.at}`)).toBe(3);
  expect((await asAdmin('GET', '/v1/audit?cursor=x')).status).toBe(400);

  await retain(hubs.db, hub.workspaceId, new Date(now()), keep);
  expect(await filtered('')).toBe(5);
  pass(32 * DAY_MS);
  await retain(hubs.db, hub.workspaceId, new Date(now()), keep);
  expect(await filtered('')).toBe(0);
});
