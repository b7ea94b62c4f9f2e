import { Hono } from 'hono';
import {
  type FakeDeal,
  type FakePerson,
  LEAD_LABELS,
  PERSON_LABELS,
  type PipedriveData,
  SIZE_FIELD,
  SIZES,
  STAGES,
  USERS,
  VALUE_FIELD,
} from './data.ts';
import { cursorPage, offsetPage } from './lists.ts';
import { invalid, refuse } from './refusals.ts';

const COUNTS = ['open_deals_count', 'won_deals_count', 'lost_deals_count'] as const;

/** Everything that is only read. */
export function createTables(data: PipedriveData, { hasCampaigns }: { hasCampaigns: boolean }): Hono {
  return new Hono()
    .get('/v2/persons', (c) => {
      const query = c.req.query();
      const added = query['include_fields']?.split(',') ?? [];
      const known: readonly string[] = [...COUNTS, ...(hasCampaigns ? ['marketing_status'] : [])];
      if (added.some((name) => !known.includes(name)))
        return invalid("Parameter 'include_fields' is not valid");
      const deals = Map.groupBy(data.deals, ({ person_id }) => person_id ?? 0);
      return cursorPage(data.persons, query, {
        takes: ['ids', 'updated_since', 'include_fields'],
        show: (person) => shownPerson(person, deals.get(person.id) ?? [], added),
      });
    })
    .get('/v2/organizations', (c) =>
      cursorPage(data.organisations, c.req.query(), { takes: ['ids', 'updated_since'] }),
    )
    .get('/v2/deals', (c) => dealsPage(data.deals, c.req.query(), false))
    .get('/v2/deals/archived', (c) => dealsPage(data.deals, c.req.query(), true))
    .get('/v2/activities', (c) => {
      const { done } = c.req.query();
      return cursorPage(data.activities, c.req.query(), {
        takes: ['ids', 'updated_since', 'done'],
        filter: (activity) => !activity.is_deleted && (done === undefined || String(activity.done) === done),
      });
    })
    .get('/v2/stages', (c) =>
      cursorPage(
        STAGES.map((name, index) => ({ id: index + 1, order_nr: index, name, pipeline_id: 1 })),
        c.req.query(),
      ),
    )
    .get('/v2/personFields', (c) => {
      const fields = personFields(hasCampaigns).map((field, id) => ({ id, ...field }));
      return cursorPage(fields, c.req.query(), { show: ({ id: _, ...field }) => field });
    })
    .get('/v1/leads', (c) => {
      const person = c.req.query('person_id');
      const found = data.leads.filter(
        (lead) => !lead.is_archived && (person === undefined || lead.person_id === Number(person)),
      );
      return offsetPage(found, c.req.query(), { takes: ['person_id', 'updated_since'] });
    })
    .get('/v1/leads/archived', (c) =>
      offsetPage(
        data.leads.filter(({ is_archived }) => is_archived),
        c.req.query(),
        { takes: ['person_id'] },
      ),
    )
    .get('/v1/leadLabels', (c) => whole(LEAD_LABELS, c.req.query()))
    .get('/v1/users', (c) => whole(USERS, c.req.query()));
}

function shownPerson(person: FakePerson, deals: readonly FakeDeal[], added: readonly string[]) {
  const { marketing_status, ...always } = person;
  const count = (wanted: FakeDeal['status']) =>
    deals.filter(({ status, is_archived }) => status === wanted && !is_archived).length;
  const more = {
    marketing_status,
    open_deals_count: count('open'),
    won_deals_count: count('won'),
    lost_deals_count: count('lost'),
  };
  return { ...always, ...Object.fromEntries(Object.entries(more).filter(([name]) => added.includes(name))) };
}

function dealsPage(deals: readonly FakeDeal[], query: Record<string, string>, isArchived: boolean): Response {
  const wanted = query['status']?.split(',') ?? ['open', 'won', 'lost'];
  if (wanted.some((status) => !['open', 'won', 'lost', 'deleted'].includes(status)))
    return invalid("Parameter 'status' is not valid");
  return cursorPage(deals, query, {
    takes: ['ids', 'updated_since', 'status', 'person_id'],
    filter: ({ status, is_archived, person_id }) =>
      is_archived === isArchived &&
      wanted.includes(status) &&
      (query['person_id'] === undefined || person_id === Number(query['person_id'])),
  });
}

/** A list that has no pages. */
function whole(rows: readonly unknown[], query: Record<string, string>): Response {
  const [unknown] = Object.keys(query);
  if (unknown !== undefined) return refuse(400, `"${unknown}" is not allowed`);
  return Response.json({ success: true, data: rows });
}

function personFields(hasCampaigns: boolean) {
  const field = (field_name: string, field_code: string, field_type: string, options: unknown = null) => ({
    ...{ field_name, field_code, field_type, options, subfields: null },
    is_custom_field: field_code.length === 40,
    is_optional_response_field: field_code === 'marketing_status',
  });
  return [
    field('Name', 'name', 'varchar'),
    field('Labels', 'label_ids', 'set', PERSON_LABELS),
    field('Company size', SIZE_FIELD, 'enum', SIZES),
    field('Expected value', VALUE_FIELD, 'monetary'),
    ...(hasCampaigns ? [field('Marketing status', 'marketing_status', 'enum')] : []),
  ];
}
