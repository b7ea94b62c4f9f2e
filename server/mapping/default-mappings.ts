import { sql } from 'kysely';
import type { Connector } from '../connectors/connector.ts';
import type { WriteTransaction } from '../store/database.ts';
import { lockMappings, markStatusesDue } from './status-mappings.ts';

/** Says what a system's statuses stand for as its connector knows it, where nobody has said it yet. */
export async function applyDefaultMappings(
  tx: WriteTransaction,
  workspaceId: string,
  { id: system, defaultMappings = {} }: Pick<Connector, 'id' | 'defaultMappings'>,
): Promise<void> {
  const mappings = Object.entries(defaultMappings).map(([value, stage]) => ({ value, stage }));
  if (mappings.length === 0) return;
  await lockMappings(tx, workspaceId, 'to write');
  const { rows } = await sql<{ value: string }>`
    insert into status_mappings as m (workspace_id, system, value, stage)
    select ${workspaceId}::uuid, ${system}, r.value, r.stage
    from json_to_recordset(${JSON.stringify(mappings)}::text::json) as r (value text, stage text)
    on conflict do nothing returning m.value`.execute(tx);
  // An import may have brought people with them before.
  const values = rows.map(({ value }) => value);
  await markStatusesDue(tx, workspaceId, system, values);
}
