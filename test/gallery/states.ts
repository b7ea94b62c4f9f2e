import type { Feedback } from '../../utils/contract/feedback.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import type { Failure } from '../../utils/extension/failure.ts';
import type { OutboxEntry } from '../../utils/extension/outbox-entry.ts';
import { handOverAt } from '../fixtures/hand-over.ts';
import {
  agreement,
  fixtureId,
  hostileContext,
  inboxFeedback,
  leadContext,
  marketer,
  rep,
} from '../fixtures/lead-context.ts';
import type { World } from './fake-background.ts';
import { loseFirstAnswer } from './fake-hub.ts';
import { agendaStates } from './agenda-states.ts';
import { agreementStates } from './agreement-states.ts';
import { campaignStates } from './campaign-states.ts';
import { channelStates } from './channel-states.ts';
import { importStates } from './import-states.ts';
import { leadStates } from './lead-states.ts';
import { reportStates } from './report-states.ts';
import { siteStates } from './site-states.ts';
import { sourceStates } from './source-states.ts';
import type { StateName } from './state-names.ts';
import { teamStates } from './team-states.ts';
import { welcomeStates } from './welcome-states.ts';
import { ago, hubUrl, jonas, known, others, plainSettings, showing, world } from './world.ts';

const failing = (kind: Failure['kind']) =>
  world({ contexts: { [jonas.key]: { ok: false, error: { kind } } } });
const stale = (kind: Failure['kind']) =>
  world({ contexts: { [jonas.key]: known(leadContext(), { kind }) }, online: false });
const at = (stage: Stage, reason?: string) =>
  showing({
    stage: {
      eventId: fixtureId(8, 100),
      stage,
      since: ago(86_400_000 * 5),
      by: { kind: 'system', id: 'crm', name: 'Example CRM' },
      agreementVersion: 3,
      ...(reason !== undefined && { reason }),
    },
  });

function clicked(
  verdict: 'accepted' | 'returned',
  age: number,
  entry: Partial<OutboxEntry> = {},
  reasons: string[] = [],
): World {
  const id = fixtureId(5, 50);
  const body = {
    id,
    about: { kind: 'lead' as const, personId: fixtureId(2, 1) },
    verdict,
    reasons,
    clientTime: ago(age),
  };
  return world({
    online: false,
    outbox: {
      entries: [
        {
          id: fixtureId(7, 1),
          feedbackId: id,
          personId: fixtureId(2, 1),
          userId: rep.user.id,
          write: { kind: 'create', body },
          savedAt: ago(age),
          attempts: 0,
          state: 'waiting',
          ...entry,
        },
      ],
      receipts: [],
    },
  });
}

const problem = (detail: string) => ({
  type: 'urn:tandem:problem:conflict',
  title: 'Conflict',
  status: 409,
  detail,
});

