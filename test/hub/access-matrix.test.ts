import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import { issueToken } from '../../server/auth/tokens.ts';
import { JsonText } from '../../server/operation.ts';
import { handlers } from '../../server/routes/index.ts';
import { Problem } from '../../utils/contract/problem.ts';
import type { Role } from '../../utils/contract/session.ts';
import { type DescribedOperation, describedOperations } from './support/described-operations.ts';
import { fillWorkspace, fingerprint, valuesOf } from './support/full-workspace.ts';
import { type FuzzRequest, fuzzRequests } from './support/fuzz-request.ts';
import { sendRequest } from './support/send-request.ts';
import { type Answered, useTestHub } from './support/test-hub.ts';

const everyone = ['rep', 'marketer', 'manager', 'admin'];
const marketing = ['marketer', 'manager', 'admin'];
const admin = ['admin'];

interface Rule {
  /** Null: it needs no sign-in. */
  roles: readonly string[] | null;
  writeKey?: true;
}

/**
 * Who may call what, by the operation's name. It says the same as the contract on purpose, and independently: a
 * rule that is loosened in one place only fails here.
 */
const RULES: Readonly<Record<string, Rule>> = {
  signIn: { roles: null },
  signOut: { roles: everyone },
  sessions: { roles: everyone },
  endSession: { roles: everyone },
  me: { roles: everyone },
  agreement: { roles: everyone },
  agreementVersions: { roles: everyone },
  agreementText: { roles: everyone },
  previewAgreement: { roles: marketing },
  proposeAgreement: { roles: marketing },
  signAgreement: { roles: ['manager'] },
  rejectAgreement: { roles: marketing },
  agendas: { roles: everyone },
  createAgenda: { roles: marketing },
  agenda: { roles: everyone },
  changeAgenda: { roles: marketing },
  users: { roles: everyone },
  createSignInCode: { roles: admin },
  invite: { roles: admin },
  patchUser: { roles: admin },
  deactivateUser: { roles: admin },
  createStageChange: { roles: everyone },
  createFollowUp: { roles: everyone },
  patchHandOver: { roles: everyone },
  createConfirmation: { roles: everyone },
  leadIndex: { roles: everyone },
  rotateLeadKey: { roles: admin },
  context: { roles: everyone },
  createFeedback: { roles: everyone },
  listFeedback: { roles: everyone },
  feedbackGroups: { roles: everyone },
  replyToMany: { roles: marketing },
  readFeedback: { roles: everyone },
  patchFeedback: { roles: everyone },
  replyToFeedback: { roles: everyone },
  ingestPeople: { roles: marketing, writeKey: true },
  ingestTouchpoints: { roles: marketing, writeKey: true },
  ingestPlannedTouches: { roles: marketing, writeKey: true },
  ingestOffers: { roles: marketing, writeKey: true },
  exportPerson: { roles: admin },
  createMerge: { roles: marketing },
  listMerges: { roles: marketing },
  undoMerge: { roles: marketing },
  segmentIdentify: { roles: marketing, writeKey: true },
  segmentTrack: { roles: marketing, writeKey: true },
  segmentPage: { roles: marketing, writeKey: true },
  segmentScreen: { roles: marketing, writeKey: true },
  segmentGroup: { roles: marketing, writeKey: true },
  segmentAlias: { roles: marketing, writeKey: true },
  segmentBatch: { roles: marketing, writeKey: true },
  segmentImport: { roles: marketing, writeKey: true },
  createWriteKey: { roles: admin },
  listWriteKeys: { roles: admin },
  deleteWriteKey: { roles: admin },
  closedLoop: { roles: everyone },
  figures: { roles: everyone },
  attribution: { roles: everyone },
  campaigns: { roles: everyone },
  campaign: { roles: everyone },
  patchCampaign: { roles: marketing },
  plans: { roles: everyone },
  createPlan: { roles: marketing },
  putOpinion: { roles: everyone },
  decidePlan: { roles: marketing },
  searchPeople: { roles: everyone },
  personContext: { roles: everyone },
  journey: { roles: everyone },
  listImports: { roles: marketing },
  createImport: { roles: marketing },
  readImport: { roles: marketing },
  putImportPart: { roles: marketing },
  patchImport: { roles: marketing },
  checkImport: { roles: marketing },
  startImport: { roles: marketing },
  importProblems: { roles: marketing },
  deleteImport: { roles: marketing },
  erasePerson: { roles: admin },
  liftErasure: { roles: admin },
  audit: { roles: admin },
  live: { roles: everyone },
  myNews: { roles: everyone },
  mySettings: { roles: everyone },
  patchMySettings: { roles: everyone },
  channels: { roles: admin },
  createChannel: { roles: admin },
  patchChannel: { roles: admin },
  deleteChannel: { roles: admin },
  rotateChannelSecret: { roles: admin },
  testChannel: { roles: admin },
  deliveries: { roles: admin },
  retryDelivery: { roles: admin },
  connectors: { roles: admin },
  sources: { roles: admin },
  createSource: { roles: admin },
  patchSource: { roles: admin },
  deleteSource: { roles: admin },
  checkSource: { roles: admin },
  syncSource: { roles: admin },
  signInToSource: { roles: admin },
  rotateSourceSecret: { roles: admin },
  selectorPacks: { roles: everyone },
  putSelectorPack: { roles: admin },
  deleteSelectorPack: { roles: admin },
  sourceStatuses: { roles: admin },
  previewStatuses: { roles: admin },
  putStatuses: { roles: admin },
};

