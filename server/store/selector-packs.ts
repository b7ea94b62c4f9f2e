import { sql } from 'kysely';
import type { PackSelectors, SelectorPack } from '../../utils/contract/selector-pack.ts';
import type { Database, WriteTransaction } from './database.ts';
import { instant } from './json.ts';

interface StoredPack extends Omit<SelectorPack, 'selectors'> {
  /** Null when it was removed. */
  selectors: PackSelectors | null;
}

/** The packs in use, one per site at most. */
export async function readSelectorPacks(db: Database, workspaceId: string): Promise<SelectorPack[]> {
  const latest = await readLatest(db, workspaceId);
  return latest.flatMap(({ selectors, ...pack }) => (selectors === null ? [] : [{ ...pack, selectors }]));
}

/**
 * Stores a site's pack, or with `null` its removal, as the next version.
 *
 * @returns the version; null when there was nothing to remove.
 */
export async function storeSelectorPack(
  tx: WriteTransaction,
  workspaceId: string,
  { site, selectors, byUserId, at }: Pick<StoredPack, 'site' | 'selectors'> & { byUserId: string; at: Date },
): Promise<number | null> {
  // Two who write at once must not both make the same version.
  await sql`select 1 from workspaces w where w.workspace_id = ${workspaceId} for no key update`.execute(tx);
  const latest = (await readLatest(tx, workspaceId)).find((pack) => pack.site === site);
  if (selectors === null && latest?.selectors == null) return null;
  const version = (latest?.version ?? 0) + 1;
  await sql`
    insert into selector_packs (workspace_id, site, version, selectors, by_user_id, at)
    values (${workspaceId}, ${site}, ${version}, ${selectors && JSON.stringify(selectors)}::text::json,
      ${byUserId}, ${at.toISOString()})`.execute(tx);
  return version;
}

async function readLatest(db: Database, workspaceId: string): Promise<StoredPack[]> {
  const { rows } = await sql<StoredPack>`
    select s.site, s.version, s.selectors, ${instant('s.at')} as at,
      (select json_build_object('id', u.id, 'name', u.name)
       from users u where u.workspace_id = ${workspaceId} and u.id = s.by_user_id) as by
    from selector_packs s
    where s.workspace_id = ${workspaceId} and s.version = (
      select max(l.version) from selector_packs l where l.workspace_id = ${workspaceId} and l.site = s.site)
    order by s.site`.execute(db);
  return rows;
}
