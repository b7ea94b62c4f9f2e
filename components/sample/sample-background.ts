import type { Feedback, NewFeedback } from '../../utils/contract/feedback.ts';
import type { LeadContext } from '../../utils/contract/lead-context.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { stageAfter } from '../../utils/domain/verdict.ts';
import {
  type LeadOnPage,
  type MessageName,
  type Notice,
  messages,
  type PanelSession,
  type RequestOf,
  type ResponseOf,
} from '../../utils/extension/messages.ts';
import type { OutboxEntry } from '../../utils/extension/outbox-entry.ts';
import { afterWrite } from './after-write.ts';
import { sampleAddress, sampleAgreement, sampleLead, sampleMe, sampleName } from './sample-lead.ts';
import { sampleQualification } from './sample-qualification.ts';

const lead: LeadOnPage = {
  key: 'sample',
  email: sampleAddress,
  name: sampleName,
  role: 'sender',
  stage: 'mql',
};

type Answers = { [K in MessageName]?: (request: RequestOf<K>) => ResponseOf<K> };

/**
 * Answers the panel as the background would, about one invented lead. Everything lives as long as its page does:
 * nothing is stored, nothing is sent, and there is nothing to be left behind.
 */
export function sampleBackground(notify: (notice: Notice) => void) {
  const opened = Date.now();
  const agreement = sampleAgreement(opened);
  const fresh = sampleLead(opened);
  let context = fresh;
  let session: PanelSession = {
    tabId: 0,
    view: 'thread',
    leads: [lead],
    chosen: lead.key,
    dock: {
      open: true,
      collapsed: false,
      side: 'right',
      width: 360,
      focusRequests: 0,
      revision: 1,
      drawn: null,
    },
  };
  const answers: Answers = {
    'panel.session': () => session,
    'panel.dock': (change) => {
      session = { ...session, dock: { ...session.dock, ...change } };
      notify({ notice: 'session.changed', tabId: session.tabId });
    },
    'panel.drawn': () => undefined,
    'context.get': () => ({ ok: true, value: { context, receivedAt: new Date().toISOString() } }),
    'agreement.get': () => ({ ok: true, value: agreement }),
    'connection.get': () => ({ hubUrl: '', me: sampleMe }),
    'live.watch': () => true,
    'outbox.list': () => ({ entries: [], receipts: [] }),
    'outbox.add': ({ feedbackId, write }) => {
      context = withWrite(context, feedbackId, write);
      notify({ notice: 'context.changed', personId: context.person.id });
    },
    'options.open': () => void window.open('/options.html'),
  };
  return (name: MessageName, request: unknown): unknown => {
    const handle = answers[name] as ((request: unknown) => unknown) | undefined;
    if (!handle) throw new Error(`The sample does not answer ${name}`);
    return messages[name].response.parse(handle(messages[name].request.parse(request)));
  };

  /** What the hub would make of it. */
  function withWrite(
    before: LeadContext,
    feedbackId: string | undefined,
    write: OutboxEntry['write'],
  ): LeadContext {
    const known = before.feedback.find(({ id }) => id === feedbackId);
    switch (write.kind) {
      case 'create':
        return judged({ ...before, feedback: [stored(write.body, before), ...before.feedback] }, write.body);
      case 'patch': {
        if (!known) return before;
        const { clientTime: _clickedAt, ...change } = write.body;
        const changed = { ...known, ...change } as Feedback;
        const feedback = before.feedback.map((each) => (each === known ? changed : each));
        return judged({ ...before, feedback }, changed);
      }
      case 'reply':
        return before;
      default:
        return afterWrite(before, write, sampleMe.user);
    }
  }

  /** Moves the lead to where a verdict on it leads, or back where it was. */
  function judged(
    before: LeadContext,
    { id, about, verdict, reasons, ...rest }: NewFeedback | Feedback,
  ): LeadContext {
    if (about.kind !== 'lead' || (verdict !== 'accepted' && verdict !== 'returned')) return before;
    const undone = 'state' in rest && rest.state === 'withdrawn';
    const to = undone ? fresh.stage.stage : stageAfter(fresh.stage.stage, verdict, reasons, agreement);
    if (to === before.stage.stage) return before;
    const moved = moveTo(before, to, reasons[0], id);
    return {
      ...moved,
      // Who is not on the path has nobody's promise to be followed up.
      handOver: to === 'recycled' || to === 'disqualified' ? undefined : fresh.handOver,
      qualification: sampleQualification(moved, agreement, opened),
    };
  }
}

const stored = (body: NewFeedback, { person, campaigns, plannedTouches }: LeadContext): Feedback => {
  const { about } = body;
  return {
    ...body,
    personName: person.name,
    campaignName:
      about.kind === 'campaign' ? campaigns.find(({ id }) => id === about.campaignId)?.name : undefined,
    plannedTouchTitle:
      about.kind === 'planned-touch'
        ? plannedTouches.find(({ id }) => id === about.plannedTouchId)?.title
        : undefined,
    by: { id: sampleMe.user.id, name: sampleMe.user.name },
    at: new Date().toISOString(),
    state: 'new',
    replies: [],
  };
};

function moveTo(before: LeadContext, to: Stage, reason: string | undefined, eventId: string): LeadContext {
  const { stage, stageEvents } = before;
  const { agreementVersion } = stage;
  const by = { kind: 'person', id: sampleMe.user.id, name: sampleMe.user.name } as const;
  const since = new Date().toISOString();
  const move = { to, at: since, by, agreementVersion, kind: 'move', ...(reason && { reason }) } as const;
  return {
    ...before,
    stage: { eventId, stage: to, since, by, agreementVersion, ...(reason && { reason }) },
    stageEvents: [{ id: eventId, from: stage.stage, ...move }, ...stageEvents],
  };
}