/** In every text of the other workspace, and nowhere else. */
const SECRET = 'qzforeign';
const SAMPLES = 12;
const DAY = 86_400_000;

const hubs = useTestHub();
type Operations = Awaited<ReturnType<typeof describedOperations>>;
let ours: Awaited<ReturnType<typeof hubs.open>>;
let theirs: typeof ours;
let described: Operations;

beforeAll(async () => {
  ours = await hubs.open({ requestsPerMinute: 1e9 });
  theirs = await hubs.open({ requestsPerMinute: 1e9 });
  await fillWorkspace(ours, 'qzown');
  await fillWorkspace(theirs, SECRET, 'qzkey');
  described = await describedOperations(ours.call);
});

const signedIn = () => described.operations.filter(({ roles }) => roles !== null);
const userOf = ({ rep, marketer, salesManager, admin }: typeof ours, role: Role) =>
  ({ rep, marketer, manager: salesManager, admin })[role];
const tokenOf = (opened: typeof ours, role: Role, at = opened.hub.clock()) =>
  issueToken(hubs.db, opened.workspace.id, userOf(opened, role).id, at);
const print = ({ workspace }: typeof ours) => fingerprint(hubs.db, workspace.id);

/** A few requests such as the schemas allow, always the same. */
const samplesOf = (
  operation: DescribedOperation,
  known: Parameters<typeof fuzzRequests>[1],
  count = SAMPLES,
): FuzzRequest[] =>
  fc.sample(fuzzRequests(described.schemas, known).valid(operation), { numRuns: count, seed: 42 });

const nothingKnown = { ids: new Map<string, string[]>(), emails: [], texts: [] };

/** What is wrong with a refusal; null when it is the one expected. */
function refusalFault({ status, json, headers }: Answered, expected: number, name: string): string | null {
  const problem = Problem.safeParse(json);
  const { type } = problem.success ? problem.data : { type: 'no problem of the contract' };
  const challenged = expected !== 401 || headers.get('www-authenticate')?.startsWith('Bearer') === true;
  return status === expected && type === `urn:tandem:problem:${name}` && challenged
    ? null
    : `${status} ${type}`;
}

/** What addresses an operation answers, whatever its parameters. */
const formOf = (path: string) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);

/** Refused for the role, not for anything the request says. */
const isRefusedByRole = ({ status, text }: Answered) =>
  status === 403 && text.includes('This is for the roles');

test('every operation has its rule in the table above, and the rule it is described with', () => {
  const differing = described.operations.flatMap(({ name, roles, takesWriteKey }) => {
    const rule = RULES[name];
    if (!rule) return [`${name}: add to RULES who may call it.`];
    const same =
      JSON.stringify(rule.roles) === JSON.stringify(roles) && (rule.writeKey ?? false) === takesWriteKey;
    return same ? [] : [`${name}: RULES and the contract say different things.`];
  });
  const names = new Set(described.operations.map(({ name }) => name));
  const gone = Object.keys(RULES).filter((name) => !names.has(name));
  expect([...differing, ...gone.map((name) => `${name}: is no operation any more.`)]).toEqual([]);
});

