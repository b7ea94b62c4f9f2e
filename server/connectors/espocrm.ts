import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { Instant } from '../../utils/contract/primitives.ts';
import { cleanEmails, cleanFieldValue, cleanText, defined } from './clean-values.ts';
import {
  defineConnector,
  type FeedbackNote,
  type Finding,
  type Page,
  type Pull,
  type SourceCampaign,
  type SourceIo,
  type SourcePerson,
  type SourceRecord,
  type SourceTouchpoint,
} from './connector.ts';
import { equalSecrets } from './equal-secrets.ts';
import { knownNames } from './known-names.ts';
import { findMarked, noteMarker } from './marked-note.ts';
import { field } from './settings-field.ts';
import { SourceError, type SourceFailure } from './source-error.ts';
import type { WebhookRequest } from './webhook.ts';

/** As many as a list gives unless an administrator allows more (`recordListMaxSizeLimit`). */
const PAGE = 200;
/** Before anything there is: sorts behind rows without a time. */
const EPOCH = '1970-01-01 00:00:00';

const Settings = z.object({
  url: field(z.url({ protocol: /^https?$/u }), {
    label: { en: 'Address of EspoCRM', de: 'Adresse von EspoCRM' },
    placeholder: 'https://crm.example.com',
  }),
  apiKey: field(z.string().trim().min(1), {
    label: { en: 'API key', de: 'API-Schlüssel' },
    help: {
      en: 'Administration > API Users: a user with the authentication method API Key and a role that may read leads, contacts, campaigns, meetings, calls and users, read the stream of leads and contacts, and create notes.',
      de: 'Administration > API-Benutzer: ein Benutzer mit der Authentifizierungsmethode API-Schlüssel und einer Rolle, die Interessenten, Kontakte, Kampagnen, Meetings, Anrufe und Benutzer lesen, den Verlauf von Interessenten und Kontakten lesen und Notizen anlegen darf.',
    },
    secret: true,
  }),
  activities: field(z.boolean().default(true), {
    label: { en: 'Bring in meetings and calls', de: 'Meetings und Anrufe übernehmen' },
  }),
  everyAddress: field(z.boolean().default(false), {
    label: { en: 'Bring in further e-mail addresses', de: 'Weitere E-Mail-Adressen übernehmen' },
    help: {
      en: 'EspoCRM lists only the main address. With this, every lead and contact is read on its own: one request each.',
      de: 'EspoCRM listet nur die Hauptadresse. Hiermit wird jeder Interessent und Kontakt einzeln gelesen: je eine Anfrage.',
    },
  }),
  webhookKeys: field(z.string().optional(), {
    label: { en: 'Secret keys of the webhooks', de: 'Geheime Schlüssel der Webhooks' },
    help: {
      en: 'EspoCRM makes one for each webhook; enter all of them, separated by spaces.',
      de: 'EspoCRM erzeugt je Webhook einen; alle eintragen, durch Leerzeichen getrennt.',
    },
    secret: true,
  }),
});
type Settings = z.infer<typeof Settings>;
type Io = SourceIo<Settings>;

const text = z.string().nullish();
const flag = z.boolean().nullish();
const ids = z.array(z.string()).nullish();

const PersonRow = z.object({
  ...{ id: z.string(), modifiedAt: text, name: text, title: text, accountName: text, phoneNumber: text },
  ...{ emailAddress: text, emailAddressIsOptedOut: flag, doNotCall: flag, assignedUserId: text },
  ...{ addressCountry: text, campaignName: text, status: text, source: text, industry: text },
  createdContactId: text,
  /** Only where a record is read on its own. The first is the main one. */
  emailAddressData: z.array(z.object({ emailAddress: z.string(), optOut: flag })).nullish(),
});
type PersonRow = z.infer<typeof PersonRow>;
const LogRow = z.object({
  ...{ id: z.string(), createdAt: text, action: text, actionDate: text, isTest: flag, objectName: text },
  ...{ parentType: text, parentId: text, campaignId: text, campaignName: text },
});
const ActivityRow = z.object({
  ...{ id: z.string(), modifiedAt: text, name: text, dateStart: text, direction: text },
  ...{ parentType: text, parentId: text, contactsIds: ids, leadsIds: ids },
});
const CampaignRow = z.object({
  ...{ id: z.string(), modifiedAt: text, name: text, type: text, startDate: text, endDate: text },
});
const UserRow = z.object({ id: z.string(), modifiedAt: text, emailAddress: text });
const Note = z.object({ id: z.string(), post: text });

