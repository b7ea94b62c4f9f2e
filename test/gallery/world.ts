import type { LeadContext } from '../../utils/contract/lead-context.ts';
import type { Failure } from '../../utils/extension/failure.ts';
import type { LeadOnPage } from '../../utils/extension/messages.ts';
import { agreement, leadContext, rep } from '../fixtures/lead-context.ts';
import type { World } from './fake-background.ts';

export const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
export const hubUrl = 'https://tandem.hafen.example';
type KnownLead = LeadOnPage & { email: string };
export const jonas: KnownLead = {
  key: 'sender:jonas.petersen@hafenlogistik.example',
  email: 'jonas.petersen@hafenlogistik.example',
  name: 'Jonas Petersen',
  role: 'sender',
  stage: 'mql',
};
export const others: KnownLead[] = [
  {
    key: 'r:1',
    email: 'sofia.lindqvist@frachtring.example',
    name: 'Sofia Lindqvist',
    role: 'recipient',
    stage: 'lead',
  },
  {
    key: 'r:2',
    email: 'a.very.long.address.that.somebody.really.has@subsidiary.konzern.example',
    role: 'participant',
    stage: 'sql',
  },
];

export const plainSettings: World['settings'] = {
  mailboxes: [],
  never: [],
  noticeSentMail: true,
  badges: true,
  pausedUntil: null,
  sitesOff: [],
};

/** A signed-in rep before a mail of Jonas Petersen. */
export function world(change: Partial<World> = {}): World {
  return {
    session: {
      tabId: 1,
      view: 'thread',
      leads: [jonas],
      chosen: jonas.key,
      dock: { open: true, collapsed: false, width: 360, focusRequests: 0, revision: 1, drawn: null },
    },
    contexts: { [jonas.key]: known(leadContext()) },
    agreement: { ok: true, value: agreement },
    outbox: { entries: [], receipts: [] },
    connection: { hubUrl, me: rep },
    signIn: { ok: true, value: { hubUrl, me: rep } },
    settings: {
      ...plainSettings,
      mailboxes: ['lena@example.com'],
      never: ['ceo@example.com', 'family.example'],
    },
    diagnostics: [],
    inbox: [],
    online: true,
    ...change,
  };
}

export const known = (context: LeadContext, stale?: Failure): World['contexts'][string] => ({
  ok: true,
  value: { context, receivedAt: stale ? ago(3 * 3_600_000) : ago(0), ...(stale && { stale }) },
});
/** A world in which Jonas Petersen differs. */
export const showing = (change: Partial<LeadContext>, rest: Partial<World> = {}) =>
  world({ contexts: { [jonas.key]: known({ ...leadContext(), ...change }) }, ...rest });
