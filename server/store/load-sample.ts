import { createHash } from 'node:crypto';
import type { AgreementDocument } from '../../utils/contract/agreement.ts';
import type { Feedback } from '../../utils/contract/feedback.ts';
import { expectsAnswer } from '../../utils/domain/expects-answer.ts';
import { promiseAnswer, stopAnswer } from '../feedback/answer-promise.ts';
import { saveHandOvers } from '../hand-overs/store.ts';
import { markDue } from '../qualification/mark-due.ts';
import { markFeedback, markPeople } from '../reports/mark-reports.ts';
import { refreshPersonWords } from '../people/person-words.ts';
import { refreshPairs } from '../reports/pairs.ts';
import { countTouches } from '../reports/touch-changes.ts';
import type { SamplePerson, SampleWorkspace } from '../sample/sample-workspace.ts';
import { readDocument } from './agreements.ts';
import { confirmationRow } from './confirmations.ts';
import { storeConsents } from './consents.ts';
import type { Database, WriteTransaction } from './database.ts';
import { fileFeedback } from './feedback.ts';
import { insertRows } from './insert-rows.ts';
import { refreshLeadIndex } from './lead-index.ts';
import { offerRow, plannedTouchRow } from './planned.ts';
import { emailRows, externalIdRows, personRow, stageEventRow } from './person-rows.ts';
import { touchpointRow } from './touchpoints.ts';
import { createWorkspace } from './workspaces.ts';

/** Stores a whole workspace, all or nothing. The first of its users becomes the local one. */
export async function loadSample(db: Database, sample: SampleWorkspace, now: Date): Promise<void> {
  const { workspace, users, campaigns, people, touchpoints, feedback, sources } = sample;
  const [localUser, ...others] = users;
  if (!localUser) throw new Error('The sample workspace has no user.');
  const load = async (tx: WriteTransaction) => {
    await createWorkspace(tx, workspace, [localUser, ...others], now);
    const insert = (table: Parameters<typeof insertRows>[2], rows: Record<string, unknown>[]) =>
      insertRows(tx, workspace.id, table, rows);
    await insert(
      'source_status',
      sources.map((source) => ({
        system: source.system,
        label: source.label,
        last_success_at: source.lastSuccessAt,
        problem: source.problem ?? null,
        kinds: source.kinds ?? null,
      })),
    );
    await insert(
      'campaigns',
      campaigns.map(({ id, name, kind, startsAt, endsAt, talkingPoints }) => ({
        id,
        name,
        kind,
        starts_at: startsAt ?? null,
        ends_at: endsAt ?? null,
        talking_points: talkingPoints ?? null,
      })),
    );
    await insert('status_mappings', sample.statusMappings ?? []);
    await insert(
      'people',
      people.map((person) => samplePersonRow(person, now)),
    );
    await insert(
      'person_emails',
      people.flatMap((person) => emailRows(person)),
    );
    await insert(
      'person_external_ids',
      people.flatMap((person) => externalIdRows(person)),
    );
    await storeConsents(tx, workspace.id, people);
    await insert(
      'stage_events',
      people.flatMap(({ id, stageEvents }) => stageEvents.map((event) => stageEventRow(id, event))),
    );
    await insert('touchpoints', touchpoints.map(touchpointRow));
    await countTouches(tx, workspace.id);
    await insert(
      'confirmations',
      (sample.confirmations ?? []).map(({ id, personId, subject, confirmed, by, at }) =>
        confirmationRow({
          id,
          personId,
          subject,
          confirmed,
          clientTime: at,
          byUserId: by.id,
          at: now,
        }),
      ),
    );
    await saveHandOvers(tx, workspace.id, sample.handOvers ?? [], now);
    await insert('planned_touches', (sample.plannedTouches ?? []).map(plannedTouchRow));
    await insert('offers', (sample.offers ?? []).map(offerRow));
    const agreement = await readDocument(tx, workspace.id, 1);
    if (!agreement) throw new Error('The sample workspace has no agreement.');
    await insert(
      'feedback',
      feedback.map((one) => ({
        id: one.id,
        about_kind: one.about.kind,
        person_id: one.about.personId ?? null,
        campaign_id: one.about.kind === 'campaign' ? one.about.campaignId : null,
        planned_touch_id: one.about.kind === 'planned-touch' ? one.about.plannedTouchId : null,
        verdict: one.verdict,
        reasons: one.reasons,
        comment: one.comment ?? null,
        by_user_id: one.by.id,
        client_time: one.clientTime,
        at: one.at,
        state: one.state,
        content_hash: createHash('sha256').update(JSON.stringify(one)).digest('hex'),
        agreement_version: 1,
        ...answerColumns(one, agreement),
      })),
    );
    await insert(
      'feedback_replies',
      feedback.flatMap((one) =>
        one.replies.map(({ id, by, kind = 'answer', text, at }) => ({
          id,
          feedback_id: one.id,
          by_user_id: by.id,
          kind,
          text,
          at,
        })),
      ),
    );
    await fileFeedback(
      tx,
      workspace.id,
      feedback.map(({ id }) => id),
    );
    const ids = people.map(({ id }) => id);
    await refreshLeadIndex(tx, workspace.id, ids);
    await refreshPersonWords(tx, workspace.id, ids);
    await markDue(tx, workspace.id, ids, now);
    await refreshPairs(tx, workspace.id, ids, now);
    await markPeople(tx, workspace.id, ids, now);
    await markFeedback(
      tx,
      workspace.id,
      feedback.map(({ id }) => id),
      now,
    );
  };
  await (db.isTransaction ? load(db as WriteTransaction) : db.transaction().execute(load));
}

/** Marketing's promise, and how it kept it: who replies in a sample is marketing. */
function answerColumns({ verdict, comment, at, state, replies }: Feedback, agreement: AgreementDocument) {
  const started = expectsAnswer({ verdict, comment }) ? promiseAnswer(agreement, new Date(at)) : null;
  const answeredAt = replies[0]?.at;
  const answer =
    started && answeredAt !== undefined ? stopAnswer(started, agreement, new Date(answeredAt)) : started;
  const waits = started !== null && (state === 'new' || state === 'seen');
  return {
    answer,
    answer_due_at: answer?.due ?? null,
    answered_at: answeredAt ?? null,
    waits_for: waits ? 'marketing' : null,
  };
}

function samplePersonRow(person: SamplePerson, now: Date) {
  const latest = person.stageEvents.at(-1);
  if (!latest) throw new Error('A sample person has no stage.');
  return {
    ...personRow(person, now),
    owner_id: person.owner?.id ?? null,
    stage: latest.to,
    stage_event_id: latest.id,
    stage_since: latest.at,
  };
}
