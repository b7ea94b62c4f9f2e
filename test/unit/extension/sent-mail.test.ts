import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Settings } from '../../../utils/extension/messages.ts';
import { connectionItem, settingsItem } from '../../../utils/extension/storage.ts';
import { flushOutbox, listOutbox } from '../../../utils/extension/outbox.ts';
import { noteSentMail } from '../../../utils/extension/sent-mail.ts';
import { problemType } from '../../../utils/contract/problem.ts';
import { emptyDatabase, signedIn, USER_ID } from '../../support/extension-state.ts';

const account = 'alex.winter@nordlicht.example';
const at = '2026-11-22T10:00:00.000Z';
const hub = vi.fn<(url: URL, init: RequestInit) => Promise<Response>>();
const sent = (...recipients: string[]) => noteSentMail({ site: 'gmail', account, recipients, at });
const change = async (settings: Partial<Settings>) =>
  settingsItem.set({ ...(await settingsItem.get()), ...settings });
const addressees = async () =>
  (await listOutbox()).entries.map(({ write }) => write.kind === 'follow-up' && write.body.person);

beforeEach(async () => {
  await emptyDatabase();
  await signedIn('lead@customer.example', 'other@customer.example');
  hub.mockReset().mockImplementation(() => Promise.resolve(Response.json({ handOver: null })));
  vi.stubGlobal('fetch', hub);
});

describe('a mail the user sent', () => {
  it('is a follow-up to each lead it went to: who, when and which way, nothing else', async () => {
    await sent('Lead@Customer.example', 'other@customer.example', 'lead@customer.example');
    const { entries } = await listOutbox();
    expect(entries.map(({ userId, write }) => ({ userId, write }))).toEqual(
      ['lead@customer.example', 'other@customer.example'].map((email) => ({
        userId: USER_ID,
        write: {
          kind: 'follow-up',
          body: {
            id: expect.any(String) as string,
            person: { email },
            at,
            seen: 'mail',
            direction: 'outbound',
          },
        },
      })),
    );
  });

  it('leaves nobody else’s address in anything that is stored or sent', async () => {
    const strangers = ['mother@private.example', 'colleague@nordlicht.example', 'lead@customer.example.test'];
    await sent(...strangers, 'lead@customer.example', 'no address', '');
    const stored = JSON.stringify(await listOutbox());
    await flushOutbox(() => undefined);
    expect(hub).toHaveBeenCalledTimes(1);
    const everything = stored + JSON.stringify(hub.mock.calls);
    expect(everything).toContain('lead@customer.example');
    for (const stranger of strangers) expect(everything).not.toContain(stranger);
  });

  it('is nobody’s business in a private mailbox, or in one we cannot tell', async () => {
    await noteSentMail({
      site: 'gmail',
      account: 'alex@private.example',
      recipients: ['lead@customer.example'],
      at,
    });
    await noteSentMail({ site: 'gmail', recipients: ['lead@customer.example'], at });
    expect(await addressees()).toEqual([]);
  });

  it('is not noticed when the user does not want it', async () => {
    await change({ noticeSentMail: false });
    await sent('lead@customer.example');
    expect(await addressees()).toEqual([]);
  });

  it('is not noticed for whom the user never wants looked up, nor without a hub', async () => {
    await change({ never: ['other@customer.example'] });
    await sent('lead@customer.example', 'other@customer.example');
    expect(await addressees()).toEqual([{ email: 'lead@customer.example' }]);
    await connectionItem.set(null);
    await sent('lead@customer.example');
    expect(await addressees()).toHaveLength(1);
  });

  it('waits for a hub that is away, and troubles nobody when the hub does not want it', async () => {
    hub.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    await sent('lead@customer.example');
    await flushOutbox(() => undefined);
    expect(await addressees()).toHaveLength(1);
    const problem = { type: problemType('not-found'), title: 'Nobody', status: 404 };
    hub.mockImplementationOnce(() => Promise.resolve(Response.json(problem, { status: 404 })));
    await flushOutbox(() => undefined);
    expect(await addressees()).toEqual([]);
  });
});
