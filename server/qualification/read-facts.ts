import { sql } from 'kysely';
import type { Agreement } from '../../utils/contract/agreement.ts';
import type { CampaignKind } from '../../utils/contract/campaign.ts';
import type { Confirmable, FieldValue } from '../../utils/contract/criterion.ts';
import type { TouchpointKind } from '../../utils/contract/touchpoint.ts';
import type { ConfirmationFact, Facts, FieldFact, TouchpointFact } from '../../utils/domain/facts.ts';
import type { Database } from '../store/database.ts';
import { instant, keyOrder } from '../store/json.ts';

/** Of somebody with more, the latest are looked at. */
const MAX_TOUCHPOINTS = 5_000;
/** See `FieldValue` in the contract. */
const MAX_VALUE = 2_000;

/**
 * What is known of people, by their id, as criteria ask for it. Somebody archived or unknown is left out. Five
 * queries, whatever the number of people.
 */
export async function readFacts(
  db: Database,
  workspaceId: string,
  personIds: readonly string[],
  { expiry }: Pick<Agreement, 'expiry'>,
  now: Date,
  /** Leaves out what sales said later. Without it nothing is: clocks of two hubs may differ by a little. */
  saidBefore?: Date,
): Promise<Map<string, Facts>> {
  const fields = await readFields(db, workspaceId, personIds);
  const touchpoints = await readTouchpoints(db, workspaceId, personIds);
  const confirmations = await readConfirmations(db, workspaceId, personIds, saidBefore);
  const silentKinds = await readSilentKinds(db, workspaceId);
  return new Map(
    [...fields].map(([id, own]) => [
      id,
      {
        fields: own,
        touchpoints: touchpoints.get(id) ?? [],
        confirmations: confirmations.get(id) ?? new Map(),
        silentKinds,
        now: now.toISOString(),
        expiry,
      },
    ]),
  );
}

const OWN_FIELDS = ['name', 'company', 'title', 'phone', 'country', 'language', 'email', 'domain'] as const;

type PersonFields = Record<(typeof OWN_FIELDS)[number], string | null> & {
  id: string;
  attributes: Record<string, FieldValue> | null;
  source: string | null;
  at: string;
};

/** A person's own fields go before attributes of the same name. Empty text is as good as nothing. */
async function readFields(db: Database, workspaceId: string, personIds: readonly string[]) {
  const { rows } = await sql<PersonFields>`
    select p.id, p.name, p.company, p.title, p.phone, p.country, p.language, e.written as email,
      split_part(e.email, '@', 2) as domain, p.attributes, p.source, ${instant('p.sourced_at')} as at
    from people p
    left join lateral (
      select em.written, em.email from person_emails em
      where em.workspace_id = ${workspaceId} and em.person_id = p.id order by ${keyOrder('em', sql`p.id`)} limit 1
    ) e on true
    where p.workspace_id = ${workspaceId} and p.id = any(${personIds}::uuid[]) and p.archived_at is null`.execute(
    db,
  );
  return new Map(
    rows.map((person) => {
      const { at } = person;
      const source = person.source === null ? {} : { source: person.source };
      const own = OWN_FIELDS.map((name) => [name, person[name]] as const);
      const known = [...Object.entries(person.attributes ?? {}), ...own].flatMap(
        ([name, value]): [string, FieldFact][] =>
          value === null || value === '' ? [] : [[name, { value: cut(value), ...source, at }]],
      );
      return [person.id, new Map(known)] as const;
    }),
  );
}

/** People's own fields may be longer than a value in evidence, and than anybody compares. */
const cut = (value: FieldValue): FieldValue =>
  typeof value === 'string' ? value.slice(0, MAX_VALUE).toWellFormed() : value;

interface TouchpointRow {
  personId: string;
  id: string;
  kind: TouchpointKind;
  title: string;
  campaignId: string | null;
  occurredAt: string;
  source: string;
  machine: boolean;
  machineReason: NonNullable<TouchpointFact['machineReason']> | null;
}

