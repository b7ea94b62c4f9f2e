import { sql } from 'kysely';
import { z } from 'zod';
import type { FoundPeople, FoundPerson, PeopleSearch } from '../../utils/contract/people-search.ts';
import { Id } from '../../utils/contract/primitives.ts';
import { ProblemError } from '../problem.ts';
import type { Database } from '../store/database.ts';
import { instant, keyOrder } from '../store/json.ts';
import { wordsOf } from './person-words.ts';

/** More words would only make the question slower: these tell anybody apart. */
const MAX_WORDS = 6;
/** The last letter there is: behind every word that begins the same. */
const LAST = '\u{10FFFF}';

const Place = z.tuple([z.string(), Id]);

/** People of whom each word asked for begins a word of their name, company or address; by name. */
export async function searchPeople(
  db: Database,
  workspaceId: string,
  { text, cursor, limit }: PeopleSearch,
): Promise<FoundPeople> {
  const words = await readWords(db, text);
  if (words.length === 0) return { people: [], nextCursor: null };
  const after = cursor === undefined ? null : readPlace(cursor);
  const place = sql`lower(left(p.name, 200)) collate "C"`;
  const { rows } = await sql<{ person: FoundPerson; place: string }>`
    select ${place} as place, json_strip_nulls(json_build_object(
      'id', p.id, 'name', p.name, 'company', p.company, 'title', p.title, 'stage', p.stage,
      'since', ${instant('p.stage_since')},
      'email', (select e.written from person_emails e
        where e.workspace_id = ${workspaceId} and e.person_id = p.id
        order by ${keyOrder('e', sql`p.id`)} limit 1),
      'owner', (select json_build_object('id', o.id, 'name', o.name) from users o
        where o.workspace_id = ${workspaceId} and o.id = p.owner_id)
    )) as person
    from people p
    where p.workspace_id = ${workspaceId} and p.archived_at is null
      and ${sql.join(
        words.map(
          (word) => sql`p.id in (
            select k.person_id from person_words k
            where k.workspace_id = ${workspaceId} and k.word >= ${word} and k.word < ${word + LAST})`,
        ),
        sql` and `,
      )}
      ${after ? sql`and (${place}, p.id) > (${after[0]}, ${after[1]}::uuid)` : sql``}
    order by ${place}, p.id limit ${limit + 1}`.execute(db);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    people: page.map(({ person }) => person),
    nextCursor: rows.length > limit && last ? writePlace([last.place, last.person.id]) : null,
  };
}

/**
 * An address or a domain without its end, which is no word: everybody would be found by `com`. A dot alone makes no
 * domain (`dr.meier`): its end has to be a country's or one of the usual ones.
 */
const withoutEnding = (text: string) =>
  text
    .replaceAll(/(\S*@\S*)\.[^.\s]*/g, '$1')
    .replaceAll(/(?<!\S)([^\s@]{3,})\.(?:[a-z]{2}|com|net|org|info|biz|example|test)(?!\S)/gi, '$1');

/** What is asked for as the words are stored, the longest first: it leads to the fewest. */
async function readWords(db: Database, text: string): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    select distinct left(w.word, 64) as word from ${wordsOf(sql`${withoutEnding(text)}::text`)} where w.word <> ''`.execute(
    db,
  );
  return rows
    .map(({ word }) => word)
    .sort((one, other) => other.length - one.length)
    .slice(0, MAX_WORDS);
}

const writePlace = (place: z.infer<typeof Place>) => Buffer.from(JSON.stringify(place)).toString('base64url');

function readPlace(cursor: string): z.infer<typeof Place> {
  try {
    return Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new ProblemError('invalid', 'Pass the nextCursor of the page before, unchanged.', [
      { pointer: '/cursor', detail: 'is no cursor of this hub' },
    ]);
  }
}
