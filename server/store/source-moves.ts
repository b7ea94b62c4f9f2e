import type { Agreement } from '../../utils/contract/agreement.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { STAGE_PATH } from '../../utils/domain/next-stage.ts';
import { noteEvents } from '../deliveries/note-events.ts';
import { followStages } from '../hand-overs/follow-stage.ts';
import { markPeople } from '../reports/mark-reports.ts';
import type { WriteTransaction } from './database.ts';
import { insertRows } from './insert-rows.ts';
import { stageEventRow } from './person-rows.ts';

/** How somebody stands of whom a source says a stage. */
export interface SourcedStage {
  stage: Stage;
  /** What the source said last. */
  said: Stage | null | undefined;
  /** It is the source's first word, or others brought them where they are: it moves them on, never back. */
  isFirst: boolean;
}

/**
 * Where somebody who is known moves when a source says this; null: nowhere. Only a change at the source moves a stage: a
 * source that repeats itself must not undo a rep's verdict. To which stages sources may move leads the agreement says.
 */
export function stageFromSource(
  to: Stage | null,
  { stage, said, isFirst }: SourcedStage,
  agreement: Pick<Agreement, 'stages'>,
): Stage | null {
  if (to === null || to === said || to === stage) return null;
  const rank = (one: Stage) => STAGE_PATH.indexOf(one);
  if (isFirst && (rank(stage) === -1 || rank(to) < rank(stage))) return null;
  const agreed = agreement.stages.find((each) => each.stage === to);
  return agreed?.movers.includes('system') ? to : null;
}

/** A stage that a source has brought, as it stands in `people` already. */
export interface SourceMove {
  personId: string;
  system: string;
  /** Null: somebody new. */
  from: Stage | null;
  to: Stage;
  eventId: string;
}

/** Stores the events of these moves and does what follows from them; call it once the lead index is up to date. */
export async function storeSourceMoves(
  tx: WriteTransaction,
  workspaceId: string,
  moves: readonly SourceMove[],
  { agreementVersion, now }: { agreementVersion: number; now: Date },
): Promise<void> {
  if (moves.length === 0) return;
  await insertRows(
    tx,
    workspaceId,
    'stage_events',
    moves.map(({ personId, system, from, to, eventId: id }) => {
      const by = { kind: 'system' as const, id: system, name: system };
      return stageEventRow(personId, { id, from, to, at: now.toISOString(), by, agreementVersion });
    }),
  );
  await followStages(
    tx,
    workspaceId,
    moves.map(({ personId, from, to }) => ({ personId, from, to, kind: 'move', at: now })),
  );
  // Somebody new has changed from nothing: a first import would be a flood.
  const changed = moves.filter(({ from }) => from !== null);
  await noteEvents(
    tx,
    workspaceId,
    changed.map(({ eventId }) => ({ kind: 'stage.changed', subject: { stageEventId: eventId } })),
    now,
  );
  await markPeople(
    tx,
    workspaceId,
    moves.map(({ personId }) => personId),
    now,
  );
}
