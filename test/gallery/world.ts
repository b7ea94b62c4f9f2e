import type { LeadContext } from '../../utils/contract/lead-context.ts';
import type { Failure } from '../../utils/extension/failure.ts';
import type { LeadOnPage } from '../../utils/extension/messages.ts';
import type { SiteState } from '../../utils/extension/site-state.ts';
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
  sidePanel: false,
  pausedUntil: null,
  sitesOff: [],
};

const site = (id: string, label: string, kind: 'mail' | 'crm', more: Partial<SiteState> = {}): SiteState => ({
  id,
  label,
  kind,
  core: false,
  off: false,
  patterns: [],
  on: [],
  ...more,
});
export const sampleSites = (): SiteState[] => [
  site('gmail', 'Gmail', 'mail', { core: true, patterns: ['https://mail.google.com/*'] }),
  site('outlook', 'Outlook', 'mail', { core: true, patterns: ['https://outlook.office.com/*'] }),
  site('hubspot', 'HubSpot', 'crm', { patterns: ['https://app.hubspot.com/*'] }),
  site('odoo', 'Odoo', 'crm'),
];

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
    here: {
      tabId: 1,
      host: 'mail.google.com',
      pattern: 'https://mail.google.com/*',
      patterns: ['https://mail.google.com/*'],
      site: 'gmail',
      state: 'works',
      account: 'lena.brandt@tandem-gmbh.example',
      view: 'thread',
      leads: [{ key: jonas.key, name: 'Jonas Petersen', stage: 'mql' }],
      others: 0,
      panel: 'open',
    },
    others: [],
    sites: sampleSites(),
    siteReports: [],
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
