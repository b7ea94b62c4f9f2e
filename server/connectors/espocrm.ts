import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { Instant } from '../../utils/contract/primitives.ts';
import { cleanEmails, cleanFieldValue, cleanText, defined } from './clean-values.ts';
import {
  defineConnector,
  type FeedbackNote,
  type Finding,
  type Pull,
  type SourceCampaign,
  type SourceConsent,
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
/** So many ids fit into an address. */
const FEW = 50;
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

const Text = z.string().nullish();
const Flag = z.boolean().nullish();
const Ids = z.array(z.string()).nullish();
const Id = z.object({ id: z.string() });
/** Texts that a row may lack. */
const texts = <Name extends string>(...names: Name[]) =>
  Object.fromEntries(names.map((name) => [name, Text])) as Record<Name, typeof Text>;

const PersonRow = Id.extend({
  ...texts('modifiedAt', 'name', 'title', 'accountName', 'phoneNumber', 'emailAddress', 'assignedUserId'),
  ...texts('addressCountry', 'campaignName', 'status', 'source', 'industry', 'createdContactId'),
  ...{ emailAddressIsOptedOut: Flag, doNotCall: Flag },
  /** Only where a record is read on its own. The first is the main one. */
  emailAddressData: z.array(z.object({ emailAddress: z.string(), optOut: Flag })).nullish(),
});
type PersonRow = z.infer<typeof PersonRow>;
const LogRow = Id.extend({
  ...texts('createdAt', 'action', 'actionDate', 'objectName', 'parentType', 'parentId'),
  ...{ ...texts('campaignId', 'campaignName'), isTest: Flag },
});
type LogRow = z.infer<typeof LogRow>;
const ActivityRow = Id.extend({
  ...texts('modifiedAt', 'name', 'dateStart', 'direction', 'parentType', 'parentId'),
  ...{ contactsIds: Ids, leadsIds: Ids },
});
const CampaignRow = Id.extend(texts('modifiedAt', 'name', 'type', 'startDate', 'endDate'));
const UserRow = Id.extend(texts('modifiedAt', 'emailAddress'));

type Row = { id: string } & { [By in 'modifiedAt' | 'createdAt']?: string | null | undefined };
type Where = { type: string; attribute?: string; value: string | readonly string[] | readonly Where[] };
/** Behind which row a page ends. */
const Place = z.object({ at: z.string(), id: z.string() });
type Place = z.infer<typeof Place>;

/** What lists are asked for. Rows of a log have no time of change, for they stay as they are. */
interface Query<R extends Row> {
  row: z.ZodObject & z.ZodType<R>;
  by?: 'modifiedAt' | 'createdAt';
  where?: Where;
  size?: number;
}
/** A kind of record, and what a page of it says. */
interface Table<Item> {
  name: string;
  read: (
    io: Io,
    from: { since: Date | null; after: Place | null },
  ) => Promise<{ items: Item[]; next: Place | null }>;
}

const LOG_KINDS: Readonly<Record<string, Pick<SourceTouchpoint, 'kind' | 'direction'>>> = {
  Sent: { kind: 'email.sent', direction: 'outbound' },
  Opened: { kind: 'email.opened', direction: 'inbound' },
  Clicked: { kind: 'email.clicked', direction: 'inbound' },
  Bounced: { kind: 'email.bounced', direction: 'inbound' },
  'Opted Out': { kind: 'email.unsubscribed', direction: 'inbound' },
  'Opted In': { kind: 'custom', direction: 'inbound' },
};

const LOG: Query<LogRow> = {
  ...{ row: LogRow, by: 'createdAt' },
  where: { type: 'in', attribute: 'action', value: Object.keys(LOG_KINDS) },
};
const OPT_OUTS: Query<LogRow> = {
  ...LOG,
  size: FEW,
  where: { type: 'equals', attribute: 'action', value: 'Opted Out' },
};

export const espocrm = defineConnector({
  id: 'espocrm',
  label: 'EspoCRM',
  settings: Settings,
  baseUrl: (settings) => `${rootOf(settings)}/api/v1`,
  authorise: ({ apiKey }) => ({ 'x-api-key': apiKey }),
  tenant: ({ url }) => new URL(url).host,
  // The company's own server sets none; others work on it meanwhile.
  limits: () => [{ requests: 10, perMs: 1_000 }],
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
  pullPeople: pullOf([people('Lead'), people('Contact')]),
  pullConsent: pullOf([table('CampaignLogRecord', OPT_OUTS, toConsents)]),
  pullTouchpoints: pullOf([
    table('CampaignLogRecord', LOG, (rows) => rows.flatMap(toLogged)),
    held('Meeting'),
    held('Call'),
  ]),
  pullCampaigns: pullOf([table('Campaign', { row: CampaignRow }, (rows) => rows.map(toCampaign))]),
  writeFeedback,
  webhook: {
    verify: (request, { settings }) => isSigned(request, settings.webhookKeys?.split(/[\s,;]+/u) ?? []),
    // It names what to pull: taken twice, it is only pulled twice.
    replayKey: () => null,
    read({ body }) {
      try {
        z.array(Id).parse(JSON.parse(body.toString('utf8')));
      } catch {
        throw new SourceError('unreadable', { detail: 'webhook' });
      }
      // The body does not say what kind of record it is about.
      return { pull: ['people', 'consent', 'touchpoints'] };
    },
    instructions: {
      en: 'Administration > Webhooks: create one for each of the events Lead.create, Lead.update, Contact.create, Contact.update and CampaignLogRecord.create, with this address. EspoCRM then shows a secret key for each: enter them in the settings above. The secret shown here is not needed.',
      de: 'Administration > Webhooks: für jedes der Ereignisse Lead.create, Lead.update, Contact.create, Contact.update und CampaignLogRecord.create einen mit dieser Adresse anlegen. EspoCRM zeigt dann je einen geheimen Schlüssel: oben in den Einstellungen eintragen. Das hier gezeigte Geheimnis wird nicht gebraucht.',
    },
  },
  recordUrl: (settings, { type, id }) => `${rootOf(settings)}/#${type}/view/${encodeURIComponent(id)}`,
});

/** Goes through the tables one after another, each by time of change and id. */
function pullOf<Item>(tables: readonly Table<Item>[]): Pull<Settings, Item> {
  return async (io, { since, cursor }) => {
    const index = tables.findIndex(({ name }) => name === cursor?.['table']);
    const [now, following] = tables.slice(Math.max(0, index));
    if (!now) return { items: [], next: null };
    const { items, next } = await now.read(io, { since, after: Place.safeParse(cursor).data ?? null });
    if (next) return { items, next: { table: now.name, ...next } };
    return { items, next: following ? { table: following.name } : null };
  };
}

function table<R extends Row, Item>(
  name: string,
  { row, by = 'modifiedAt', where, size = PAGE }: Query<R>,
  toItems: (rows: R[], io: Io) => Item[] | Promise<Item[]>,
): Table<Item> {
  // EspoCRM itself sorts by id what has the same time (Core/Select/Order/Applier.php, 7 to 10).
  const sorted = { select: Object.keys(row.shape).join(), orderBy: by, order: 'asc', maxSize: size };
  // Counting all that is left would take longer than reading a page.
  const headers = { 'x-no-total': 'true' };
  return {
    name,
    async read(io, { since, after }) {
      const conditions: Where[] = [
        ...(since ? [{ type: 'greaterThanOrEquals', attribute: by, value: toEspoTime(since) }] : []),
        ...(after ? [isAfter(by, after)] : []),
        ...(where ? [where] : []),
      ];
      const query = { ...sorted, ...inQuery('where', conditions) };
      const { list } = (await io.request(`/${name}`, { query, headers, schema: listOf(row) })).body;
      const last = list.at(-1);
      const next = last && list.length >= size ? { at: last[by] ?? EPOCH, id: last.id } : null;
      return { items: await toItems(list, io), next };
    },
  };
}

const listOf = <R>(row: z.ZodType<R>) => z.object({ list: z.array(row) });

function isAfter(attribute: string, { at, id }: Place): Where {
  const isThen: Where = { type: 'equals', attribute, value: at };
  const hasLaterId: Where = { type: 'greaterThan', attribute: 'id', value: id };
  const isLater: Where = { type: 'greaterThan', attribute, value: at };
  return { type: 'or', value: [isLater, { type: 'and', value: [isThen, hasLaterId] }] };
}

/** As PHP reads it: `where[0][type]=equals`. */
function inQuery(name: string, value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return { [name]: String(value) };
  const parts = Object.entries(value).map(([key, one]) => inQuery(`${name}[${key}]`, one));
  return Object.assign({}, ...parts) as Record<string, string>;
}

function people(type: 'Lead' | 'Contact'): Table<SourcePerson> {
  return table(type, { row: PersonRow }, async (listed, io) => {
    const rows = io.settings.everyAddress
      ? await Promise.all(listed.map((row) => readOne(io, type, row)))
      : listed;
    const owners = rows.flatMap(({ assignedUserId }) => assignedUserId ?? []);
    // Users may be kept from the hub: people come in without their owner.
    const users = await tolerate(
      knownNames(io, 'users', owners, () => allUsers(io)),
      'forbidden',
    );
    const ownerOf = (row: PersonRow) =>
      users === 'forbidden' ? undefined : users.get(row.assignedUserId ?? '');
    return rows.map((row) => toPerson(type, row, ownerOf(row)));
  });
}

async function readOne(io: Io, type: string, row: PersonRow): Promise<PersonRow> {
  const whole = await tolerate(io.request(`/${type}/${row.id}`, { schema: PersonRow }), 'not-found');
  // Deleted in between: the list has said what there is to say.
  return whole === 'not-found' ? row : whole.body;
}

const USERS = table('User', { row: UserRow }, (rows) => rows);

/** Their addresses. */
async function allUsers(io: Io): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  let after: Place | null = null;
  do {
    const page: Awaited<ReturnType<typeof USERS.read>> = await USERS.read(io, { since: null, after });
    for (const { id, emailAddress } of page.items) all.set(id, emailAddress ?? '');
    after = page.next;
  } while (after);
  return all;
}

