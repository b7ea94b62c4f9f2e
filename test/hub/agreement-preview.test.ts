import { expect, test } from 'vitest';
import { v7 as uuid } from 'uuid';
import { defaultAgreement } from '../../utils/domain/default-agreement.ts';
import { AgreementDocument } from '../../utils/contract/agreement.ts';
import { AgreementPreview } from '../../utils/contract/agreement-preview.ts';
import type { Criterion } from '../../utils/contract/criterion.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();

const label = { en: 'Asked for a talk', de: 'Hat um ein Gespräch gebeten' };
const forms = (count: number, withinDays: number): Criterion => ({
  type: 'touchpoint',
  id: 'forms',
  label,
  kinds: ['form.submitted'],
  count,
  withinDays,
});

/** When each of these people sent a form; October is the month before the hub's now. */
const HISTORIES: Record<string, readonly string[]> = {
  'Once Early': ['2026-10-02'],
  'Once Late': ['2026-10-28'],
  'Twice Late': ['2026-10-25', '2026-10-30'],
  'Twice, one before': ['2026-09-29', '2026-10-03'],
  'Only before': ['2026-09-30'],
  'Only after': ['2026-11-02', '2026-11-03'],
  'Late and after': ['2026-10-31', '2026-11-04'],
};

async function open() {
  const hub = await hubs.open();
  const asMarketer = await hub.as(hub.marketer);
  const people = Object.keys(HISTORIES).map((name, index) => ({
    id: uuid(),
    name,
    emails: [`lead${index}@kunde.example`],
  }));
  await asMarketer('POST', '/v1/people', {
    people: people.map((person) => ({ ...person, externalIds: [], stage: 'lead' })),
  });
  const touchpoints = people.flatMap(({ name, emails: [email] }) =>
    HISTORIES[name]!.map((day) => ({
      id: uuid(),
      person: { email },
      kind: 'form.submitted',
      channel: 'web',
      direction: 'inbound',
      title: 'Form',
      occurredAt: `${day}T09:00:00.000Z`,
      machine: false,
      source: 'web',
      sourceId: `${name} ${day}`,
    })),
  );
  const stored = await asMarketer('POST', '/v1/touchpoints', { touchpoints });
  expect(stored.status, stored.text).toBe(200);
  const document = AgreementDocument.parse(defaultAgreement(new Date(hub.now())));
  const withMql = (criteria: Criterion) => ({
    ...document,
    stages: document.stages.map((agreed) => (agreed.stage === 'mql' ? { ...agreed, criteria } : agreed)),
  });
  const putInForce = async (changed: AgreementDocument) => {
    const body = { basedOn: 1, format: 'json', text: JSON.stringify(changed) };
    expect((await (await hub.as(hub.marketer))('PUT', '/v1/agreement', body)).status).toBe(200);
    const signed = await (await hub.as(hub.salesManager))('POST', '/v1/agreement/versions/2/signatures', {});
    expect(signed.status).toBe(200);
  };
  const preview = (changed: unknown) =>
    asMarketer('POST', '/v1/agreement/preview', { format: 'json', text: JSON.stringify(changed) });
  return { ...hub, people, document, withMql, putInForce, preview };
}

/** The same by hand, straight from the histories. */
function countSlowly(count: number, withinDays: number): string[] {
  const end = Date.parse('2026-11-01T00:00:00.000Z');
  return Object.entries(HISTORIES)
    .filter(([, days]) => days.some((day) => day.startsWith('2026-10')))
    .filter(([, days]) => {
      const ages = days.map((day) => (end - Date.parse(`${day}T09:00:00.000Z`)) / 86_400_000);
      return ages.filter((age) => age >= 0 && age < withinDays).length >= count;
    })
    .map(([name]) => name);
}

test('what sales said after the month says nothing about it', async () => {
  const { as, rep, now, people, withMql, preview } = await open();
  const word = { id: uuid(), personId: people[0]!.id, subject: 'budget', confirmed: true, clientTime: now() };
  expect((await (await as(rep))('POST', '/v1/confirmations', word)).status).toBe(204);
  const answer = await preview(withMql({ type: 'confirmation', id: 'money', label, subject: 'budget' }));
  const { stages } = AgreementPreview.parse(answer.json);
  expect(stages.find(({ stage }) => stage === 'mql')?.proposed).toBe(0);
});

test('counts last month’s leads by both rules, as counting by hand does', async () => {
  const { putInForce, withMql, preview, people } = await open();
  await putInForce(withMql(forms(1, 60)));
  const before = countSlowly(1, 60);
  const rows = await hubs.countRows();
  for (const [count, days] of [
    [1, 10],
    [2, 60],
    [2, 10],
    [1, 60],
    [3, 3650],
  ] as const) {
    const answer = await preview(withMql(forms(count, days)));
    expect(answer.status, answer.text).toBe(200);
    const result = AgreementPreview.parse(answer.json);
    expect(result).toMatchObject({
      from: '2026-10-01T00:00:00.000Z',
      to: '2026-11-01T00:00:00.000Z',
      leads: 5,
      cut: false,
    });
    const after = countSlowly(count, days);
    expect(result.stages.find(({ stage }) => stage === 'mql')).toEqual({
      stage: 'mql',
      present: before.length,
      proposed: after.length,
    });
    const changed = people.filter(({ name }) => before.includes(name) !== after.includes(name));
    const ofMql = result.examples.filter(({ stage }) => stage === 'mql');
    expect(ofMql.map(({ name }) => name).sort()).toEqual(changed.map(({ name }) => name).sort());
    for (const { name, meets, personId } of ofMql) {
      expect(meets).toBe(after.includes(name));
      expect(people.find(({ id }) => id === personId)?.name).toBe(name);
    }
  }
  expect(await hubs.countRows()).toEqual(rows);
});

test('says nothing of stages that ask for nothing, and tells them from those nobody meets', async () => {
  const { document, preview } = await open();
  const stages = document.stages.map(({ criteria, ...agreed }) =>
    agreed.stage === 'sal' ? { ...agreed, ...(criteria && { criteria }) } : { ...agreed, movers: ['sales'] },
  );
  const result = AgreementPreview.parse((await preview({ ...document, stages })).json);
  const without = document.stages.filter(({ criteria }) => !criteria).map(({ stage }) => stage);
  expect(result.stages.filter(({ present }) => present === null).map(({ stage }) => stage)).toEqual(without);
  expect(result.stages.find(({ stage }) => stage === 'mql')?.proposed).toBeNull();
});

test('refuses what is no agreement, naming each place without lines', async () => {
  const { document, preview } = await open();
  const [first, ...rest] = document.glossary;
  const answer = await preview({ ...document, glossary: [{ ...first, id: rest[0]?.id }, ...rest] });
  expect(answer.status).toBe(400);
  expect(answer.json).toMatchObject({
    errors: [{ pointer: '/glossary/1/id', detail: `is used twice: ${rest[0]?.id}` }],
  });
});
