import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { v7 as uuid } from 'uuid';
import { Agenda, type AgendaItem, AgendaSummary } from '../../utils/contract/agenda.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const DAY = 86_400_000;

/** A hub in the middle of November, with what sales has said in that month. */
async function open() {
  const hub = await hubs.open();
  const [asRep, asMarketer, asManager] = [
    await hub.as(hub.rep),
    await hub.as(hub.marketer),
    await hub.as(hub.salesManager),
  ];
  const say = async (rest: object) => {
    const id = uuid();
    const about = { kind: 'lead', personId: hub.lena.id };
    const answer = await asRep('POST', '/v1/feedback', {
      id,
      about,
      verdict: 'returned',
      reasons: [],
      clientTime: hub.now(),
      ...rest,
    });
    expect(answer.status, answer.text).toBe(200);
    return id;
  };
  const aboutCampaign = { about: { kind: 'campaign', campaignId: hub.campaign.id } };
  const make = async (month = '2026-11', id = uuid()) =>
    Agenda.parse((await asManager('POST', '/v1/agendas', { id, month })).json);
  const change = (agenda: Agenda, items: AgendaItem[], version = agenda.version) =>
    asMarketer('PUT', `/v1/agendas/${agenda.id}`, { version, items });
  const read = async (id: string) => Agenda.parse((await asRep('GET', `/v1/agendas/${id}`)).json);
  return { ...hub, asRep, asMarketer, asManager, say, aboutCampaign, make, change, read };
}

const sourcesOf = (agenda: Agenda, section: AgendaItem['section']) =>
  agenda.items.filter((item) => item.section === section).map(({ source }) => source);

test('is made of what was said in the month', async () => {
  const { say, aboutCampaign, make, campaign, lena, asMarketer, pass, rep } = await open();
  await say({ reasons: ['no-budget'] });
  await say({ reasons: ['no-budget'], comment: 'They asked us to come back in May.' });
  const praised = await say({ ...aboutCampaign, verdict: 'praise', comment: 'Everybody spoke of it.' });
  const asked = await say({ ...aboutCampaign, verdict: 'suggestion', comment: 'Shorter, please.' });
  await asMarketer('POST', `/v1/feedback/${asked}/replies`, {
    id: uuid(),
    kind: 'question',
    text: 'By how much?',
  });
  pass(6 * DAY);
  const agenda = await make();
  expect(sourcesOf(agenda, 'reasons')).toEqual([
    { kind: 'reason', reason: 'no-budget', count: 2, before: 0 },
  ]);
  // Two returns of somebody whom the campaign had touched, and a suggestion, against one praise.
  expect(sourcesOf(agenda, 'campaigns')).toEqual([
    { kind: 'campaign', campaignId: campaign.id, rank: 'worst', good: 1, bad: 3 },
  ]);
  expect(agenda.subjects.campaigns).toEqual([{ id: campaign.id, name: campaign.name }]);
  // Four answers were promised within two working days; one came, as a question.
  const [marketing] = sourcesOf(agenda, 'promises').filter(
    (source) => source?.kind === 'promises' && source.team === 'marketing',
  );
  expect(marketing).toMatchObject({ broken: 3, of: 4 });
  const questions = sourcesOf(agenda, 'questions');
  expect(questions).toContainEqual({ kind: 'feedback', feedbackId: asked });
  expect(questions).toHaveLength(4);
  expect(agenda.subjects.feedback.find(({ id }) => id === asked)).toMatchObject({
    comment: 'Shorter, please.',
    campaignName: campaign.name,
    by: { id: rep.id, name: rep.name },
    waitsFor: 'sales',
    reply: { text: 'By how much?' },
  });
  expect(agenda.subjects.feedback.find(({ id }) => id === praised)?.comment).toBe('Everybody spoke of it.');
  expect(agenda.subjects.feedback.some(({ personName }) => personName === lena.name)).toBe(true);
});

test('there is one for a month, whoever asks first', async () => {
  const { make, asRep, asMarketer } = await open();
  const first = await make();
  expect((await make()).id).toBe(first.id);
  await make('2026-10');
  const { agendas } = (await asRep('GET', '/v1/agendas')).json as { agendas: unknown[] };
  expect(agendas.map((agenda) => AgendaSummary.parse(agenda).month)).toEqual(['2026-11', '2026-10']);
  const taken = await asMarketer('POST', '/v1/agendas', { id: first.id, month: '2026-09' });
  expect(taken.status).toBe(409);
});

test('keeps what is changed, and refuses a change of what somebody else has changed since', async () => {
  const { make, change, read, marketer, asRep } = await open();
  const agenda = await make();
  const item: AgendaItem = {
    id: uuid(),
    section: 'other',
    text: 'Trade fair in spring',
    notes: 'Stand next to the entrance.',
    done: false,
    decisions: [{ id: uuid(), what: 'Book it', who: 'Mona', until: '2026-12-01' }],
  };
  const changed = await change(agenda, [...agenda.items, item]);
  expect(changed.status, changed.text).toBe(200);
  const now = await read(agenda.id);
  expect(now).toMatchObject({ version: 2, changedBy: { id: marketer.id } });
  expect(now.items.at(-1)).toEqual(item);
  expect((await change(agenda, [])).status).toBe(409);
  expect((await read(agenda.id)).items).toEqual(now.items);
  expect((await change(agenda, [], 2)).status).toBe(200);
  expect((await asRep('GET', `/v1/agendas/${uuid()}`)).status).toBe(404);
});

test('holds nothing of whoever was erased', async () => {
  const { say, make, read, lena, as, admin, workspace } = await open();
  await say({ reasons: ['no-budget'], comment: 'Lena Vogt said she is leaving.' });
  const agenda = await make();
  expect(JSON.stringify(agenda)).toContain('Lena Vogt');
  const { rows } = await sql<{ items: string }>`
    select g.items::text as items from agendas g where g.workspace_id = ${workspace.id}`.execute(hubs.db);
  expect(rows[0]?.items).not.toContain('Lena');
  expect(rows[0]?.items).not.toContain(lena.id);
  expect((await (await as(admin))('DELETE', `/v1/people/${lena.id}`)).status).toBeLessThan(300);
  expect(JSON.stringify(await read(agenda.id))).not.toContain('Lena Vogt');
});

test('counts hand-overs that were not followed up in time', async () => {
  const { make, asMarketer, pass, rep, read } = await open();
  const id = uuid();
  const person = { id, name: 'Nora Sand', emails: ['nora@kunde.example'], externalIds: [] };
  await asMarketer('POST', '/v1/people', { people: [{ ...person, stage: 'mql', ownerEmail: rep.email }] });
  pass(7 * DAY);
  const agenda = await make();
  const [sales] = sourcesOf(agenda, 'promises');
  expect(sales).toMatchObject({ kind: 'promises', team: 'sales', broken: 1, of: 1 });
  expect((await read(agenda.id)).subjects.handOvers).toMatchObject([{ personName: 'Nora Sand' }]);
});
