import { v7 as uuid } from 'uuid';
import { openMail } from '../../demo/gmail-actions.ts';
import { background, launch } from '../../demo/launch.ts';
import { openGmail, panelWithContext } from '../../demo/panel.ts';
import { single } from '../../demo/sample-gmail/mails.ts';
import { sampleGmail } from '../../demo/sample-gmail/sample-gmail.ts';
import { answerOf, expect, test as base } from '../support/e2e.ts';
import { ask, extensionPageOf } from '../support/granted-extension.ts';
import { leaveOldProfile, type OldState } from '../support/old-profile.ts';

// The browser is started here, on a profile that was used before.
const test = base.extend({ context: async ({ profile: _ }, use) => use(null as never) });

const HOUR = 3_600_000;
const RECEIPTS = { keyPath: 'id', indexes: ['deliveredAt'] };

/** What the hub answers to a one-time code. */
interface Session {
  token: string;
  user: { id: string; role: string; team: string };
  workspace: object;
}

/** Signed in, settings chosen, three clicks on their way; the last but one shape, and the one before it. */
const before = (hubUrl: string, { token, user, workspace }: Session, entries: object[]): OldState[] => {
  const { team: _, ...userOfVersion1 } = user;
  const outbox = {
    keyPath: 'id',
    indexes: ['savedAt'],
    rows: entries.map((entry) => [entry] as [unknown]),
  };
  const settings = {
    mailboxes: ['alex@private.example'],
    never: ['aunt@family.example'],
    noticeSentMail: false,
  };
  const dock = { gmail: { collapsed: false, width: 420 } };
  return [
    {
      local: {
        connection: { hubUrl, token, me: { user: userOfVersion1, workspace } },
        connection$: { v: 1 },
        settings,
        settings$: { v: 1 },
        dock,
        dock$: { v: 1 },
      },
      database: 2,
      stores: {
        outbox,
        receipts: RECEIPTS,
        contexts: {
          keyPath: 'email',
          indexes: ['receivedAt', 'personId'],
          rows: [[{ email: single.leads[0], personId: uuid(), context: { of: 'an older shape' } }]],
        },
        single: { rows: [[{ keyId: 'old', key: [7], cursor: 3, entries: [1, 2, 3] }, 'lead-index']] },
      },
    },
    {
      local: {
        connection: { hubUrl, token, me: { user, workspace } },
        connection$: { v: 2 },
        settings: { ...settings, badges: true, pausedUntil: null, sitesOff: [] },
        settings$: { v: 1 },
        dock,
        dock$: { v: 1 },
      },
      database: 3,
      stores: {
        outbox,
        receipts: RECEIPTS,
        contexts: { keyPath: 'text', indexes: ['receivedAt', 'personId'] },
        // Without its parts: an index that was never written to its end is fetched anew.
        single: { rows: [[{ keyId: 'old', key: [7], cursor: 3 }, 'lead-index']] },
        'index-parts': {},
      },
    },
  ];
};

for (const [index, name] of ['the version before the last one', 'the last version'].entries()) {
  test(`what ${name} left is there: connection, settings, and every click arrives once`, async ({
    profile,
    wire,
    hub,
    api,
  }) => {
    const people = answerOf(await api.searchPeople({ body: { text: 'Katharina Brandt', limit: 1 } })).people;
    const personId = people[0]!.id;
    const answer = await fetch(new URL('/v1/sign-in', wire.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: await hub.nextSignInCode() }),
    });
    const session = (await answer.json()) as Session;
    const savedAt = new Date(Date.now() - HOUR).toISOString();
    const id = uuid();
    const click = {
      ...{ id, feedbackId: id, personId, userId: session.user.id, savedAt, attempts: 3, state: 'waiting' },
      failure: { kind: 'offline' },
      write: {
        kind: 'create',
        body: {
          ...{ id, about: { kind: 'lead', personId }, verdict: 'accepted', reasons: [] },
          ...{ comment: 'Said before the update.', clientTime: savedAt },
        },
      },
    };
    // Somebody else's click on the same machine waits for them, whatever the version.
    const foreign = { ...click, id: uuid(), feedbackId: uuid(), userId: uuid() };
    await leaveOldProfile(profile, before(wire.url, session, [click, foreign])[index]!);

    const browser = await launch({ profile, headless: true });
    // What a browser does after an update, but not for a folder that it was started with.
    await (
      await background(browser)
    ).evaluate(() => {
      interface Installed {
        dispatch(details: object): void;
      }
      const { chrome } = globalThis as unknown as { chrome: { runtime: { onInstalled: Installed } } };
      chrome.runtime.onInstalled.dispatch({ reason: 'update', previousVersion: '0.0.1' });
    });
    const stored = async () =>
      answerOf(await api.listFeedback({ query: { limit: 100 } })).items.filter(
        ({ comment }) => comment === 'Said before the update.',
      );
    await expect.poll(stored, { timeout: 40_000 }).toMatchObject([{ id, verdict: 'accepted' }]);

    const page = await extensionPageOf(browser);
    await expect
      .poll(async () => (await ask(page, 'connection.get'))?.me.user)
      .toMatchObject({ id: session.user.id, team: session.user.team });
    expect(await ask(page, 'settings.get')).toMatchObject({
      ...{ mailboxes: ['alex@private.example'], never: ['aunt@family.example'], noticeSentMail: false },
      ...{ badges: true, pausedUntil: null, sitesOff: [] },
    });
    await expect
      .poll(async () => (await ask(page, 'outbox.list')).entries.map((entry) => entry.id))
      .toEqual([foreign.id]);

    const gmail = await openGmail(browser, sampleGmail({ language: 'en' }));
    await openMail(gmail, single);
    const panel = await panelWithContext(gmail, 'Katharina Brandt');
    await expect(panel.locator('[data-stage]')).toHaveAttribute('data-stage', 'sal');
    expect((await (await panel.frameElement()).boundingBox())?.width).toBe(420);
    expect(await stored()).toHaveLength(1);
    await browser.close();
  });
}