type Row = { id: string; modifiedAt?: string | null; createdAt?: string | null };
interface Where {
  type: string;
  attribute?: string;
  value: string | readonly string[] | readonly Where[];
}

/** A kind of record as lists give it. */
interface Table<R extends Row> {
  name: string;
  row: z.ZodObject & z.ZodType<R>;
  /** What only grows: rows of a log have no time of change, for they stay as they are. */
  sortBy: 'modifiedAt' | 'createdAt';
  where?: Where;
}
/** Behind which row a page ends. */
const Place = z.object({ at: z.string(), id: z.string() });
type Place = z.infer<typeof Place>;
const Deliveries = z.array(z.looseObject({ id: z.string() }));
/** Reads the next page of a table. */
type Reader<Item> = (
  io: Io,
  from: { since: Date | null; after: Place | null },
) => Promise<{ items: Item[]; next: Place | null }>;
type Readers<Item> = Readonly<Record<string, Reader<Item>>>;

const LOG_KINDS: Readonly<Record<string, Pick<SourceTouchpoint, 'kind' | 'direction'>>> = {
  Sent: { kind: 'email.sent', direction: 'outbound' },
  Opened: { kind: 'email.opened', direction: 'inbound' },
  Clicked: { kind: 'email.clicked', direction: 'inbound' },
  Bounced: { kind: 'email.bounced', direction: 'inbound' },
  'Opted Out': { kind: 'email.unsubscribed', direction: 'inbound' },
  'Opted In': { kind: 'custom', direction: 'inbound' },
};
const READ = ['Lead', 'Contact', 'Campaign', 'CampaignLogRecord', 'Meeting', 'Call', 'User'];

const USERS: Table<z.infer<typeof UserRow>> = { name: 'User', row: UserRow, sortBy: 'modifiedAt' };
const CAMPAIGNS: Table<z.infer<typeof CampaignRow>> = {
  name: 'Campaign',
  row: CampaignRow,
  sortBy: 'modifiedAt',
};

/** An open-source server of the company's own: it sets no limits, and others work on it meanwhile. */
const LIMITS = [{ requests: 10, perMs: 1_000 }];

export const espocrm = defineConnector({
  id: 'espocrm',
  label: 'EspoCRM',
  settings: Settings,
  baseUrl: (settings) => `${rootOf(settings)}/api/v1`,
  authorise: ({ apiKey }) => ({ 'x-api-key': apiKey }),
  tenant: ({ url }) => new URL(url).host,
  limits: () => LIMITS,
  defaultMappings: {
    New: 'lead',
    Assigned: 'mql',
    'In Process': 'sal',
    Converted: 'opportunity',
    Recycled: 'recycled',
    Dead: 'disqualified',
  },
  overlapMs: 60_000,
  check,
  pullPeople: pullOf(() => ({ Lead: people('Lead'), Contact: people('Contact') })),
  pullTouchpoints: pullOf(({ activities }) => ({
    CampaignLogRecord: readLog,
    ...(activities && { Meeting: held('Meeting'), Call: held('Call') }),
  })),
  pullCampaigns: pullOf(() => ({ Campaign: readerOf(CAMPAIGNS, (_, rows) => rows.map(toCampaign)) })),
  writeFeedback,
  webhook: {
    verify: (request, { settings }) => isSigned(request, settings.webhookKeys?.split(/[\s,;]+/u) ?? []),
    // It names what to pull: taken twice, it is only pulled twice.
    replayKey: () => null,
    read({ body }) {
      // The body does not say what kind of record it is about.
      if (Deliveries.safeParse(parseJson(body)).success) return { pull: ['people', 'touchpoints'] };
      throw new SourceError('unreadable', { detail: 'webhook' });
    },
    instructions: {
      en: 'Administration > Webhooks: create one for each of the events Lead.create, Lead.update, Contact.create, Contact.update and CampaignLogRecord.create, with this address. EspoCRM then shows a secret key for each: enter them in the settings above. The secret shown here is not needed.',
      de: 'Administration > Webhooks: für jedes der Ereignisse Lead.create, Lead.update, Contact.create, Contact.update und CampaignLogRecord.create einen mit dieser Adresse anlegen. EspoCRM zeigt dann je einen geheimen Schlüssel: oben in den Einstellungen eintragen. Das hier gezeigte Geheimnis wird nicht gebraucht.',
    },
  },
  recordUrl: (settings, { type, id }) => `${rootOf(settings)}/#${type}/view/${id}`,
});