test('nobody gets in without a good token, and nothing changes', async () => {
  const revoked = await tokenOf(ours, 'admin');
  await ours.call('DELETE', '/v1/session', undefined, { authorization: `Bearer ${revoked}` });
  const good = await tokenOf(ours, 'admin');
  const bytes = Buffer.from(good.slice(4), 'base64url');
  const ofWorkspace = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex');
  const moved = Buffer.concat([ofWorkspace(theirs.workspace.id), bytes.subarray(16)]);
  const flipped = Buffer.from(bytes);
  flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
  const bearer = (key: Buffer) => `Bearer tdm_${key.toString('base64url')}`;
  const tokens: Record<string, string | undefined> = {
    none: undefined,
    empty: 'Bearer',
    blank: 'Bearer  ',
    malformed: 'Bearer x',
    short: bearer(bytes.subarray(0, 40)),
    long: bearer(Buffer.concat([bytes, bytes])),
    flipped: bearer(flipped),
    'of another workspace': bearer(moved),
    'of no workspace': bearer(Buffer.alloc(48)),
    'without its prefix': `Bearer ${good.slice(4)}`,
    'of another scheme': `Basic ${Buffer.from(`${good}:`).toString('base64')}`,
    'without a scheme': good,
    expired: `Bearer ${await tokenOf(ours, 'admin', new Date(ours.hub.clock().getTime() - 90 * DAY))}`,
    revoked: `Bearer ${revoked}`,
  };
  const before = await Promise.all([print(ours), print(theirs)]);
  const faults: string[] = [];
  for (const operation of signedIn()) {
    const [request] = samplesOf(operation, nothingKnown, 1);
    if (!request) continue;
    for (const [kind, token] of Object.entries(tokens)) {
      const fault = refusalFault(await sendRequest(ours.app, request, token), 401, 'signed-out');
      if (fault !== null) faults.push(`${operation.name} with a token ${kind}: ${fault}`);
    }
  }
  expect(faults).toEqual([]);
  expect(await Promise.all([print(ours), print(theirs)])).toEqual(before);
  // The same token, unharmed, is one.
  expect((await ours.call('GET', '/v1/me', undefined, { authorization: `Bearer ${good}` })).status).toBe(200);
});

describe.each(everyone as Role[])('as %s, somebody', (role) => {
  test('is refused what is for others, and nothing changes', async () => {
    const authorization = `Bearer ${await tokenOf(ours, role)}`;
    const before = await print(ours);
    const faults: string[] = [];
    for (const operation of signedIn()) {
      if (RULES[operation.name]?.roles?.includes(role) !== false) continue;
      for (const request of samplesOf(operation, nothingKnown, 3)) {
        const answer = await sendRequest(ours.app, request, authorization);
        const fault = refusalFault(answer, 403, 'forbidden');
        if (fault !== null || !isRefusedByRole(answer)) faults.push(`${operation.name}: ${fault}`);
      }
    }
    expect(faults).toEqual([]);
    expect(await print(ours)).toEqual(before);
  });

  test('is let through to everything else', async () => {
    const faults: string[] = [];
    for (const operation of signedIn()) {
      if (RULES[operation.name]?.roles?.includes(role) !== true) continue;
      const [request] = samplesOf(operation, nothingKnown, 1);
      if (!request) continue;
      // A new one each time: signing out is one of the operations.
      const answer = await sendRequest(ours.app, request, `Bearer ${await tokenOf(ours, role)}`);
      if (answer.status === 401 || isRefusedByRole(answer))
        faults.push(`${operation.name}: ${answer.status}`);
    }
    expect(faults).toEqual([]);
  });

  test('reads and changes nothing of another workspace, whatever it knows of there', async () => {
    expect(await findLeaks(await hubs.open({ requestsPerMinute: 1e9 }), role)).toEqual([]);
  }, 300_000);
});

test('a leak and a change in another workspace are noticed', async () => {
  const opened = await hubs.open({ requestsPerMinute: 1e9 });
  const leaky = createApp(opened.hub, {
    ...handlers,
    readFeedback: () => Promise.resolve(new JsonText('{}')),
    listFeedback: () => Promise.resolve(new JsonText(`{"items":[{"comment":"${SECRET} comment"}]}`)),
    selectorPacks: async () => {
      await sql`update campaigns c set name = c.name || '!' where c.workspace_id = ${theirs.workspace.id}`.execute(
        hubs.db,
      );
      return { packs: [] };
    },
  });
  const leaks = (await findLeaks({ ...opened, app: leaky }, 'rep')).join('\n');
  expect(leaks).toMatch(/^readFeedback: 200/m);
  expect(leaks).toMatch(/^listFeedback: 200/m);
  expect(leaks).toContain('campaigns of the other workspace has changed');
}, 300_000);

