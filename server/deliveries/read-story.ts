import { sql } from 'kysely';
import type { AgreementVersion } from '../../utils/contract/agreement.ts';
import type { Feedback } from '../../utils/contract/feedback.ts';
import type { HandOver } from '../../utils/contract/hand-over.ts';
import type { StageEvent } from '../../utils/contract/stage.ts';
import { readTeamWeek, teamLines, type TeamWeek } from '../digest/team-week.ts';
import { readAgreement, readDocument, readVersion } from '../store/agreements.ts';
import type { Database } from '../store/database.ts';
import { readFeedback } from '../store/feedback.ts';
import { emailsJson, instant } from '../store/json.ts';
import type { HubEvent } from './note-events.ts';

/** Whom an event is about. */
export interface StoryPerson {
  id: string;
  name: string;
  company?: string;
  title?: string;
  emails: string[];
}

/** An event with what it is about, as that stands now. */
export type Story = { person: StoryPerson | null } & (
  | {
      kind: 'feedback.created' | 'feedback.answered' | 'feedback.acted';
      feedback: Feedback;
      replyId?: string;
    }
  | { kind: 'hand_over.created' | 'hand_over.breached'; handOver: HandOver; step?: number }
  | { kind: 'stage.changed'; change: StageEvent }
  | { kind: 'agreement.proposed' | 'agreement.in_force'; agreement: AgreementVersion }
  | { kind: 'agreement.ending'; agreement: AgreementVersion; validUntil: string; days: number }
  | { kind: 'digest.sales' | 'digest.marketing'; digest: TeamWeek }
);

/** Reads what there is to tell of an event; null when it was taken back, or whom it is about is gone. */
export async function readStory(db: Database, workspaceId: string, event: HubEvent): Promise<Story | null> {
  switch (event.kind) {
    case 'feedback.created':
    case 'feedback.answered':
    case 'feedback.acted': {
      const { feedbackId, ...rest } = event.subject;
      const stored = await readFeedback(db, workspaceId, feedbackId);
      if (!stored || stored.state === 'withdrawn') return null;
      const feedback = JSON.parse(stored.json) as Feedback;
      return about(db, workspaceId, stored.personId, { kind: event.kind, feedback, ...rest });
    }
    case 'hand_over.created':
    case 'hand_over.breached': {
      const { handOverId, ...rest } = event.subject;
      const { rows } = await sql<{ personId: string; handOver: HandOver }>`
        select h.person_id as "personId", h.document as "handOver" from hand_overs h
        where h.workspace_id = ${workspaceId} and h.id = ${handOverId}`.execute(db);
      if (!rows[0]) return null;
      const { personId, handOver } = rows[0];
      if (event.kind === 'hand_over.created' && handOver.outcome === 'withdrawn') return null;
      return about(db, workspaceId, personId, { kind: event.kind, handOver, ...rest });
    }
    case 'stage.changed': {
      const { rows } = await sql<{ personId: string; change: StageEvent }>`
        select v.person_id as "personId", json_strip_nulls(json_build_object(
          'id', v.id, 'to', v.to_stage, 'at', ${instant('v.at')},
          'by', json_build_object('kind', v.by_kind, 'id', v.by_id, 'name', v.by_name),
          'reason', v.reason, 'agreementVersion', v.agreement_version, 'kind', v.kind, 'refersTo', v.refers_to
        ))::jsonb || jsonb_build_object('from', v.from_stage) as change
        from stage_events v
        where v.workspace_id = ${workspaceId} and v.id = ${event.subject.stageEventId}`.execute(db);
      return rows[0]
        ? about(db, workspaceId, rows[0].personId, { kind: event.kind, change: rows[0].change })
        : null;
    }
    case 'agreement.proposed':
    case 'agreement.in_force': {
      const agreement = await readVersion(db, workspaceId, event.subject.version);
      return agreement && { kind: event.kind, agreement, person: null };
    }
    case 'agreement.ending': {
      const { version, days } = event.subject;
      const agreement = await readVersion(db, workspaceId, version);
      const document = await readDocument(db, workspaceId, version);
      // Renewed meanwhile: there is nothing to do any more.
      if (agreement?.state !== 'in-force' || !document) return null;
      return { kind: event.kind, agreement, validUntil: document.validUntil, days, person: null };
    }
    case 'digest.sales':
    case 'digest.marketing': {
      const { kind, subject } = event;
      const agreement = await readAgreement(db, workspaceId);
      const team = kind === 'digest.sales' ? 'sales' : 'marketing';
      const now = new Date(subject.until);
      const digest = await readTeamWeek(db, workspaceId, { team, agreement, now });
      const isSilent = teamLines(digest, { language: 'en', agreement }).length === 0;
      return isSilent ? null : { kind, digest, person: null };
    }
  }
}

type Told = Story extends infer Each ? (Each extends Story ? Omit<Each, 'person'> : never) : never;

async function about(
  db: Database,
  workspaceId: string,
  personId: string | null,
  told: Told,
): Promise<Story | null> {
  if (personId === null) return { ...told, person: null };
  const { rows } = await sql<{ person: StoryPerson }>`
    select json_strip_nulls(json_build_object('id', p.id, 'name', p.name, 'company', p.company, 'title', p.title,
      'emails', ${emailsJson(workspaceId)})) as person
    from people p
    where p.workspace_id = ${workspaceId} and p.id = ${personId} and p.archived_at is null`.execute(db);
  return rows[0] ? { ...told, person: rows[0].person } : null;
}