/** Goes through the tables one after another, each by time of change and id. */
function pullOf<Item>(readersOf: (settings: Settings) => Readers<Item>): Pull<Settings, Item> {
  return async (io, { since, cursor }): Promise<Page<Item>> => {
    const readers = Object.entries(readersOf(io.settings));
    const index = Math.max(
      0,
      readers.findIndex(([name]) => name === cursor?.['table']),
    );
    const [table, read] = readers[index] ?? [];
    if (!read || table === undefined) return { items: [], next: null };
    const after = Place.safeParse(cursor).data ?? null;
    const { items, next } = await read(io, { since, after });
    const following = readers[index + 1]?.[0];
    return { items, next: next ? { table, ...next } : following === undefined ? null : { table: following } };
  };
}

function readerOf<R extends Row, Item>(
  table: Table<R>,
  toItems: (io: Io, rows: R[]) => Item[] | Promise<Item[]>,
): Reader<Item> {
  return async (io, from) => {
    const { rows, next } = await list(io, table, from);
    return { items: await toItems(io, rows), next };
  };
}

/** EspoCRM itself sorts by id what has the same time (Core/Select/Order/Applier.php, 7 to 10). */
async function list<R extends Row>(
  io: Io,
  { name, row, sortBy, where }: Table<R>,
  { since, after }: { since: Date | null; after: Place | null },
): Promise<{ rows: R[]; next: Place | null }> {
  const since_: Where[] = since
    ? [{ type: 'greaterThanOrEquals', attribute: sortBy, value: toEspoTime(since) }]
    : [];
  const query = {
    ...{ select: Object.keys(row.shape).join(), orderBy: sortBy, order: 'asc', maxSize: PAGE },
    ...inQuery('where', [...since_, ...(after ? [isAfter(sortBy, after)] : []), ...(where ? [where] : [])]),
  };
  // Counting all that is left would take longer than reading a page.
  const headers = { 'x-no-total': 'true' };
  const { body } = await io.request(`/${name}`, { query, headers, schema: z.object({ list: z.array(row) }) });
  const last = body.list.at(-1);
  const next = last && body.list.length >= PAGE ? { at: last[sortBy] ?? EPOCH, id: last.id } : null;
  return { rows: body.list, next };
}

const isAfter = (attribute: string, { at, id }: Place): Where => ({
  type: 'or',
  value: [
    { type: 'greaterThan', attribute, value: at },
    {
      type: 'and',
      value: [
        { type: 'equals', attribute, value: at },
        { type: 'greaterThan', attribute: 'id', value: id },
      ],
    },
  ],
});

/** As PHP reads it: `where[0][type]=equals`. */
function inQuery(name: string, value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return { [name]: String(value) };
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, one]) => inQuery(`${name}[${key}]`, one)),
  ) as Record<string, string>;
}

async function listAll<R extends Row>(io: Io, table: Table<R>): Promise<Map<string, R>> {
  const all = new Map<string, R>();
  for (let after: Place | null = null; ;) {
    const { rows, next }: { rows: R[]; next: Place | null } = await list(io, table, { since: null, after });
    for (const row of rows) all.set(row.id, row);
    if (!next) return all;
    after = next;
  }
}

const people = (type: 'Lead' | 'Contact'): Reader<SourcePerson> =>
  readerOf({ name: type, row: PersonRow, sortBy: 'modifiedAt' }, async (io, listed) => {
    const rows = io.settings.everyAddress
      ? await Promise.all(listed.map((row) => readOne(io, type, row)))
      : listed;
    const users = await readUsers(io, rows);
    return rows.map((row) => toPerson(type, row, users.get(row.assignedUserId ?? '')?.emailAddress));
  });

async function readOne(io: Io, type: string, row: PersonRow): Promise<PersonRow> {
  const whole = await unless('not-found', io.request(`/${type}/${row.id}`, { schema: PersonRow }));
  // Deleted in between: the list has said what there is to say.
  return whole?.body ?? row;
}

