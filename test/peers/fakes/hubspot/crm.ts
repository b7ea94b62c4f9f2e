import { Hono } from 'hono';
import { z } from 'zod';
import { type FakeAccount, type FakeRecord, OWNERS } from './account.ts';
import { pageOf } from './page-of.ts';
import { invalid, missing } from './refusals.ts';
import { search, shown } from './search.ts';

const Ids = z.object({ inputs: z.array(z.object({ id: z.string() })).min(1) });
const BatchRead = Ids.extend({
  inputs: Ids.shape.inputs.max(100),
  properties: z.array(z.string()),
  propertiesWithHistory: z.array(z.string()).optional(),
});
const NewNote = z.object({
  properties: z.object({ hs_timestamp: z.iso.datetime(), hs_note_body: z.string().max(65_536) }),
  associations: z.array(
    z.object({
      to: z.object({ id: z.string() }),
      types: z.array(z.object({ associationCategory: z.string(), associationTypeId: z.literal(202) })).min(1),
    }),
  ),
});
const NotePatch = z.object({ properties: z.record(z.string(), z.string()) });

/** Records, their owners and what belongs to what. */
export function createCrm(account: FakeAccount, now: () => Date): Hono {
  const crm = new Hono();
  const table = (type: string) =>
    (account.records as Record<string, Map<string, FakeRecord> | undefined>)[type];
  const present = (type: string, id: string) => {
    const record = table(type)?.get(id);
    return record?.archived ? undefined : record;
  };

  crm.get('/crm/v3/owners', ({ req }) => pageOf(OWNERS, req.query(), 500));
  crm.get('/crm/v3/properties/contacts/lifecyclestage', () =>
    Response.json({
      name: 'lifecyclestage',
      options: [
        { value: 'lead', label: 'Lead', displayOrder: 1, hidden: false },
        { value: '84512967', label: 'Pilotkunde', displayOrder: 7, hidden: false },
      ],
    }),
  );

  crm.get('/crm/v3/objects/:type', ({ req }) => {
    const isArchived = req.query('archived') === 'true';
    const records = [...(table(req.param('type'))?.values() ?? [])]
      .filter(({ archived }) => archived === isArchived)
      .sort((one, other) => Number(one.id) - Number(other.id));
    const names = req.query('properties')?.split(',') ?? [];
    return pageOf(
      records.map((record) => shown(record, record.properties, names)),
      req.query(),
      100,
    );
  });
  crm.post('/crm/v3/objects/:type/search', async ({ req }) =>
    search(table(req.param('type'))?.values() ?? [], await req.json(), now()),
  );
  crm.post('/crm/v3/objects/:type/batch/read', async ({ req }) => {
    const body = BatchRead.safeParse(await req.json());
    if (!body.success) return invalid('Invalid input JSON');
    return batch(body.data.inputs, (id) => {
      const record = present(req.param('type'), id);
      return record && shown(record, record.properties, body.data.properties);
    });
  });

  crm.post('/crm/v4/associations/:type/contacts/batch/read', async ({ req }) => {
    const body = Ids.safeParse(await req.json());
    if (!body.success || body.data.inputs.length > 1_000) return invalid('Invalid input JSON');
    return batch(body.data.inputs, (id) => {
      const record = present(req.param('type'), id);
      return record && { from: { id }, to: record.contacts.map(linkTo) };
    });
  });
  crm.get('/crm/v4/objects/contacts/:id/associations/notes', ({ req }) => {
    if (!present('contacts', req.param('id'))) return missing();
    const notes = [...account.records.notes.values()].filter(
      ({ contacts, archived }) => !archived && contacts.includes(req.param('id')),
    );
    return pageOf(
      notes.map(({ id }) => linkTo(id)),
      req.query(),
      500,
    );
  });

  crm.post('/crm/v3/objects/notes', async ({ req }) => {
    const body = NewNote.safeParse(await req.json());
    if (!body.success) return invalid('Property values were not valid');
    const contacts = body.data.associations.map(({ to }) => to.id);
    if (!contacts.every((id) => present('contacts', id))) return missing();
    const id = String(account.nextId++);
    const at = now().getTime();
    const { properties } = body.data;
    const note = { id, properties, contacts, createdAt: at, changedAt: at, before: null, archived: false };
    account.records.notes.set(id, note);
    return Response.json(shown(note, properties, Object.keys(properties)), { status: 201 });
  });
  crm.patch('/crm/v3/objects/notes/:id', async ({ req }) => {
    const note = present('notes', req.param('id'));
    if (!note) return missing();
    const body = NotePatch.safeParse(await req.json());
    if (!body.success) return invalid('Property values were not valid');
    Object.assign(note, { before: note.properties, changedAt: now().getTime() });
    note.properties = { ...note.properties, ...body.data.properties };
    return Response.json(shown(note, note.properties, Object.keys(note.properties)));
  });
  crm.delete('/crm/v3/objects/notes/:id', ({ req }) => {
    const note = account.records.notes.get(req.param('id'));
    if (note) note.archived = true;
    return new Response(null, { status: 204 });
  });
  return crm;
}

/** As HubSpot answers batches: 207 with errors beside the results when some of them are not there. */
function batch(inputs: readonly { id: string }[], find: (id: string) => object | undefined): Response {
  const results = inputs.flatMap(({ id }) => find(id) ?? []);
  const lost = inputs.filter(({ id }) => !find(id)).map(({ id }) => id);
  const at = '2026-03-02T08:00:00.000Z';
  const answer = { status: 'COMPLETE', results, startedAt: at, completedAt: at };
  if (lost.length === 0) return Response.json(answer);
  const error = {
    ...{ status: 'error', id: 'aeb5f871', category: 'OBJECT_NOT_FOUND' },
    ...{ message: 'Could not get some objects', context: { ids: lost } },
    ...{ errors: [], links: {}, subCategory: 'crm' },
  };
  return Response.json({ ...answer, numErrors: 1, errors: [error] }, { status: 207 });
}

const linkTo = (id: string) => ({
  toObjectId: Number(id),
  associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 202, label: null }],
});
