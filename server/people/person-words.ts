import { type RawBuilder, sql } from 'kysely';
import type { WriteTransaction } from '../store/database.ts';

/**
 * Letters and what stands for them when people are looked for, and what parts words. The migration that made the table
 * has the same lists: a change here needs a migration that makes the words anew.
 */
export const LETTERS = 'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöøùúûüýÿ.,/@&+:()\'"_|#-';
export const PLAIN = 'AAAAAACEEEEIIIINOOOOOOUUUUYaaaaaaceeeeiiiinoooooouuuuyy               ';

/** The words of a text, one per row `w (word)`: lower case, without accents. */
export const wordsOf = (text: RawBuilder<unknown>) => sql`
  unnest(string_to_array(lower(translate(replace(${text}, 'ß', 'ss'), ${sql.lit(LETTERS)}, ${sql.lit(PLAIN)})), ' '))
    w (word)`;

/** Brings up to date by which words these people are found; who is archived, by none. */
export async function refreshPersonWords(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
): Promise<void> {
  if (personIds.length === 0) return;
  const ids = [...new Set(personIds)];
  await sql`
    with wanted as materialized (
      select distinct left(w.word, 64) as word, n.id
      from (
        select p.id, p.name || ' ' || coalesce(p.company, '') as names from people p
        where p.workspace_id = ${workspaceId} and p.id = any(${ids}::uuid[]) and p.archived_at is null
        union all
        select e.person_id, regexp_replace(e.email, '\\.[^.]*$', '') from person_emails e
        join people x on x.workspace_id = ${workspaceId} and x.id = e.person_id and x.archived_at is null
        where e.workspace_id = ${workspaceId} and e.person_id = any(${ids}::uuid[])
      ) n
      cross join lateral ${wordsOf(sql`n.names`)}
      where w.word <> ''
    ),
    gone as (
      delete from person_words g
      where g.workspace_id = ${workspaceId} and g.person_id = any(${ids}::uuid[])
        and not exists (select 1 from wanted d where d.id = g.person_id and d.word = g.word)
    )
    insert into person_words (workspace_id, word, person_id)
    select ${workspaceId}::uuid, d.word, d.id from wanted d
    on conflict do nothing`.execute(tx);
}
