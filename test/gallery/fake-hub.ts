import type { Feedback, FeedbackPatch, NewReply } from '../../utils/contract/feedback.ts';
import type { ResponseOf } from '../../utils/extension/messages.ts';

type Answer = ResponseOf<'hub.fetch'>;
const ok = (body: unknown): Answer => ({ ok: true, value: { status: 200, body } });

/** A page of the feedback list, with the query of `path`. */
export function inboxPage(inbox: readonly Feedback[], path: string): Answer {
  if (!path.startsWith('/v1/feedback')) return { ok: true, value: { status: 404, body: null } };
  const query = new URL(path, 'https://hub.example').searchParams;
  const state = query.get('state');
  const start = Number(query.get('cursor') ?? 0);
  const end = start + Number(query.get('limit') ?? 50);
  const matching = inbox.filter((feedback) => state === null || feedback.state === state);
  return ok({ items: matching.slice(start, end), nextCursor: end < matching.length ? String(end) : null });
}

export function patchInbox(inbox: Feedback[], id: string, body: unknown): Answer {
  return change(inbox, id, (feedback) => ({ ...feedback, ...(body as FeedbackPatch) }) as Feedback);
}

export function replyInInbox(inbox: Feedback[], id: string, body: unknown): Answer {
  const reply = {
    ...(body as NewReply),
    by: { id: '019a0000-0001-7000-8000-000000000002', name: 'Mara Vogt' },
    at: new Date().toISOString(),
  };
  return change(inbox, id, (feedback) => ({
    ...feedback,
    state: 'answered',
    replies: [...feedback.replies, reply],
  }));
}

function change(inbox: Feedback[], id: string, next: (feedback: Feedback) => Feedback): Answer {
  const index = inbox.findIndex((feedback) => feedback.id === id);
  const feedback = inbox[index];
  if (!feedback) return { ok: true, value: { status: 404, body: null } };
  inbox[index] = next(feedback);
  return ok(inbox[index]);
}
