import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import { readMigrations } from '../../server/store/migrate.ts';
import { LETTERS, PLAIN } from '../../server/people/person-words.ts';
import { FoundPeople, Journey } from '../../utils/contract/people-search.ts';
import { LeadContext } from '../../utils/contract/lead-context.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();

async function open() {
  const opened = await hubs.open();
  const { as, rep, marketer, admin } = opened;
  const [asRep, asMarketer, asAdmin] = await Promise.all([as(rep), as(marketer), as(admin)]);
  const search = async (text: string, more: object = {}) => {
    const answer = await asRep('POST', '/v1/people/search', { text, ...more });
    expect(answer.status, answer.text).toBe(200);
    return FoundPeople.parse(answer.json);
  };
  const names = async (text: string) => (await search(text)).people.map(({ name }) => name);
  const store = async (people: { id?: string; name: string; emails?: string[]; company?: string }[]) => {
    const rows = people.map((person) => ({ id: uuid(), emails: [], externalIds: [], ...person }));
    expect((await asMarketer('POST', '/v1/people', { people: rows })).json).toMatchObject({ rejected: [] });
    return rows;
  };
  return { ...opened, asRep, asMarketer, asAdmin, search, names, store };
}

describe('people are found', () => {
  test('by beginnings of words of name, company and address, in any order and spelling', async () => {
    const { names, store } = await open();
    await store([
      {
        name: 'Jürgen Groß-Kröger',
        company: 'O’Neill & Söhne GmbH',
        emails: ['j.kroeger@werft-nord.example'],
      },
      { name: 'Petra Grossmann', emails: ['petra+messe@werft-nord.example'] },
    ]);
    for (const text of ['jürg', 'JURGEN', 'gross kro', 'kröger jür', 'groß', 'söhne', 'kroeger@werft']) {
      expect(await names(text), text).toContain('Jürgen Groß-Kröger');
    }
    expect(await names('gross')).toEqual(['Jürgen Groß-Kröger', 'Petra Grossmann']);
    expect(await names('petra+messe@werft-nord.example')).toEqual(['Petra Grossmann']);
    for (const text of ['werft nord', 'werft-nord.example', 'Werft-Nord.com']) {
      expect(await names(text), text).toHaveLength(2);
    }
    for (const text of ['ürgen', 'kröger petra', 'example', '??', "'; --", '\\%_*']) {
      expect(await names(text), text).toEqual([]);
    }
  });

  test('by what they are called now, and not once they are gone', async () => {
    const { names, store, asAdmin, asMarketer, lena } = await open();
    const [anna] = await store([{ name: 'Anna Alt', emails: ['anna@umzug.example'] }]);
    await store([{ ...anna!, name: 'Anna Neumann' }]);
    expect(await names('anna alt')).toEqual([]);
    expect(await names('anna neu')).toEqual(['Anna Neumann']);
    const [double] = await store([{ name: 'Lena V.', emails: ['lv@privat.example'] }]);
    const merged = await asMarketer('POST', `/v1/people/${lena.id}/merges`, {
      id: uuid(),
      otherId: double!.id,
    });
    expect(merged.status, merged.text).toBe(200);
    expect(await names('lena')).toEqual([lena.name]);
    expect(await names('lv@privat')).toEqual([lena.name]);
    expect(
      (await asMarketer('POST', `/v1/merges/${(merged.json as { id: string }).id}/undo`, {})).status,
    ).toBe(200);
    expect(await names('lv@privat')).toEqual(['Lena V.']);
    expect((await asAdmin('DELETE', `/v1/people/${anna!.id}`)).status).toBe(204);
    expect(await names('neumann')).toEqual([]);
  });

  test('by pages, each once, in the order of names', async () => {
    const { search, store } = await open();
    const people = Array.from({ length: 7 }, (_, n) => ({ name: `Testa ${n % 3} Person` }));
    await store(people);
    const found: { id: string; name: string }[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: FoundPeople = await search('testa per', { limit: 2, ...(cursor && { cursor }) });
      found.push(...page.people);
      cursor = page.nextCursor;
    }
    expect(found.map(({ name }) => name)).toEqual(people.map(({ name }) => name).toSorted());
    expect(new Set(found.map(({ id }) => id)).size).toBe(7);
  });

  test('only in their own workspace, and whoever is shown is in the audit log', async () => {
    const [one, other] = [await open(), await open()];
    await other.store([{ name: 'Xaver Fremd' }]);
    expect(await one.names('xaver')).toEqual([]);
    expect(await one.names('lena')).toEqual([one.lena.name]);
    await one.hub.personViews.flush(one.hub);
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from audit_events a
      where a.workspace_id = ${one.workspace.id} and a.action = 'personViewed' and a.subject_id = ${one.lena.id}
        and a.by_user_id = ${one.rep.id}`.execute(hubs.db);
    expect(rows[0]?.n).toBe(1);
    expect(one.log.join('\n')).not.toMatch(/xaver|lena/i);
  });

  test('by an index, under row-level security too', async () => {
    const { workspace } = await open();
    const db = hubs.store.in(workspace.id);
    const plan = await db.transaction().execute(async (tx) => {
      await sql`set local enable_seqscan = off`.execute(tx);
      return sql<Record<string, string>>`explain
        select k.person_id from person_words k
        where k.workspace_id = ${workspace.id} and k.word >= 'lena' and k.word < ${'lena\u{10FFFF}'}`.execute(
        tx,
      );
    });
    const text = plan.rows.map((row) => Object.values(row).join('')).join('\n');
    expect(text).toMatch(/Index Cond:.*word >= .*word < /);
  });

  test('by the same letters as the migration has made words of', async () => {
    const { statements } = (await readMigrations()).find(({ name }) => name === '0033_campaigns')!;
    const sent = (text: string) => `'${text.replaceAll("'", "''")}'`;
    expect(statements.join('\n')).toContain(sent(LETTERS));
    expect(statements.join('\n')).toContain(sent(PLAIN));
    expect([...LETTERS]).toHaveLength([...PLAIN].length);
  });
});