function toPerson(type: 'Lead' | 'Contact', row: PersonRow, owner: string | undefined): SourcePerson {
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
    ...{ phone: cleanText(row.phoneNumber, 64), status: cleanText(row.status) },
    ownerEmail: cleanEmails(owner)[0],
    otherRecords: row.createdContactId ? [{ type: 'Contact', id: row.createdContactId }] : undefined,
    consents: since ? refusals.map((refusal) => ({ ...refusal, state: 'withdrawn' as const, since })) : [],
  });
}

/**
 * Who unsubscribes changes their address there, not the lead, so only the log says that somebody did. Where a mailing only
 * takes people off its own lists, they have refused nothing else: the address says which it was. Who leaves by a link of no
 * campaign is not in the log: they are known to have left once their record changes.
 */
async function toConsents(rows: LogRow[], io: Io): Promise<SourceConsent[]> {
  const refused = new Set<string>();
  for (const type of ['Lead', 'Contact']) {
    const ids = rows.flatMap(({ parentType, parentId }) =>
      parentType === type && parentId ? [parentId] : [],
    );
    if (ids.length === 0) continue;
    const where = inQuery('where', [{ type: 'in', attribute: 'id', value: ids }]);
    const { body } = await io.request(`/${type}`, {
      query: { select: 'id,emailAddressIsOptedOut', maxSize: FEW, ...where },
      schema: listOf(PersonRow.pick({ id: true, emailAddressIsOptedOut: true })),
    });
    for (const { id, emailAddressIsOptedOut } of body.list) if (emailAddressIsOptedOut) refused.add(id);
  }
  return rows.flatMap((row) => {
    const [[record], since] = [recordsOf(row), toInstant(row.actionDate)];
    if (!record || !since || row.isTest || !refused.has(record.id)) return [];
    return {
      person: { record },
      consents: [{ channel: 'email', basis: 'optOut', state: 'withdrawn', since }],
    };
  });
}

