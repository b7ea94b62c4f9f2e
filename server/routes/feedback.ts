import { createHash } from 'node:crypto';
import type { Agreement, Reason } from '../../utils/contract/agreement.ts';
import type { Api } from '../../utils/contract/api.ts';
import {
  type FeedbackPatch,
  type FeedbackState,
  type NewFeedback,
  UNDO_MS,
} from '../../utils/contract/feedback.ts';
import { expectsAnswer } from '../../utils/domain/expects-answer.ts';
import { noteEvents } from '../deliveries/note-events.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { promiseAnswer } from '../feedback/answer-promise.ts';
import { answered, isMarketing, replyTo } from '../feedback/reply.ts';
import { isBefore } from '../feedback/states.ts';
import { followAlias } from '../merging/merges.ts';
import { noteNamed } from '../merging/note-named.ts';
import { type Handlers, type HubRequest, JsonText } from '../operation.ts';
import { ProblemError } from '../problem.ts';
import { requireKnownReasons } from '../agreement/stage-rules.ts';
import { markFeedback } from '../reports/mark-reports.ts';
import { readAgreement, readDocument } from '../store/agreements.ts';
import {
  campaignIsKnown,
  type FeedbackChange,
  insertFeedback,
  listFeedback,
  lockAllFeedback,
  lockFeedback,
  readFeedback,
  type StoredFeedback,
  updateFeedback,
} from '../store/feedback.ts';
import { readFeedbackGroups } from '../store/feedback-groups.ts';
import { readPlannedTouch, type StoredPlannedTouch } from '../store/planned.ts';
import { lockStage } from '../store/stages.ts';
import { queueWithdrawal, queueWriteBacks } from '../write-backs/write-back-store.ts';
import { applyVerdict, reapplyVerdict, revertVerdict } from './lead-verdict.ts';

export const feedbackHandlers: Pick<
  Handlers,
  | 'createFeedback'
  | 'listFeedback'
  | 'feedbackGroups'
  | 'readFeedback'
  | 'patchFeedback'
  | 'replyToFeedback'
  | 'replyToMany'