/** What the background knows in each state. */
export const galleryStates: Record<StateName, () => World> = {
  ready: () => world(),
  loading: () => world({ contexts: { [jonas.key]: 'pending' } }),
  nothing: () => world({ session: null }),
  choose: () => several(null),
  several: () => several(jonas.key),
  'several-slow': () => {
    const base = several(jonas.key);
    for (const other of others) base.contexts[other.key] = 'pending';
    return base;
  },
  collapsed: () => collapsed('mql'),
  'collapsed-unknown': () => collapsed(null),
  'collapsed-breached': () => {
    const base = collapsed('mql');
    base.contexts[jonas.key] = known({ ...leadContext(), handOver: handOverAt(Date.now(), -3_600_000) });
    return base;
  },
  'stage-inquiry': () => at('inquiry'),
  'stage-sal': () => at('sal'),
  'stage-opportunity': () => at('opportunity'),
  'stage-customer': () => at('customer'),
  'stage-recycled': () => at('recycled', 'not-ready'),
  'stage-disqualified': () => at('disqualified', 'no-fit'),
  accepted: () => clicked('accepted', 1000),
  returned: () => clicked('returned', 1000, {}, ['not-ready']),
  saved: () => clicked('returned', 60_000),
  refused: () =>
    clicked('accepted', 60_000, {
      state: 'refused',
      attempts: 1,
      failure: { kind: 'conflict', problem: problem('This lead became a customer in the meantime.') },
    }),
  'reason-needed': () => world({ agreement: { ok: true, value: { ...agreement, returnNeedsReason: true } } }),
  ...leadStates,
  ...agendaStates,
  ...agreementStates,
  ...campaignStates,
  ...importStates,
  ...reportStates,
  careful: () =>
    showing({
      doNotContact: {
        reason: 'Asked by phone not to be contacted before the merger is through.',
        since: ago(86_400_000 * 9),
      },
      consents: [
        {
          channel: 'email',
          state: 'withdrawn',
          basis: 'Unsubscribed',
          source: 'automation',
          since: ago(86_400_000 * 9),
        },
        { channel: 'phone', state: 'denied', source: 'crm', since: ago(86_400_000 * 30) },
      ],
    }),
  'source-silent': () =>
    showing({
      sources: [
        { system: 'crm', label: 'Example CRM', lastSuccessAt: ago(120_000) },
        {
          system: 'automation',
          label: 'Example Automation',
          lastSuccessAt: ago(86_400_000 * 2),
          problem: 'The access key has expired.',
        },
      ],
    }),
  bare: () => bare(),
  hostile: () => world({ contexts: { [jonas.key]: known(hostileContext()) } }),
  'stale-offline': () => stale('offline'),
  'stale-hub': () => stale('hub-error'),
  'stale-signed-out': () => stale('signed-out'),
  offline: () => failing('offline'),
  'signed-out': () => failing('signed-out'),
  forbidden: () => failing('forbidden'),
  'not-found': () => failing('not-found'),
  'too-many-requests': () => failing('too-many-requests'),
  'hub-too-old': () => failing('hub-too-old'),
  'hub-error': () => failing('hub-error'),
  bug: () => world({ contexts: { [jonas.key]: 'bug' } }),
  inbox: () => inbox(inboxFeedback(40)),
  'inbox-asked': () => inbox(inboxFeedback(40)),
  'inbox-groups': () => inbox(inboxFeedback(40)),
  'inbox-as-rep': () => ({ ...inbox(inboxFeedback(12)), connection: { hubUrl, me: rep } }),
  'inbox-many': () => ({ ...inbox(inboxFeedback(11_250)), live: true }),
  'inbox-empty': () => inbox([]),
  'inbox-empty-open': () => inbox([]),
  'inbox-answer-lost': () => {
    const feedback = inboxFeedback(12);
    return { ...inbox(feedback), hub: loseFirstAnswer(feedback) };
  },
  'inbox-error': () => inbox({ ok: false, error: { kind: 'hub-error' } }),
  'inbox-signed-out': () => ({ ...inbox({ ok: false, error: { kind: 'signed-out' } }), connection: null }),
  'inbox-hostile': () =>
    inbox(
      hostileContext().feedback.map((feedback) => ({
        ...feedback,
        personName: feedback.by.name,
        campaignName: feedback.by.name,
        state: 'new',
      })),
    ),
  ...siteStates,
  ...teamStates,
  ...channelStates,
  ...sourceStates,
  ...welcomeStates,
  options: () => world({ diagnostics }),
  'options-signed-out': () => signedOut,
  'options-wrong-code': () => ({ ...signedOut, signIn: { ok: false, error: { kind: 'signed-out' } } }),
};

const diagnostics = [
  { at: ago(3_600_000), site: 'gmail', note: '<div role><span data-x><b></b></span></div>' },
  { at: ago(90_000_000), site: 'hub', note: 'An answer did not fit the contract (id 7f3a).' },
];

const signedOut = world({ connection: null, settings: plainSettings });

const inbox = (content: World['inbox']) => world({ inbox: content, connection: { hubUrl, me: marketer } });

function several(chosen: string | null): World {
  const base = world();
  if (base.session) base.session = { ...base.session, leads: [jonas, ...others], chosen };
  for (const [index, other] of others.entries()) {
    const context = leadContext();
    context.person = {
      ...context.person,
      id: fixtureId(2, 10 + index),
      name: other.name ?? other.email,
      emails: [other.email],
    };
    context.stage = { ...context.stage, stage: other.stage ?? 'lead' };
    base.contexts[other.key] = known({ ...context, feedback: [] });
  }
  return base;
}

function collapsed(stage: Stage | null): World {
  const base = world();
  if (base.session) {
    base.session.dock.collapsed = true;
    base.session.leads = [{ ...jonas, stage }];
  }
  return base;
}

/** A lead of whom hardly anything is known. */
function bare(): World {
  const { person, stage, asOf } = leadContext();
  return showing({
    person: { id: person.id, name: person.name, emails: person.emails, externalIds: [] },
    stage: {
      eventId: fixtureId(8, 1),
      stage: 'lead',
      since: stage.since,
      by: { kind: 'system', name: 'Import' },
      agreementVersion: 3,
    },
    consents: [],
    touchpoints: [],
    touchpointCount: 0,
    campaigns: [],
    feedback: [] as Feedback[],
    sources: [],
    asOf,
  });
}
