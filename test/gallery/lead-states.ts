import type { LeadContext } from '../../utils/contract/lead-context.ts';
import type { StageState } from '../../utils/contract/stage.ts';
import type { OutboxEntry } from '../../utils/extension/outbox-entry.ts';
import { clockWith, handOverAt } from '../fixtures/hand-over.ts';
import { agreement, fixtureId, leadContext, marketer, rep } from '../fixtures/lead-context.ts';
import { qualificationOf, type Known } from '../fixtures/qualification.ts';
import type { World } from './fake-background.ts';
import type { StateName } from './state-names.ts';
import { ago, hubUrl, jonas, known, others, showing, world } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const from = (ms: number) => new Date(Date.now() + ms).toISOString();
const lena = { id: rep.user.id, name: rep.user.name };
const emre = { id: fixtureId(1, 3), name: 'Emre Aydin' };
const henrik = { id: fixtureId(1, 7), name: 'Henrik Sommer' };

const withClock = (left: number, change: Parameters<typeof handOverAt>[2] = {}, rest: Partial<World> = {}) =>
  showing({ handOver: handOverAt(Date.now(), left, change) }, rest);

/** Accepted two days ago; `said` is what the rep found out since. */
function atSal(said: Known, change: Partial<LeadContext> = {}): LeadContext {
  const context = leadContext();
  const event = {
    id: fixtureId(8, 101),
    from: 'mql',
    to: 'sal',
    at: ago(2 * HOUR),
    by: { kind: 'person', ...lena },
    agreementVersion: 3,
    kind: 'move',
  } as const;
  return {
    ...context,
    stage: { eventId: event.id, stage: 'sal', since: event.at, by: event.by, agreementVersion: 3 },
    stageEvents: [event, ...context.stageEvents],
    qualification: qualificationOf(agreement, context.touchpoints, ago(0), ['sal', 'sql'], said),
    handOver: followedUp(-5),
    ...change,
  };
}

function followedUp(tookHours: number) {
  const handOver = handOverAt(Date.now(), 8 * HOUR - Math.abs(tookHours) * HOUR);
  const at = ago(HOUR);
  return {
    ...handOver,
    ...(handOver.response && {
      response: { ...handOver.response, stoppedAt: at, tookMinutes: Math.abs(tookHours) * 60 - 20 },
    }),
    followUp: { at, seen: 'mail' as const, by: lena },
    outcome: 'followed-up' as const,
  };
}

const answer = (subject: 'budget' | 'authority' | 'need' | 'timing', confirmed: boolean, by = lena) => ({
  state: confirmed ? ('met' as const) : ('not-met' as const),
  evidence: [{ kind: 'confirmation' as const, subject, confirmed, by, at: ago(3 * HOUR) }],
});

const mara: StageState = {
  eventId: fixtureId(8, 120),
  stage: 'disqualified',
  since: ago(4 * MINUTE),
  by: { kind: 'person', id: fixtureId(1, 9), name: 'Mara Lindqvist' },
  agreementVersion: 3,
};
const stageChanged = {
  kind: 'conflict',
  problem: {
    type: 'urn:tandem:problem:stage-changed',
    title: 'The stage has changed',
    status: 409,
    current: mara,
  },
} as const;

const entry = (write: OutboxEntry['write'], change: Partial<OutboxEntry> = {}): OutboxEntry => ({
  id: fixtureId(7, 9),
  personId: fixtureId(2, 1),
  userId: rep.user.id,
  write,
  savedAt: ago(MINUTE),
  attempts: 0,
  state: 'waiting',
  ...change,
});
const holding = (...entries: OutboxEntry[]) => ({ online: false, outbox: { entries, receipts: [] } });