describe('a journey', () => {
  test('holds everything, the latest first, whole and by kind', async () => {
    const { asRep, asMarketer, lena, campaign, now, pass } = await open();
    const at = now();
    const later = new Date(Date.parse(at) + 3 * 86_400_000).toISOString();
    await asMarketer('POST', '/v1/planned-touches', {
      plannedTouches: [
        {
          id: uuid(),
          title: 'Invitation',
          channel: 'email',
          source: 'mail',
          sourceId: 'p1',
          person: { email: lena.emails[0] },
          at: later,
          editableUntil: later,
          campaign,
        },
      ],
    });
    pass(60_000);
    await asRep('POST', '/v1/feedback', {
      id: uuid(),
      about: { kind: 'lead', personId: lena.id },
      verdict: 'accepted',
      reasons: [],
      clientTime: now(),
    });
    pass(60_000);
    await asRep('POST', '/v1/follow-ups', {
      id: uuid(),
      person: { id: lena.id },
      at: now(),
      seen: 'call',
      direction: 'outbound',
    });
    const path = `/v1/people/${lena.id}/journey`;
    const all = Journey.parse((await asRep('GET', `${path}?limit=200`)).json);
    const kinds = new Set(all.items.map(({ kind }) => kind));
    for (const kind of ['touchpoint', 'stage', 'follow-up', 'feedback', 'planned'] as const)
      expect(kinds).toContain(kind);
    expect(all.items[0]).toMatchObject({ kind: 'planned', planned: { campaignName: campaign.name } });
    const times = all.items.map((item) => item.at);
    expect(times).toEqual(times.toSorted().toReversed());
    expect(all.nextCursor).toBeNull();

    const paged: Journey['items'] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const answer = await asRep('GET', `${path}?limit=2${cursor && `&cursor=${cursor}`}`);
      const page = Journey.parse(answer.json);
      paged.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(all.items);
    for (const kind of kinds) {
      const some = Journey.parse((await asRep('GET', `${path}?kind=${kind}&limit=200`)).json);
      expect(some.items).toEqual(all.items.filter((item) => item.kind === kind));
    }
    expect((await asRep('GET', `${path}?cursor=nonsense`)).status).toBe(400);
  });

  test('and context are found by the id of whom somebody was merged with, and of nobody else', async () => {
    const { asRep, asMarketer, lena, omar, search } = await open();
    const other = await open();
    const merged = await asMarketer('POST', `/v1/people/${lena.id}/merges`, { id: uuid(), otherId: omar.id });
    expect(merged.status, merged.text).toBe(200);
    const [found] = (await search('lena')).people;
    for (const id of [lena.id, omar.id]) {
      const context = await asRep('GET', `/v1/people/${id}/context`);
      expect(context.status, context.text).toBe(200);
      expect(LeadContext.parse(context.json).person.id).toBe(found?.id);
      expect((await asRep('GET', `/v1/people/${id}/journey`)).status).toBe(200);
    }
    for (const path of ['context', 'journey']) {
      expect((await other.asRep('GET', `/v1/people/${lena.id}/${path}`)).status).toBe(404);
      expect((await asRep('GET', `/v1/people/${uuid()}/${path}`)).status).toBe(404);
    }
  });
});