async function readTouchpoints(db: Database, workspaceId: string, personIds: readonly string[]) {
  const { rows } = await sql<TouchpointRow>`
    select t.person_id as "personId", t.id, t.kind, t.title, t.campaign_id as "campaignId",
      ${instant('t.occurred_at')} as "occurredAt", t.source, t.machine, t.machine_reason as "machineReason"
    from unnest(${personIds}::uuid[]) i (id)
    cross join lateral (
      select * from touchpoints tl
      where tl.workspace_id = ${workspaceId} and tl.person_id = i.id
      order by tl.occurred_at desc, tl.id desc limit ${sql.lit(MAX_TOUCHPOINTS)}
    ) t`.execute(db);
  const kinds = await readCampaignKinds(
    db,
    workspaceId,
    rows.flatMap(({ campaignId }) => campaignId ?? []),
  );
  const touchpoints = new Map<string, TouchpointFact[]>();
  for (const { personId, campaignId, machineReason, ...rest } of rows) {
    const campaignKind = campaignId === null ? undefined : kinds.get(campaignId);
    const touchpoint = {
      ...rest,
      ...(campaignId === null ? {} : { campaignId }),
      ...(campaignKind === undefined ? {} : { campaignKind }),
      ...(machineReason === null ? {} : { machineReason }),
    };
    const own = touchpoints.get(personId);
    if (own) own.push(touchpoint);
    else touchpoints.set(personId, [touchpoint]);
  }
  return touchpoints;
}

async function readCampaignKinds(
  db: Database,
  workspaceId: string,
  campaignIds: readonly string[],
): Promise<Map<string, CampaignKind>> {
  const { rows } = await sql<{ id: string; kind: CampaignKind }>`
    select c.id, c.kind from campaigns c
    where c.workspace_id = ${workspaceId} and c.id = any(${[...new Set(campaignIds)]}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, kind }) => [id, kind]));
}

type ConfirmationRow = Omit<ConfirmationFact, 'confirmed'> & {
  personId: string;
  subject: Confirmable;
  confirmed: boolean | null;
};

/** Of each subject what was said last; when that was taken back, nothing. */
async function readConfirmations(
  db: Database,
  workspaceId: string,
  personIds: readonly string[],
  before: Date | undefined,
) {
  const { rows } = await sql<ConfirmationRow>`
    select distinct on (c.person_id, c.subject) c.person_id as "personId", c.subject, c.confirmed,
      json_build_object('id', u.id, 'name', u.name) as by, ${instant('c.at')} as at
    from confirmations c
    join users u on u.workspace_id = ${workspaceId} and u.id = c.by_user_id
    where c.workspace_id = ${workspaceId} and c.person_id = any(${personIds}::uuid[])
      ${before ? sql`and c.at < ${before.toISOString()}::timestamptz` : sql``}
    order by c.person_id, c.subject, c.at desc, c.id desc`.execute(db);
  const confirmations = new Map<string, Map<Confirmable, ConfirmationFact>>();
  for (const { personId, subject, confirmed, by, at } of rows) {
    if (confirmed === null) continue;
    const own = confirmations.get(personId) ?? new Map<Confirmable, ConfirmationFact>();
    confirmations.set(personId, own.set(subject, { confirmed, by, at }));
  }
  return confirmations;
}

/** What the sources with a problem would deliver. */
async function readSilentKinds(db: Database, workspaceId: string): Promise<Facts['silentKinds']> {
  const { rows } = await sql<{ kinds: TouchpointKind[] | null }>`
    select s.kinds from source_status s
    where s.workspace_id = ${workspaceId} and s.problem is not null`.execute(db);
  const kinds = rows.map((row) => row.kinds);
  return kinds.includes(null) ? 'any' : kinds.flatMap((some) => some ?? []);
}
