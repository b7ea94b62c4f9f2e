import { sql } from 'kysely';
import type { MappingPreview, StatusMapping } from '../../utils/contract/source.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { readAgreement } from '../store/agreements.ts';
import type { Database } from '../store/database.ts';
import { mappedPeople, type MappedPerson, type MappedStage, stageByMapping } from './mapped-people.ts';
import { changedMappings, readMappings, readStatuses } from './status-mappings.ts';

/** Enough to see what it would mean. */
const EXAMPLES = 20;
/** Of those who stand alike. */
const ALIKE = 3;

/** Says what these mappings would do to the people there are, by the rules by which they are moved. */
export async function previewMappings(
  db: Database,
  workspaceId: string,
  system: string,
  mappings: readonly StatusMapping[],
): Promise<MappingPreview> {
  const agreement = await readAgreement(db, workspaceId);
  const changed = changedMappings(await readMappings(db, workspaceId, system), mappings);
  const stageOf = new Map(mappings.map(({ value, stage }) => [value, stage]));
  const people = mappedPeople(
    workspaceId,
    system,
    changed.map(({ value }) => value),
  );
  // People who stand alike go the same way, so that it costs a row for each way rather than one for each person.
  const { rows: groups } = await sql<MappedStage & { people: number }>`
    select g.status, g.stage, g.said, g."isFirst", count(*)::int as people
    from (${people}) g group by 1, 2, 3, 4`.execute(db);
  const moving = groups.flatMap((group) => {
    const to = stageByMapping(group, stageOf, agreement);
    return to ? [{ ...group, to }] : [];
  });
  const { statuses } = await readStatuses(db, workspaceId, system);
  return {
    moves: countMoves(moving),
    examples: await readExamples(db, people, moving),
    unmapped: statuses.filter(
      ({ value, stage, people: having }) =>
        having > 0 && (stageOf.has(value) ? stageOf.get(value) : stage) === null,
    ).length,
  };
}

function countMoves(groups: readonly { stage: Stage; to: Stage; people: number }[]): MappingPreview['moves'] {
  const moves = new Map<string, MappingPreview['moves'][number]>();
  for (const { stage: from, to, people } of groups) {
    const key = `${from} ${to}`;
    moves.set(key, { from, to, people: people + (moves.get(key)?.people ?? 0) });
  }
  return [...moves.values()].toSorted((one, other) => other.people - one.people);
}

async function readExamples(
  db: Database,
  people: ReturnType<typeof mappedPeople>,
  moving: readonly (MappedStage & { to: Stage })[],
): Promise<MappingPreview['examples']> {
  if (moving.length === 0) return [];
  const { rows } = await sql<Pick<MappedPerson, 'id' | 'name' | 'status' | 'stage'> & { to: Stage }>`
    select e.id, e.name, e.status, e.stage, e."to"
    from (
      select g.id, g.name, g.status, g.stage, w."to",
        row_number() over (partition by g.status, g.stage, w."to" order by g.id) as nth
      from (${people}) g
      join json_to_recordset(${JSON.stringify(moving)}::text::json)
        as w (status text, stage text, said text, "isFirst" boolean, "to" text)
        on w.status = g.status and w.stage = g.stage and w.said is not distinct from g.said
          and w."isFirst" = g."isFirst"
    ) e
    where e.nth <= ${ALIKE} order by e.nth, e.status, e.stage limit ${EXAMPLES}`.execute(db);
  return rows.map(({ id, name, status, stage, to }) => ({ personId: id, name, status, from: stage, to }));
}
