import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { expect } from 'vitest';
import type { Database } from '../../../server/store/database.ts';
import { HandOver } from '../../../utils/contract/hand-over.ts';
import type { KnownValues } from './schema-arbitrary.ts';
import type { useTestHub } from './test-hub.ts';

type OpenHub = Awaited<ReturnType<ReturnType<typeof useTestHub>['open']>>;

/**
 * Puts one of everything into a workspace, every text of it with the mark; addresses and foreign ids, by which others
 * may ask, with the key.
 */
export async function fillWorkspace(opened: OpenHub, mark: string, key = mark): Promise<void> {
  const { rep, marketer, salesManager, admin, campaign, lena, now } = opened;
  const later = (days: number) => new Date(Date.parse(now()) + days * 86_400_000).toISOString();
  const [asRep, asMarketer, asManager, asAdmin] = await Promise.all(
    [rep, marketer, salesManager, admin].map((user) => opened.as(user)),
  );
  const done = async (
    call: OpenHub['call'] | undefined,
    ...request: Parameters<OpenHub['call']>
  ): Promise<unknown> => {
    const answer = await call?.(...request);
    expect([200, 204], answer?.text).toContain(answer?.status);
    return answer?.json;
  };

  const personId = uuid();
  const email = `${key}.person@kunde.example`;
  const record = { system: 'crm', tenant: 'crm.kontor.example', type: 'contact', id: `${key}-4712` };
  const person = { id: personId, name: `${mark} Person`, emails: [email], externalIds: [record] };
  const known = { company: `${mark} GmbH`, title: `${mark} title`, phone: `${mark} phone`, country: 'DE' };
  const source = { sourceStatus: { system: 'crm', value: `${mark} status` }, attributes: { [mark]: mark } };
  await done(asMarketer, 'POST', '/v1/people', {
    people: [{ ...person, ...known, ...source, stage: 'mql', ownerEmail: rep.email }],
  });
  const touch = {
    channel: 'email',
    direction: 'outbound',
    machine: false,
    source: 'mail',
    person: { email },
  };
  await done(asMarketer, 'POST', '/v1/touchpoints', {
    touchpoints: ['email.sent', 'form.submitted', 'webinar.watched'].map((kind, index) => ({
      ...touch,
      id: uuid(),
      kind,
      title: `${mark} touch`,
      highlight: `${mark} highlight`,
      occurredAt: later(-1),
      sourceId: `${key}-${index}`,
      campaign: { id: uuid(), name: `${mark} campaign`, kind: 'mail' },
    })),
  });
  const plannedTouchId = uuid();
  const planned = { id: plannedTouchId, title: `${mark} plan`, channel: 'email', source: 'mail' };
  await done(asMarketer, 'POST', '/v1/planned-touches', {
    plannedTouches: [
      { ...planned, sourceId: `${key}-p`, person: { email }, at: later(2), editableUntil: later(1) },
    ],
  });
  const offer = { id: uuid(), title: `${mark} offer`, details: mark };
  await done(asMarketer, 'POST', '/v1/offers', {
    offers: [{ ...offer, validFrom: later(-1), validTo: later(9) }],
  });

  const dates = { goesOutAt: later(9), opinionsUntil: later(5) };
  const plan = { id: uuid(), campaignId: campaign.id, title: `${mark} asked`, details: mark, question: mark };
  await done(asMarketer, 'POST', '/v1/plans', { ...plan, ...dates });
  await done(asRep, 'PUT', `/v1/plans/${plan.id}/opinion`, { opinion: 'doubts', comment: `${mark} opinion` });
  await done(asMarketer, 'PUT', `/v1/plans/${plan.id}/decision`, {
    outcome: 'changed',
    text: `${mark} word`,
  });
  await done(asMarketer, 'PATCH', `/v1/campaigns/${campaign.id}`, { goal: `${mark} goal` });

  const feedback = (about: object, verdict: string) => ({
    id: uuid(),
    about,
    verdict,
    reasons: [],
    comment: `${mark} comment`,
    clientTime: now(),
  });
  const praise = feedback({ kind: 'campaign', campaignId: campaign.id, personId }, 'praise');
  const planHeld = feedback({ kind: 'planned-touch', plannedTouchId, personId }, 'hold');
  for (const one of [praise, planHeld, feedback({ kind: 'lead', personId: lena.id }, 'accepted')]) {
    await done(asRep, 'POST', '/v1/feedback', one);
  }
  await done(asMarketer, 'POST', `/v1/feedback/${planHeld.id}/replies`, {
    id: uuid(),
    kind: 'question',
    text: `${mark} question`,
  });
  await done(asMarketer, 'POST', `/v1/feedback/${praise.id}/replies`, { id: uuid(), text: `${mark} reply` });
  const word = { id: uuid(), personId, subject: 'budget', confirmed: true, clientTime: now() };
  await done(asRep, 'POST', '/v1/confirmations', word);
  const followUp = { id: uuid(), person: { email }, at: now(), seen: 'call', direction: 'outbound' };
  HandOver.parse(((await done(asRep, 'POST', '/v1/follow-ups', followUp)) as { handOver: unknown }).handOver);
  await done(asAdmin, 'PUT', `/v1/selector-packs/gmail`, { selectors: { row: [`.${mark}`] } });
  const { text } = (await done(asManager, 'GET', '/v1/agreement/versions/1/text')) as { text: string };
  const proposal = { basedOn: 1, text: text.replace('halfLifeDays: 14', 'halfLifeDays: 15'), format: 'yaml' };
  await done(asManager, 'POST', '/v1/agendas', { id: uuid(), month: now().slice(0, 7) });
  await done(asManager, 'PUT', '/v1/agreement', { ...proposal, comment: `${mark} proposal` });
}

/** What stands in a workspace's rows, for others to guess. */
export async function valuesOf(db: Database, workspaceId: string): Promise<KnownValues> {
  const columns = await sql<{ table: string; column: string; type: string }>`
    select table_name as table, column_name as column, udt_name as type from information_schema.columns
    where table_schema = 'public' and column_name <> 'workspace_id' and udt_name in ('uuid', 'text')
      and table_name in (select table_name from information_schema.columns where column_name = 'workspace_id')
    order by 1, 2`.execute(db);
  const ids = new Map<string, string[]>([['', []]]);
  const emails: string[] = [];
  const texts: string[] = [];
  const add = (name: string, found: string[]) => ids.set(name, [...(ids.get(name) ?? []), ...found]);
  for (const { table, column, type } of columns.rows) {
    const { rows } = await sql<{ value: string }>`
      select distinct t.${sql.ref(column)}::text as value from ${sql.table(table)} t
      where t.workspace_id = ${workspaceId} and t.${sql.ref(column)} is not null limit 50`.execute(db);
    const found = rows.map(({ value }) => value);
    if (type === 'uuid') {
      add('', found);
      add(column === 'id' ? table : column, found);
    } else (column === 'written' || column === 'email' ? emails : texts).push(...found);
  }
  return { ids, emails, texts };
}

/** A fingerprint of every row a workspace has, by table. */
export async function fingerprint(db: Database, workspaceId: string): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'workspace_id' order by 1`.execute(db);
  const entries: [string, string][] = [];
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ print: string }>`
      select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as print
      from ${sql.table(name)} t where t.workspace_id = ${workspaceId}`.execute(db);
    entries.push([name, rows[0]?.print ?? '']);
  }
  return Object.fromEntries(entries);
}
