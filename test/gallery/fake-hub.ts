import type { Feedback, FeedbackPatch, NewReply } from '../../utils/contract/feedback.ts';
import type { BulkReply, FeedbackGroups, FeedbackView } from '../../utils/contract/inbox.ts';
import type { RequestOf, ResponseOf } from '../../utils/extension/messages.ts';

type Answer = ResponseOf<'hub.fetch'>;
const ok = (body: unknown): Answer => ({ ok: true, value: { status: 200, body } });

/** A page of the feedback list, or its groups, with the query of `path`. */
export function readInbox(inbox: readonly Feedback[], path: string): Answer {
  if (!path.startsWith('/v1/feedback')) return { ok: true, value: { status: 404, body: null } };
  const query = new URL(path, 'https://hub.example').searchParams;
  const matching = inbox.filter((feedback) => matches(feedback, query));
  if (path.startsWith('/v1/feedback/groups')) return ok(groupsOf(inbox, matching));
  const start = Number(query.get('cursor') ?? 0);
  const end = start + Number(query.get('limit') ?? 50);
  const items = query.get('order') === 'oldest' ? matching.toReversed() : matching;
  return ok({ items: items.slice(start, end), nextCursor: end < items.length ? String(end) : null });
}

const isOverdue = ({ waitsFor, answer }: Feedback) =>
  waitsFor === 'marketing' && answer?.stoppedAt === undefined && Date.parse(answer?.due ?? '') <= Date.now();

const views: Record<FeedbackView, (feedback: Feedback) => boolean> = {
  open: ({ waitsFor }) => waitsFor === 'marketing',
  overdue: isOverdue,
  asked: ({ waitsFor }) => waitsFor === 'sales',
  praise: ({ verdict }) => verdict === 'praise',
  done: ({ state, waitsFor }) => (state === 'answered' || state === 'acted') && waitsFor === undefined,
};

function matches(feedback: Feedback, query: URLSearchParams): boolean {
  const { state, about, filedUnder, reasons } = feedback;
  const asked = (name: string, fits: (value: string) => boolean) => {
    const value = query.get(name);
    return value === null || fits(value);
  };
  return (
    (query.has('state') ? query.get('state') === state : state !== 'withdrawn') &&
    asked('view', (view) => views[view as FeedbackView](feedback)) &&
    asked('about', (kind) => kind === about.kind) &&
    asked('campaignId', (id) => id === (filedUnder?.id ?? 'none')) &&
    asked('reason', (id) => (id === 'none' ? reasons.length === 0 : reasons.includes(id)))
  );
}

function groupsOf(inbox: readonly Feedback[], matching: readonly Feedback[]): FeedbackGroups {
  const given = inbox.filter(({ state }) => state !== 'withdrawn');
  const count = (items: readonly Feedback[]) => ({
    count: items.length,
    open: items.filter(views.open).length,
    overdue: items.filter(isOverdue).length,
  });
  const byCampaign = Map.groupBy(matching, ({ filedUnder }) => filedUnder?.id);
  const reasons = new Set(matching.flatMap((each) => (each.reasons.length > 0 ? each.reasons : [null])));
  return {
    totals: {
      ...count(given),
      asked: given.filter(views.asked).length,
      praise: given.filter(views.praise).length,
    },
    campaigns: [...byCampaign.values()].map((items) => ({
      campaign: items[0]?.filedUnder ?? null,
      ...count(items),
    })),
    reasons: [...reasons].map((reason) => ({
      reason,
      ...count(
        matching.filter((each) =>
          reason === null ? each.reasons.length === 0 : each.reasons.includes(reason),
        ),
      ),
    })),
  };
}

export function patchInbox(inbox: Feedback[], id: string, body: unknown): Answer {
  return change(inbox, id, (feedback) => ({ ...feedback, ...(body as FeedbackPatch) }) as Feedback);
}

export function replyInInbox(inbox: Feedback[], id: string, body: unknown): Answer {
  if (id === 'replies') return replyToMany(inbox, body as BulkReply);
  const now = new Date().toISOString();
  const given = body as NewReply;
  const reply = { ...given, by: { id: '019a0000-0001-7000-8000-000000000002', name: 'Mara Vogt' }, at: now };
  return change(inbox, id, (feedback) => ({
    ...feedback,
    state: given.kind === 'acted' ? 'acted' : 'answered',
    waitsFor: given.kind === 'question' ? 'sales' : undefined,
    answer: feedback.answer && { tookMinutes: 130, stoppedAt: now, ...feedback.answer },
    replies: [...feedback.replies, reply],
  }));
}

/** Stores the first reply but loses the answer to it; knows a reply by its id, as the hub does. */
export function loseFirstAnswer(inbox: Feedback[]) {
  const sent = new Map<string, string>();
  return ({ method, path, body }: RequestOf<'hub.fetch'>): Answer | undefined => {
    if (method !== 'POST') return undefined;
    const { id, text } = body as NewReply;
    const before = sent.get(id);
    sent.set(id, before ?? text);
    if (before !== undefined && before !== text) return { ok: true, value: { status: 422, body: null } };
    const answer = before === undefined ? replyInInbox(inbox, path.split('/')[3] ?? '', body) : ok(inbox[0]);
    return sent.size === 1 && before === undefined ? { ok: false, error: { kind: 'offline' } } : answer;
  };
}

/** Of several, one was always withdrawn meanwhile. */
function replyToMany(inbox: Feedback[], { to, ...reply }: BulkReply): Answer {
  const gone = to.length > 1 ? to[0] : undefined;
  const rest = to.filter((each) => each !== gone);
  for (const { feedbackId, id } of rest) replyInInbox(inbox, feedbackId, { ...reply, id });
  const withdrawn = gone ? [gone.feedbackId] : [];
  for (const id of withdrawn) patchInbox(inbox, id, { state: 'withdrawn' });
  return ok({ replied: rest.map(({ feedbackId }) => feedbackId), withdrawn });
}

function change(inbox: Feedback[], id: string, next: (feedback: Feedback) => Feedback): Answer {
  const index = inbox.findIndex((feedback) => feedback.id === id);
  const feedback = inbox[index];
  if (!feedback) return { ok: true, value: { status: 404, body: null } };
  inbox[index] = next(feedback);
  return ok(inbox[index]);
}