/** Owners may be kept from the hub: people come in without them. */
const readUsers = async (io: Io, rows: readonly PersonRow[]) =>
  (await unless(
    'forbidden',
    knownNames(
      io,
      'users',
      rows.flatMap(({ assignedUserId }) => assignedUserId ?? []),
      () => listAll(io, USERS),
    ),
  )) ?? new Map<string, z.infer<typeof UserRow>>();

function toPerson(type: 'Lead' | 'Contact', row: PersonRow, owner: string | null | undefined): SourcePerson {
  const data = row.emailAddressData ?? [
    { emailAddress: row.emailAddress ?? '', optOut: row.emailAddressIsOptedOut },
  ];
  const emails = cleanEmails(...data.map(({ emailAddress }) => emailAddress)).slice(0, 20);
  const since = toInstant(row.modifiedAt);
  const refusals = [
    ...(data.some(({ optOut }) => optOut) ? [{ channel: 'email' as const, basis: 'optOut' }] : []),
    ...(row.doNotCall ? [{ channel: 'phone' as const, basis: 'doNotCall' }] : []),
  ];
  const attributes = defined({
    campaign: cleanFieldValue(row.campaignName),
    source: cleanFieldValue(row.source),
    industry: cleanFieldValue(row.industry),
    // A free text there, so it cannot be the person's country.
    addressCountry: cleanFieldValue(row.addressCountry),
  });
  return defined({
    ...{ record: { type, id: row.id }, name: cleanText(row.name) ?? emails[0] ?? row.id, emails },
    ...{ company: cleanText(row.accountName), title: cleanText(row.title), sourcedAt: since, attributes },
    phone: cleanText(row.phoneNumber, 64),
    status: cleanText(row.status),
    ownerEmail: cleanEmails(owner)[0],
    otherRecords: row.createdContactId ? [{ type: 'Contact', id: row.createdContactId }] : undefined,
    consents: since && refusals.map((refusal) => ({ ...refusal, state: 'withdrawn' as const, since })),
  });
}

const readLog: Reader<SourceTouchpoint> = readerOf(
  {
    ...{ name: 'CampaignLogRecord', row: LogRow, sortBy: 'createdAt' },
    where: { type: 'in', attribute: 'action', value: Object.keys(LOG_KINDS) },
  },
  async (io, rows) => {
    const ids = rows.flatMap(({ campaignId }) => campaignId ?? []);
    const campaigns = await knownNames(io, 'campaigns', ids, () => listAll(io, CAMPAIGNS));
    return rows.flatMap(({ id, action, actionDate, isTest, objectName, campaignId, ...row }) => {
      const [record] = recordsOf(row);
      const [what, occurredAt] = [LOG_KINDS[action ?? ''], toInstant(actionDate)];
      if (!record || !what || !occurredAt || isTest) return [];
      const named = campaigns.get(campaignId ?? '');
      const campaign = named && toCampaign(named);
      const title = cleanText(objectName) ?? campaign?.name ?? action ?? '';
      return defined({
        ...{ sourceId: `campaign-log:${id}`, person: { record }, ...what, title, occurredAt, campaign },
        ...{ channel: 'email' as const, machine: false },
      });
    });
  },
);

const held = (name: 'Meeting' | 'Call'): Reader<SourceTouchpoint> =>
  readerOf(
    {
      ...{ name, row: ActivityRow, sortBy: 'modifiedAt' },
      where: { type: 'equals', attribute: 'status', value: 'Held' },
    },
    (_, rows) =>
      rows.flatMap((row) => {
        const occurredAt = toInstant(row.dateStart);
        if (!occurredAt) return [];
        return recordsOf(row).map((record) => ({
          sourceId: `${name}:${row.id}:${record.type}:${record.id}`,
          ...{ person: { record }, title: cleanText(row.name) ?? name, occurredAt, machine: false },
          ...(name === 'Call'
            ? { kind: 'call' as const, channel: 'phone' as const }
            : { kind: 'meeting' as const, channel: 'other' as const }),
          direction: row.direction === 'Inbound' ? ('inbound' as const) : ('outbound' as const),
        }));
      }),
  );

