import { sql } from 'kysely';
import type { Consent } from '../../utils/contract/consent.ts';
import type { WriteTransaction } from './database.ts';

/** Stores what people consented to: per channel the statement with the latest `since` counts. */
export async function storeConsents(
  tx: WriteTransaction,
  workspaceId: string,
  people: readonly { id: string; consents?: Consent[] | undefined }[],
): Promise<void> {
  const rows = people.flatMap(({ id, consents = [] }) =>
    consents.map((consent) => ({ person_id: id, ...consent })),
  );
  if (rows.length === 0) return;
  await sql`
    insert into consents as c (workspace_id, person_id, channel, state, basis, source, since)
    select distinct on (r.person_id, r.channel) ${workspaceId}::uuid, r.person_id, r.channel, r.state, r.basis,
      r.source, r.since
    from json_populate_recordset(null::consents, ${JSON.stringify(rows)}::text::json) r
    order by r.person_id, r.channel, r.since desc
    on conflict (workspace_id, person_id, channel) do update
      set state = excluded.state, basis = excluded.basis, source = excluded.source, since = excluded.since
      where c.since <= excluded.since`.execute(tx);
}
