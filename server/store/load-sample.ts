import { createHash } from 'node:crypto';
import { saveHandOvers } from '../hand-overs/store.ts';
import { markDue } from '../qualification/mark-due.ts';
import { markFeedback } from '../reports/mark-reports.ts';
import { refreshPersonWords } from '../people/person-words.ts';
import { refreshPairs } from '../reports/pairs.ts';
import { countTouches } from '../reports/touch-changes.ts';
import type { SamplePerson, SampleWorkspace } from '../sample/sample-workspace.ts';
import { confirmationRow } from './confirmations.ts';
import { storeConsents } from './consents.ts';
import type { Database, WriteTransaction } from './database.ts';
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
      })),
    );
    await insert(
      'feedback_replies',
      feedback.flatMap((one) =>
        one.replies.map(({ id, by, text, at }) => ({ id, feedback_id: one.id, by_user_id: by.id, text, at })),
      ),
    );
    const ids = people.map(({ id }) => id);
    await refreshLeadIndex(tx, workspace.id, ids);
    await refreshPersonWords(tx, workspace.id, ids);
    await markDue(tx, workspace.id, ids, now);
    await refreshPairs(tx, workspace.id, ids, now);
    await markFeedback(
      tx,
      workspace.id,
      feedback.map(({ id }) => id),
      now,
    );
  };
  await (db.isTransaction ? load(db as WriteTransaction) : db.transaction().execute(load));
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