> = {
  async createFeedback({ hub, db, session: { workspaceId, user }, body, now }) {
    const { id } = body;
    const agreement = await readAgreement(db, workspaceId);
    // Locked from here on, so that two verdicts at once move the stage one after the other.
    const said = body.about.personId;
    const present = said === undefined ? null : await lockStage(db, workspaceId, said);
    if (said !== undefined && !present) throw unknown('lead');
    // Who they are now: since a merge another id may lead to them.
    const about = present ? { ...body.about, personId: present.personId } : body.about;
    if (about.kind === 'campaign' && !(await campaignIsKnown(db, workspaceId, about.campaignId))) {
      throw unknown('campaign');
    }
    const planned =
      about.kind === 'planned-touch' ? await readPlannedTouch(db, workspaceId, about.plannedTouchId) : null;
    if (about.kind === 'planned-touch' && planned?.personId !== about.personId)
      throw unknown('planned touch');

    const contentHash = hashOf(body, user.id);
    const promised = expectsAnswer(body);
    const given = {
      authorId: user.id,
      contentHash,
      agreementVersion: agreement.version,
      at: now,
      answer: promised ? promiseAnswer(agreement, now) : null,
      waitsFor: promised ? ('marketing' as const) : null,
    };
    // What was stored before is answered again, whatever has changed since.
    if (await insertFeedback(db, workspaceId, { ...body, about }, given)) {
      if (present && said !== undefined) {
        const row = { key: [id], personId: present.personId, named: { id: said } };
        await noteNamed(db, workspaceId, 'feedback', [row]);
      }
      requireReason(agreement, body);
      requireKnownReasons(agreement.reasons, pointersTo(body.reasons));
      if (planned) requireEditable(planned, now);
      await markFeedback(db, workspaceId, [id], now);
      if (about.kind === 'lead' && present) {
        const { verdict, reasons, basedOn, clientTime } = body;
        const verdictGiven = { verdict, reasons, basedOn, clientTime, by: user, at: now };
        await applyVerdict(db, present, { workspaceId, feedbackId: id, ...verdictGiven });
      }
      await noteEvents(db, workspaceId, [{ kind: 'feedback.created', subject: { feedbackId: id } }], now);
      await queueWriteBacks(hub, db, workspaceId, { feedbackId: id, now });
    }
    const stored = await existing(readFeedback(db, workspaceId, id));
    if (stored.contentHash !== contentHash) {
      throw new ProblemError(
        'conflict',
        'Another feedback has this id already. Make a new id for every feedback.',
      );
    }
    return new JsonText(stored.json);
  },

  async listFeedback({ db, session: { workspaceId }, query: { cursor, limit, ...filter }, now }) {
    const after = cursor === undefined ? undefined : readCursor(cursor);
    const personId = filter.personId && (await followAlias(db, workspaceId, filter.personId));
    const rows = await listFeedback(db, workspaceId, { ...filter, personId, after, limit: limit + 1, now });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const nextCursor = rows.length > limit && last ? writeCursor(last) : null;
    return new JsonText(
      `{"items":[${page.map(({ json }) => json).join(',')}],"nextCursor":${JSON.stringify(nextCursor)}}`,
    );
  },

  async feedbackGroups({ db, session: { workspaceId }, query, now }) {
    const personId = query.personId && (await followAlias(db, workspaceId, query.personId));
    return readFeedbackGroups(db, workspaceId, { ...query, personId }, now);
  },

  async readFeedback({ db, session: { workspaceId }, params: { id } }) {
    return new JsonText((await existing(readFeedback(db, workspaceId, id))).json);
  },

  async patchFeedback(request) {
    const { db, session, params, body } = request;
    const feedback = await existing(lockFeedback(db, session.workspaceId, params.id));
    if (body.reasons !== undefined || body.comment !== undefined) await refine(request, feedback);
    if (body.state === 'withdrawn') await withdraw(request, feedback);
    else if (body.state !== undefined) await mark(request, feedback, body.state);
    return new JsonText((await existing(readFeedback(db, session.workspaceId, params.id))).json);
  },

  async replyToFeedback({ db, session: { workspaceId, user }, params, body, now }) {
    const feedback = await existing(lockFeedback(db, workspaceId, params.id));
    await replyTo(db, feedback, body, { workspaceId, user, now });
    return new JsonText((await existing(readFeedback(db, workspaceId, params.id))).json);
  },

  async replyToMany({ db, session: { workspaceId, user }, body: { to, ...reply }, now }) {
    const replyIds = new Map(to.map(({ feedbackId, id }) => [feedbackId, id]));
    const found = await lockAllFeedback(db, workspaceId, [...replyIds.keys()]);
    if (found.length < to.length) throw unknown('feedback');
    const [withdrawn, rest] = [
      found.filter(({ state }) => state === 'withdrawn'),
      found.filter(({ state }) => state !== 'withdrawn'),
    ];
    for (const feedback of rest) {
      const id = replyIds.get(feedback.id);
      if (id !== undefined) await replyTo(db, feedback, { ...reply, id }, { workspaceId, user, now });
    }
    const idsOf = (some: readonly StoredFeedback[]) => some.map(({ id }) => id);
    return { replied: idsOf(rest), withdrawn: idsOf(withdrawn) };
  },
};

type PatchRequest = HubRequest<Api['patchFeedback']>;

async function refine(request: PatchRequest, feedback: StoredFeedback): Promise<void> {
  const { hub, db, session, body, now } = request;
  requireAuthor(request, feedback);
  if (feedback.state === 'withdrawn') throw new ProblemError('conflict', 'This feedback was withdrawn.');
  const reasons = body.reasons ?? feedback.reasons;
  const { verdict, personId, aboutKind } = feedback;
  const agreement = await readAgreement(db, session.workspaceId);
  requireReason(agreement, { verdict, reasons });
  const agreed = await reasonsOf(request, agreement, feedback);
  requireKnownReasons(agreed, pointersTo(reasons));
  await updateFeedback(db, session.workspaceId, feedback.id, {
    reasons,
    comment: body.comment,
    ...(await newPromise(request, feedback)),
  });
  await queueWriteBacks(hub, db, session.workspaceId, { feedbackId: feedback.id, now });
  if (aboutKind === 'lead' && personId)
    await reapplyVerdict(db, personId, { ...given(request, feedback), reasons, agreed });
}

/** A comment may make of a click that asked for nothing one that does: its time begins with the comment. */
async function newPromise(
  { db, session: { workspaceId }, body, now }: PatchRequest,
  { verdict, comment, answer, state, agreementVersion }: StoredFeedback,
): Promise<FeedbackChange> {
  const before = expectsAnswer({ verdict, comment: comment ?? undefined });
  const isNew = !before && expectsAnswer({ verdict, comment: body.comment });
  if (!isNew || answer !== null || !isBefore(state, 'answered')) return {};
  const agreed = await readDocument(db, workspaceId, agreementVersion);
  return { waitsFor: 'marketing', answer: (agreed && promiseAnswer(agreed, now)) ?? undefined };
}