function expired(): World {
  const context = leadContext();
  const { qualification } = context;
  const stale = { expired: true, asOf: ago(40 * DAY), validUntil: ago(26 * DAY) };
  return showing({
    ...atSal({
      need: { ...answer('need', true), state: 'unknown', unknownBecause: 'expired' },
      budget: answer('budget', true),
      timing: { unknownBecause: 'source-silent' },
    }),
    agreement: { version: 3, validUntil: ago(4 * DAY), expired: true },
    handOver: handOverAt(Date.now(), 100 * MINUTE),
    qualification: {
      ...qualificationOf(agreement, context.touchpoints, ago(0), ['sal', 'sql'], {
        need: {
          state: 'unknown',
          unknownBecause: 'expired',
          evidence: [
            {
              kind: 'confirmation',
              subject: 'need',
              confirmed: true,
              by: emre,
              at: ago(120 * DAY),
              expiredAt: ago(30 * DAY),
            },
          ],
        },
        timing: { unknownBecause: 'source-silent' },
        'large-enough': {
          state: 'unknown',
          unknownBecause: 'expired',
          evidence: [
            {
              kind: 'field',
              attribute: 'employees',
              value: 240,
              source: 'crm',
              at: ago(400 * DAY),
              expiredAt: ago(35 * DAY),
            },
          ],
        },
      }),
      fit: { ...qualification.fit, ...stale },
      engagement: { ...qualification.engagement, ...stale },
    },
    offers: context.offers.map((offer) => ({ ...offer, validTo: ago(HOUR) })),
  });
}

/** A draft to four leads, three of whom the rep should think about once more. */
function draft(): World {
  const base = world();
  const leads = [jonas, ...others].map((lead) => ({ ...lead, role: 'draft-recipient' as const }));
  if (base.session) base.session = { ...base.session, view: 'compose', leads, chosen: jonas.key };
  const plain = leadContext();
  base.contexts[jonas.key] = known({
    ...plain,
    plannedTouches: plain.plannedTouches.map((touch) => ({
      ...touch,
      at: from(18 * HOUR),
      editableUntil: from(12 * HOUR),
    })),
  });
  const [sofia, other] = others;
  if (sofia && other) {
    const person = { ...plain.person, id: fixtureId(2, 10), name: 'Sofia Lindqvist', emails: [sofia.email] };
    base.contexts[sofia.key] = known({
      ...plain,
      person: { ...person, owner: emre },
      consents: [{ channel: 'email', state: 'withdrawn', source: 'automation', since: ago(9 * DAY) }],
    });
    base.contexts[other.key] = known({
      ...plain,
      person: { ...plain.person, id: fixtureId(2, 11), name: other.email, emails: [other.email] },
      doNotContact: { reason: 'Asked not to be contacted.', since: ago(DAY) },
    });
  }
  return base;
}

function draftInNoRoom(): World {
  const base = draft();
  if (base.session) base.session.dock.collapsed = true;
  return base;
}

