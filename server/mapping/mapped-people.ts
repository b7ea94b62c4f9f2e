import { type RawBuilder, sql } from 'kysely';
import type { Agreement } from '../../utils/contract/agreement.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { keyOrder } from '../store/json.ts';
import { type SourcedStage, stageFromSource } from '../store/source-moves.ts';

/** How somebody stands who has a status of a system's. */
export interface MappedStage extends SourcedStage {
  status: string;
  said: Stage | null;
}

/** A row of `mappedPeople`. */
export interface MappedPerson extends MappedStage {
  id: string;
  name: string;
  /** Under which the system speaks of them, where that is not the person's own id. */
  aliasId: string | null;
}

/**
 * Everybody whose status is one of these, as `MappedPerson`. Of two rows about one person the system's own counts. What
 * people or agreed rules have decided, a word that only now gets its meaning moves on, but never back.
 */
export function mappedPeople(
  workspaceId: string,
  system: string,
  statuses: readonly string[],
): RawBuilder<MappedPerson> {
  return sql`
    select p.id, p.name, p.source_status_value as status, p.stage, a.id as "aliasId",
      case when a.id is null then p.source_stage else a.source_stage end as said,
      v.by_kind <> 'system' as "isFirst"
    from people p
    join stage_events v on v.workspace_id = ${workspaceId} and v.id = p.stage_event_id
    left join person_aliases a on a.workspace_id = ${workspaceId} and a.id = (
      select x.named_by from person_external_ids x
      where x.workspace_id = ${workspaceId} and x.person_id = p.id and x.system = p.source_status_system
      order by ${keyOrder('x', sql`p.id`)} limit 1)
    where p.workspace_id = ${workspaceId} and p.source_status_system = ${system} and p.archived_at is null
      and md5(p.source_status_value) = any(
        select md5(i.status) from unnest(${statuses}::text[]) i (status))`;
}

/** Where a status's new meaning moves somebody; null: nowhere. Both the preview and the move ask here. */
export const stageByMapping = (
  { status, ...stage }: MappedStage,
  stageOf: ReadonlyMap<string, Stage | null>,
  agreement: Pick<Agreement, 'stages'>,
): Stage | null => stageFromSource(stageOf.get(status) ?? null, stage, agreement);