function toLogged({ id, action, ...row }: LogRow): SourceTouchpoint[] {
  const [[record], what, occurredAt] = [recordsOf(row), LOG_KINDS[action ?? ''], toInstant(row.actionDate)];
  if (!record || !what || !occurredAt || row.isTest) return [];
  const campaign = row.campaignId
    ? { sourceId: row.campaignId, name: cleanText(row.campaignName) ?? row.campaignId, kind: 'mail' as const }
    : undefined;
  const title = cleanText(row.objectName) ?? campaign?.name ?? action ?? '';
  const channel = 'email' as const;
  const touchpoint = { sourceId: `campaign-log:${id}`, person: { record }, ...what, title, occurredAt };
  return [defined({ ...touchpoint, channel, machine: false, campaign })];
}

function held(name: 'Meeting' | 'Call'): Table<SourceTouchpoint> {
  const where = { type: 'equals', attribute: 'status', value: 'Held' };
  const what =
    name === 'Call'
      ? ({ kind: 'call', channel: 'phone' } as const)
      : ({ kind: 'meeting', channel: 'other' } as const);
  return table(name, { row: ActivityRow, where }, (rows) =>
    rows.flatMap((row) => {
      const occurredAt = toInstant(row.dateStart);
      if (!occurredAt) return [];
      return recordsOf(row).map((record) => ({
        sourceId: `${name}:${row.id}:${record.type}:${record.id}`,
        ...{ person: { record }, title: cleanText(row.name) ?? name, occurredAt, machine: false, ...what },
        direction: row.direction === 'Inbound' ? 'inbound' : 'outbound',
      }));
    }),
  );
}

