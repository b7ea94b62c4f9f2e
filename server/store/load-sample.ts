import { createHash } from 'node:crypto';
import type { SamplePerson, SampleWorkspace } from '../sample/sample-workspace.ts';
import { storeConsents } from './consents.ts';
import type { Database } from './database.ts';
import { insertRows } from './insert-rows.ts';
import { refreshLeadIndex } from './lead-index.ts';
import { emailRows, externalIdRows, personRow, stageEventRow } from './person-rows.ts';
import { touchpointRow } from './touchpoints.ts';
import { createWorkspace } from './workspaces.ts';

/** Stores a whole workspace, all or nothing. The first of its users becomes the local one. */
export async function loadSample(db: Database, sample: SampleWorkspace, now: Date): Promise<void> {
  const { workspace, users, campaigns, people, touchpoints, feedback, sources } = sample;
  const [localUser, ...others] = users;
  if (!localUser) throw new Error('The sample workspace has no user.');
  await db.transaction().execute(async (tx) => {
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
      })),
    );
    await insert(
      'campaigns',
      campaigns.map(({ id, name, kind, startsAt, endsAt }) => ({
        id,
        name,
        kind,
        starts_at: startsAt ?? null,
        ends_at: endsAt ?? null,
      })),
    );
    await insert('people', people.map(samplePersonRow));
    await insert('person_emails', people.flatMap(emailRows));
    await insert('person_external_ids', people.flatMap(externalIdRows));
    await storeConsents(tx, workspace.id, people);
    await insert(
      'stage_events',
      people.flatMap(({ id, stageEvents }) => stageEvents.map((event) => stageEventRow(id, event))),
    );
    await insert('touchpoints', touchpoints.map(touchpointRow));
    await insert(
      'feedback',
      feedback.map((one) => ({
        id: one.id,
        about_kind: one.about.kind,
        person_id: one.about.personId ?? null,
        campaign_id: one.about.kind === 'campaign' ? one.about.campaignId : null,
        verdict: one.verdict,
        reasons: one.reasons,
        comment: one.comment ?? null,
        by_user_id: one.by.id,
        client_time: one.clientTime,
        at: one.at,
        state: one.state,
        content_hash: createHash('sha256').update(JSON.stringify(one)).digest('hex'),
      })),
    );
    await insert(
      'feedback_replies',
      feedback.flatMap((one) =>
        one.replies.map(({ id, by, text, at }) => ({ id, feedback_id: one.id, by_user_id: by.id, text, at })),
      ),
    );
    await refreshLeadIndex(
      tx,
      workspace.id,
      people.map(({ id }) => id),
    );
  });
}

function samplePersonRow(person: SamplePerson) {
  const latest = person.stageEvents.at(-1);
  if (!latest) throw new Error('A sample person has no stage.');
  return {
    ...personRow(person),
    owner_id: person.owner?.id ?? null,
    stage: latest.to,
    stage_event_id: latest.id,
    stage_since: latest.at,
  };
}