async function withdraw(request: PatchRequest, feedback: StoredFeedback): Promise<void> {
  const { db, session, body, now } = request;
  requireAuthor(request, feedback);
  if (feedback.state === 'withdrawn') return;
  // To let a planned touch go out after all is no undo: it may take as long as the hold itself.
  if (feedback.aboutKind !== 'planned-touch' && isTooLate(feedback, body)) {
    throw new ProblemError(
      'undo-expired',
      'This can be undone only right after the click. Send new feedback instead.',
    );
  }
  await updateFeedback(db, session.workspaceId, feedback.id, { state: 'withdrawn', waitsFor: null });
  await markFeedback(db, session.workspaceId, [feedback.id], now);
  await queueWithdrawal(db, session.workspaceId, { feedbackId: feedback.id, now });
  if (feedback.aboutKind === 'lead' && feedback.personId) {
    await revertVerdict(db, feedback.personId, given(request, feedback));
  }
}

/** Marketing's side. States only go forward; what was withdrawn stays so. */
async function mark(
  { db, session, now }: PatchRequest,
  feedback: StoredFeedback,
  state: FeedbackState,
): Promise<void> {
  if (!isMarketing(session.user))
    throw new ProblemError('forbidden', 'Only marketing marks feedback seen or acted.');
  if (!isBefore(feedback.state, state)) return;
  const { id: feedbackId } = feedback;
  const { workspaceId } = session;
  if (state !== 'acted') return updateFeedback(db, workspaceId, feedbackId, { state });
  const change = await answered(db, workspaceId, feedback, now);
  await updateFeedback(db, workspaceId, feedbackId, { ...change, state, waitsFor: null });
  await noteEvents(db, session.workspaceId, [{ kind: 'feedback.acted', subject: { feedbackId } }], now);
}

/** By the author's own clock at both clicks: the way to the hub may have taken days. */
function isTooLate({ clientTime }: StoredFeedback, patch: FeedbackPatch): boolean {
  return patch.clientTime === undefined || Date.parse(patch.clientTime) - Date.parse(clientTime) > UNDO_MS;
}

const given = ({ session, body, now }: PatchRequest, { id, verdict, reasons }: StoredFeedback) => ({
  workspaceId: session.workspaceId,
  feedbackId: id,
  verdict,
  reasons,
  by: session.user,
  clientTime: body.clientTime,
  at: now,
});

function requireAuthor({ session }: PatchRequest, feedback: StoredFeedback): void {
  if (feedback.authorId !== session.user.id) {
    throw new ProblemError('forbidden', 'Only who gave this feedback may change or withdraw it.');
  }
}

function requireReason(
  { returnNeedsReason }: Agreement,
  { verdict, reasons }: Pick<NewFeedback, 'verdict' | 'reasons'>,
): void {
  if (verdict !== 'returned' || reasons.length > 0 || !returnNeedsReason) return;
  throw new ProblemError('invalid', 'The agreement wants a reason for every return.', [
    { pointer: '/reasons', detail: 'must not be empty' },
  ]);
}

/** Those agreed on now, and those that were when the feedback was given: it may still be refined with them. */
async function reasonsOf(
  { db, session }: PatchRequest,
  { version, reasons }: Agreement,
  feedback: StoredFeedback,
): Promise<Reason[]> {
  if (feedback.agreementVersion === version) return reasons;
  const document = await readDocument(db, session.workspaceId, feedback.agreementVersion);
  return [...reasons, ...(document?.reasons ?? [])];
}

const pointersTo = (reasons: readonly string[]) =>
  reasons.map((id, index) => ({ pointer: `/reasons/${index}`, id }));

function requireEditable({ cancelled, editableUntil }: StoredPlannedTouch, now: Date): void {
  if (cancelled) throw unknown('planned touch');
  if (now.getTime() > Date.parse(editableUntil)) {
    throw new ProblemError('not-editable', `This could be held until ${editableUntil}.`);
  }
}

const unknown = (what: string) => new ProblemError('not-found', `There is no such ${what}, or not any more.`);

async function existing(found: Promise<StoredFeedback | null>): Promise<StoredFeedback> {
  const feedback = await found;
  if (!feedback) throw unknown('feedback');
  return feedback;
}

/** Of what was sent, as parsed: its keys are in the schema's order. */
const hashOf = (body: NewFeedback, authorId: string) =>
  createHash('sha256')
    .update(JSON.stringify([authorId, body]))
    .digest('hex');