/** What a lead of issue "one language" can look like. */
export const leadStates = {
  'clock-at-risk': () => withClock(42 * MINUTE),
  'clock-breached': () =>
    withClock(-5 * HOUR, {
      escalations: [
        { at: ago(5 * HOUR), to: 'owner', user: lena },
        { at: ago(HOUR), to: 'manager', user: henrik },
      ],
    }),
  'clock-paused': () =>
    withClock(0, {
      pauses: [{ from: ago(2 * HOUR), to: from(20 * HOUR), reason: 'absent', by: lena }],
      response: {
        startedAt: ago(4 * HOUR),
        working: [
          { from: ago(4 * HOUR), to: ago(2 * HOUR) },
          { from: from(20 * HOUR), to: from(26 * HOUR) },
        ],
        atRiskAt: from(24 * HOUR),
        due: from(26 * HOUR),
      },
    }),
  'clock-met': () => showing({ handOver: followedUp(4) }),
  'clock-late': () =>
    withClock(-HOUR, {
      response: { ...clockWith(Date.now(), -2 * HOUR), stoppedAt: ago(HOUR), tookMinutes: 545 },
      followUp: { at: ago(HOUR), seen: 'call', by: emre },
      outcome: 'followed-up',
    }),
  'clock-unassigned': () => {
    const context = leadContext();
    const { person, handOver } = structuredClone(context);
    delete person.owner;
    delete handOver?.to;
    delete handOver?.response;
    return showing({
      person,
      ...(handOver && { handOver: { ...handOver, assignment: clockWith(Date.now(), 21 * MINUTE) } }),
    });
  },
  'clock-saved': () =>
    withClock(
      3 * HOUR,
      {},
      holding(
        entry({
          kind: 'follow-up',
          body: {
            id: fixtureId(7, 9),
            person: { id: fixtureId(2, 1) },
            at: ago(MINUTE),
            seen: 'click',
            direction: 'outbound',
          },
        }),
      ),
    ),
  qualifying: () =>
    showing(
      atSal({
        need: answer('need', true),
        budget: answer('budget', false, emre),
        timing: { unknownBecause: 'source-silent' },
      }),
    ),
  qualified: () =>
    showing(
      atSal({
        need: answer('need', true),
        timing: answer('timing', true),
        authority: answer('authority', true, emre),
      }),
    ),
  decided: () => {
    const context = atSal({});
    const event = { ...context.stage, eventId: fixtureId(8, 140), stage: 'sql' } as const;
    return showing({
      ...context,
      stage: event,
      qualification: qualificationOf(agreement, context.touchpoints, ago(0), ['sql', 'opportunity'], {
        need: answer('need', true),
        timing: answer('timing', true),
        authority: answer('authority', true, emre),
        budget: answer('budget', false),
      }),
    });
  },
  expired,
  conflict: () =>
    world(
      holding(
        entry(
          {
            kind: 'create',
            body: {
              id: fixtureId(5, 60),
              about: { kind: 'lead', personId: fixtureId(2, 1) },
              verdict: 'accepted',
              reasons: [],
              basedOn: fixtureId(8, 100),
              clientTime: ago(MINUTE),
            },
          },
          { feedbackId: fixtureId(5, 60), state: 'refused', attempts: 1, failure: stageChanged },
        ),
      ),
    ),
  'conflict-move': () =>
    showing(
      atSal({}),
      holding(
        entry(
          {
            kind: 'stage-change',
            body: {
              id: fixtureId(8, 130),
              personId: fixtureId(2, 1),
              to: 'sql',
              basedOn: fixtureId(8, 101),
              clientTime: ago(MINUTE),
            },
          },
          { state: 'refused', attempts: 1, failure: stageChanged },
        ),
      ),
    ),
  'planned-held': () => {
    const context = leadContext();
    const [first, second] = context.plannedTouches;
    const held = (plannedTouchId: string | undefined, n: number) => ({
      id: fixtureId(5, n),
      about: {
        kind: 'planned-touch' as const,
        plannedTouchId: plannedTouchId ?? '',
        personId: fixtureId(2, 1),
      },
      reasons: [],
      clientTime: ago(HOUR),
      at: ago(HOUR),
      replies: [],
    });
    return showing({
      feedback: [
        {
          ...held(first?.id, 70),
          verdict: 'hold',
          by: lena,
          state: 'seen',
          plannedTouchTitle: first?.title ?? '',
        },
        {
          ...held(second?.id, 71),
          verdict: 'ask-first',
          by: emre,
          state: 'new',
          plannedTouchTitle: second?.title ?? '',
        },
        ...context.feedback,
      ],
    });
  },
  'planned-late': () => {
    const context = leadContext();
    return showing({
      plannedTouches: context.plannedTouches.map((touch, index) =>
        index === 0 ? { ...touch, at: from(3 * HOUR), editableUntil: ago(HOUR) } : touch,
      ),
    });
  },
  'somebody-elses': () =>
    showing({
      person: { ...leadContext().person, owner: emre },
      handOver: handOverAt(Date.now(), 5 * HOUR, { to: emre }),
    }),
  'asked-back': () => {
    const [given, ...rest] = leadContext().feedback;
    if (!given) throw new Error('There is no feedback to ask about.');
    const question = { kind: 'question' as const, text: 'Did they say when the next budget is made?' };
    const by = { id: marketer.user.id, name: marketer.user.name };
    const asked = { id: fixtureId(6, 9), by, at: ago(HOUR), ...question };
    return showing({
      feedback: [{ ...given, state: 'answered', waitsFor: 'sales', replies: [asked] }, ...rest],
    });
  },
  'as-marketer': () => world({ connection: { hubUrl, me: marketer } }),
  draft,
  'collapsed-draft': draftInNoRoom,
} satisfies Partial<Record<StateName, () => World>>;