/** The leads and contacts that a row names; whom it names twice, once. */
function recordsOf(row: Partial<z.infer<typeof ActivityRow>>): SourceRecord[] {
  const { parentType, parentId, contactsIds, leadsIds } = row;
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
    ...{ sourceId: id, name: cleanText(name) ?? id },
    kind: /mail|newsletter/iu.test(type ?? '') ? ('mail' as const) : ('other' as const),
    ...{ startsAt: toInstant(startDate), endsAt: toInstant(endDate) },
  });

async function writeFeedback(io: Io, { feedbackId, record, text, remoteId, withdrawn }: FeedbackNote) {
  const post = `${text}\n\n${noteMarker(feedbackId)}`;
  // The newest first; with what has been written and not answered among them.
  const { body } = await io.request(`/${record.type}/${encodeURIComponent(record.id)}/stream`, {
    query: { maxSize: PAGE },
    schema: listOf(Id.extend({ post: Text })),
  });
  const notes = body.list.map((note) => ({ id: note.id, text: note.post ?? '' }));
  const noteId = findMarked(notes, feedbackId)?.id ?? remoteId;
  const change = { method: 'PUT', repeatable: true, body: { post }, schema: Id } as const;
  const changed =
    noteId === null
      ? 'not-found'
      : await tolerate(io.request(`/Note/${encodeURIComponent(noteId)}`, change), 'not-found', 'forbidden');
  if (typeof changed === 'object') return { remoteId: noteId };
  if (withdrawn && changed === 'not-found') return { remoteId: null };
  // Older than EspoCRM lets posts be changed (`noteEditThresholdPeriod`), or none yet: there has to be a new one.
  const note = { type: 'Post', parentType: record.type, parentId: record.id, post };
  const written = await io.request('/Note', { method: 'POST', body: note, schema: Id });
  return { remoteId: written.body.id };
}

async function check(io: Io): Promise<Finding[]> {
  const missing: string[] = [];
  for (const name of ['Lead', 'Contact', 'Campaign', 'CampaignLogRecord', 'Meeting', 'Call', 'User']) {
    const read = io.request(`/${name}`, { query: { select: 'id', maxSize: 1 }, schema: listOf(Id) });
    if ((await tolerate(read, 'forbidden')) === 'forbidden') missing.push(name);
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
  const given = ['signature', 'x-signature'].map((name) => {
    const bytes = Buffer.from(headers.get(name) ?? '', 'base64');
    const mac = bytes.subarray(bytes.indexOf(':') + 1);
    return mac.length === 32 ? mac.toString('hex') : mac.toString('latin1');
  });
  const isOf = (key: string) => {
    const mac = createHmac('sha256', key).update(body).digest('hex');
    return given.some((one) => equalSecrets(one, mac));
  };
  return keys.some((key) => key !== '' && isOf(key));
}

/** The answer, or which of these failures there was instead. */
async function tolerate<T extends object, F extends SourceFailure>(asked: Promise<T>, ...failures: F[]) {
  try {
    return await asked;
  } catch (error) {
    const failure = failures.find((one) => error instanceof SourceError && error.failure === one);
    if (failure === undefined) throw error;
    return failure;
  }
}

/** UTC without saying so, in whole seconds; a date alone where there is no time. */
const toInstant = (time: string | null | undefined) =>
  Instant.safeParse(`${(time ?? '').replace(' ', 'T').padEnd(11, 'T').padEnd(19, '00:00:00')}.000Z`).data;

const toEspoTime = (time: Date) => time.toISOString().slice(0, 19).replace('T', ' ');

const rootOf = ({ url }: Settings) => url.replace(/[#?].*$/u, '').replace(/(?:\/api\/v1)?\/*$/u, '');