/** The leads and contacts that a row names; whom it names twice, once. */
function recordsOf({
  parentType,
  parentId,
  contactsIds,
  leadsIds,
}: Partial<z.infer<typeof ActivityRow>>): SourceRecord[] {
  const isPerson = parentType === 'Lead' || parentType === 'Contact';
  const all = [
    ...(isPerson && parentId ? [{ type: parentType, id: parentId }] : []),
    ...(contactsIds ?? []).map((id) => ({ type: 'Contact', id })),
    ...(leadsIds ?? []).map((id) => ({ type: 'Lead', id })),
  ];
  return [...new Map(all.map((record) => [`${record.type} ${record.id}`, record])).values()];
}

const toCampaign = ({ id, name, type, startDate, endDate }: z.infer<typeof CampaignRow>): SourceCampaign =>
  defined({
    ...{
      sourceId: id,
      name: cleanText(name) ?? id,
      kind: /mail|newsletter/iu.test(type ?? '') ? 'mail' : 'other',
    },
    ...{ startsAt: toInstant(startDate), endsAt: toInstant(endDate) },
  });

async function writeFeedback(io: Io, { feedbackId, record: { type, id }, text, remoteId }: FeedbackNote) {
  const post = `${text}\n\n${noteMarker(feedbackId)}`;
  // The newest first; with what has been written and not answered among them.
  const { body } = await io.request(`/${type}/${id}/stream`, {
    ...{ query: { maxSize: PAGE }, schema: z.object({ list: z.array(Note) }) },
  });
  const found = findMarked(
    body.list.map((note) => ({ id: note.id, text: note.post ?? '' })),
    feedbackId,
  );
  const noteId = found?.id ?? remoteId;
  const schema = Note.pick({ id: true });
  if (noteId !== null) {
    const change = io.request(`/Note/${noteId}`, { method: 'PUT', repeatable: true, body: { post }, schema });
    // Deleted, or older than EspoCRM lets posts be changed (`noteEditThresholdPeriod`): there has to be a new one.
    const changed = await unless('forbidden', unless('not-found', change));
    if (changed) return { remoteId: noteId };
  }
  const note = { type: 'Post', parentType: type, parentId: id, post };
  const written = await io.request('/Note', { method: 'POST', body: note, schema });
  return { remoteId: written.body.id };
}

async function check(io: Io): Promise<Finding[]> {
  const missing: string[] = [];
  for (const name of READ) {
    const query = { select: 'id', maxSize: 1 };
    const read = io.request(`/${name}`, { query, schema: z.object({ list: z.array(z.unknown()) }) });
    if (!(await unless('forbidden', read))) missing.push(name);
  }
  if (missing.length === 0)
    return [{ ok: true, words: { en: 'Everything can be read.', de: 'Alles ist lesbar.' } }];
  return missing.map((name) => ({
    ok: false,
    words: {
      en: `${name} cannot be read: give the role of the API user the right to read it (Administration > Roles).`,
      de: `${name} ist nicht lesbar: der Rolle des API-Benutzers das Leserecht geben (Administration > Rollen).`,
    },
  }));
}

/**
 * By the key that EspoCRM made for the webhook: base64 of its id, a colon and the HMAC, as bytes in `X-Signature` (all
 * versions) and as hexadecimal digits in `Signature` (9 and later).
 */
function isSigned({ headers, body }: WebhookRequest, keys: readonly string[]): boolean {
  const given = ['signature', 'x-signature'].flatMap((name) => {
    const bytes = Buffer.from(headers.get(name) ?? '', 'base64');
    const mac = bytes.subarray(bytes.indexOf(':') + 1);
    return mac.length === 32 ? mac.toString('hex') : mac.toString('latin1');
  });
  const expected = keys
    .filter((key) => key !== '')
    .map((key) => createHmac('sha256', key).update(body).digest('hex'));
  return expected.some((mac) => given.some((one) => equalSecrets(one, mac)));
}

/** Undefined where the system fails in the way named. */
async function unless<T>(failure: SourceFailure, asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof SourceError && error.failure === failure) return undefined;
    throw error;
  }
}

/** UTC without saying so, in whole seconds; a date alone where there is no time. */
const toInstant = (time: string | null | undefined) =>
  Instant.safeParse(`${(time ?? '').replace(' ', 'T').padEnd(11, 'T').padEnd(19, '00:00:00')}.000Z`).data;

const toEspoTime = (time: Date) => time.toISOString().slice(0, 19).replace('T', ' ');

const rootOf = ({ url }: Settings) => url.replace(/[#?].*$/u, '').replace(/(?:\/api\/v1)?\/*$/u, '');

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