/** Tries every operation with every kind of value of the other workspace; says what came of it. */
async function findLeaks(opened: typeof ours, role: Role): Promise<string[]> {
  const known = await valuesOf(hubs.db, theirs.workspace.id);
  // What is guessed with comes back; what must not come back is not guessed with.
  const guesses = { ...known, texts: known.texts.filter((text) => !text.includes(SECRET)) };
  const before = await print(theirs);
  const leaks: string[] = [];
  const token = await tokenOf(opened, role);
  const send = async (operation: DescribedOperation, request: FuzzRequest, isForeign: boolean) => {
    const own = operation.name === 'signOut' ? await tokenOf(opened, role) : token;
    const { status, text } = await sendRequest(opened.app, request, `Bearer ${own}`);
    if (text.includes(SECRET) || (isForeign && status < 400)) {
      leaks.push(`${operation.name}: ${status} to ${JSON.stringify(request)}: ${text.slice(0, 200)}`);
    }
  };
  const allowed = signedIn().filter(({ roles }) => roles?.includes(role));
  // First, as long as nothing of ours has been given one of these ids.
  for (const operation of allowed) {
    const [sample] = samplesOf(operation, guesses, 1);
    for (const request of withEveryId(operation, sample, known.ids.get('') ?? [])) {
      await send(operation, request, true);
    }
  }
  for (const operation of allowed) {
    for (const request of samplesOf(operation, guesses)) await send(operation, request, false);
  }
  const after = await print(theirs);
  const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
  return [...leaks, ...changed.map((table) => `${table} of the other workspace has changed`)];
}

/** The operation's path with every id of the other workspace in the place of its own. */
function withEveryId(
  { parameters, path }: DescribedOperation,
  sample: FuzzRequest | undefined,
  ids: readonly string[],
): FuzzRequest[] {
  const takesId = parameters.some(({ in: place, schema }) => place === 'path' && schema.format === 'uuid');
  if (!takesId || !sample) return [];
  return ids.map((id) => ({ ...sample, path: path.replaceAll(/\{\w+\}/g, id) }));
}

test('what is guessed with opens the workspace it comes from', async () => {
  const known = await valuesOf(hubs.db, theirs.workspace.id);
  const call = await theirs.as(theirs.rep);
  const queries = known.emails.slice(0, 50).map((email) => ({ email }));
  expect((await call('POST', '/v1/context', { queries })).text).toContain(SECRET);
  const opened = await Promise.all(
    (known.ids.get('feedback') ?? []).map((id) => call('GET', `/v1/feedback/${id}`)),
  );
  expect(opened.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(opened.map(({ text }) => text).join('')).toContain(SECRET);
});

describe('a write key', () => {
  test('opens what takes one, and nothing else', async () => {
    const made = described.operations.find(({ name }) => name === 'createWriteKey');
    const takers = described.operations.filter(({ takesWriteKey }) => takesWriteKey);
    if (!made) return expect(takers).toEqual([]);
    const answer = await (await ours.as(ours.admin))('POST', made.path, { name: 'Matrix' });
    const { key } = answer.json as { key: string };
    const faults: string[] = [];
    for (const operation of signedIn()) {
      const [request] = samplesOf(operation, nothingKnown, 1);
      if (!request) continue;
      const { status } = await sendRequest(ours.app, request, `Bearer ${key}`);
      const isOpen = status !== 401 && status !== 403;
      if (isOpen !== operation.takesWriteKey) faults.push(`${operation.name}: ${status}`);
    }
    expect(faults).toEqual([]);
  });
});

test('what is no operation is open to everybody or is not there, and says nothing', async () => {
  for (const authorization of [undefined, `Bearer ${await tokenOf(ours, 'rep')}`]) {
    const ask = (method: string, path: string) =>
      sendRequest(ours.app, { method, path, headers: {} }, authorization);
    expect((await ask('GET', '/healthz')).status).toBe(200);
    expect((await ask('GET', '/openapi.json')).status).toBe(200);
    for (const path of [
      '/',
      '/v1',
      '/v1/',
      '/v1/nothing',
      '/v2/me',
      '/V1/me',
      '/v1/me/',
      '/v1//me',
      '/.env',
      '/%2e%2e/',
    ]) {
      expect({ path, fault: refusalFault(await ask('GET', path), 404, 'not-found') }).toEqual({
        path,
        fault: null,
      });
    }
    const paths = new Set(described.operations.map(({ path }) => path));
    for (const path of paths) {
      const methods = described.operations.filter((one) => one.path === path).map(({ method }) => method);
      const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => !methods.includes(method));
      for (const method of others) {
        const answer = await ask(method, path.replaceAll(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000'));
        // Another operation may have the same form, e.g. /v1/things/{id} and /v1/things/new: it refuses what is no id.
        const isOther = described.operations.some(
          (one) => one.method === method && one.path !== path && formOf(one.path).test(path),
        );
        const fits = answer.status === 405 || answer.status === 401 || (isOther && answer.status >= 400);
        expect({ method, path, fits, status: answer.status }).toMatchObject({ fits: true });
      }
    }
  }
});
