import fc from 'fast-check';
import { expect, test } from 'vitest';
import { issueToken } from '../../server/auth/tokens.ts';
import { answerCheck } from './support/answer-check.ts';
import { type DescribedOperation, describedOperations } from './support/described-operations.ts';
import { fillWorkspace, valuesOf } from './support/full-workspace.ts';
import { type FuzzRequest, fuzzRequests } from './support/fuzz-request.ts';
import { breakBody } from './support/hostile.ts';
import { MARKER } from './support/schema-arbitrary.ts';
import { sendRequest } from './support/send-request.ts';
import { serverUrl } from './support/test-database.ts';
import { useTestHub } from './support/test-hub.ts';

/** What breaks a handler breaks it on both engines; the second one needs only enough to show that its queries are sound. */
const REQUESTS = serverUrl() === undefined ? 10_500 : 3_000;
const ROLES = ['rep', 'marketer', 'manager', 'admin', 'nobody'] as const;
type FuzzRole = (typeof ROLES)[number];
/** To repeat a run: TANDEM_FUZZ_SEED=<seed>. */
const SEED = Number(process.env.TANDEM_FUZZ_SEED ?? Date.now() % 2 ** 31);

/** Only what hangs is ended: alone it takes a minute. */
const PATIENCE_MS = 900_000;

const hubs = useTestHub();

async function open() {
  const opened = await hubs.open({ requestsPerMinute: 1e9 });
  await fillWorkspace(opened, MARKER);
  const { app, hub, workspace, rep, marketer, salesManager, admin } = opened;
  const { operations, schemas } = await describedOperations(opened.call);
  const known = await valuesOf(hub.databaseOf(workspace.id), workspace.id);
  const users = { rep, marketer, manager: salesManager, admin };
  const tokens = new Map<FuzzRole, string>();
  async function send(role: FuzzRole, request: FuzzRequest) {
    if (role === 'nobody') return sendRequest(app, request);
    const token = tokens.get(role) ?? (await issueToken(hubs.db, workspace.id, users[role].id, hub.clock()));
    tokens.set(role, token);
    const answer = await sendRequest(app, request, `Bearer ${token}`);
    // This request, or another one before it, has signed the user out.
    if (answer.status === 401 || request.method === 'DELETE') tokens.delete(role);
    return answer;
  }
  return { operations, schemas, requests: fuzzRequests(schemas, known), send, log: opened.log };
}

const roleFor = ({ roles }: DescribedOperation) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...((roles ?? ROLES) as FuzzRole[])) },
    { weight: 1, arbitrary: fc.constantFrom(...ROLES) },
  );

test(
  `none of ${REQUESTS} requests breaks the hub, its contract or its silence (seed ${SEED})`,
  async () => {
    const { operations, schemas, requests, send, log } = await open();
    const perKind = Math.ceil(REQUESTS / operations.length / 2);
    const failures: string[] = [];
    let sent = 0;

    async function run(operation: DescribedOperation, kind: 'valid' | 'breaking', seed: number) {
      const wrong = answerCheck(operation, schemas);
      const property = fc.asyncProperty(
        requests[kind](operation),
        roleFor(operation),
        async (request, role) => {
          const answer = await send(role, request);
          sent += 1;
          const logged = log.splice(0).join('');
          const said = logged.toLowerCase().includes(MARKER)
            ? 'writes personal data to its log'
            : wrong(answer);
          if (said !== null) throw new Error(`${said}\n${answer.text.slice(0, 1000)}\n${logged}`);
        },
      );
      const result = await fc.check(property, { numRuns: perKind, seed });
      if (result.failed)
        failures.push(
          `${operation.name}: ${fc.stringify(result.counterexample)}\n${String(result.errorInstance)}`,
        );
    }

    // Each with a seed of its own, or all of them would use the same Idempotency-Keys.
    for (const [index, operation] of operations.entries()) {
      await run(operation, 'valid', SEED + 2 * index);
      await run(operation, 'breaking', SEED + 2 * index + 1);
    }
    expect(failures.join('\n\n')).toBe('');
    expect(sent).toBeGreaterThan(0.95 * REQUESTS);
  },
  PATIENCE_MS,
);

test(
  `no broken document of an agreement breaks the hub (seed ${SEED})`,
  async () => {
    const { operations, schemas, send } = await open();
    const named = (name: string) => operations.find((operation) => operation.name === name);
    const propose = named('proposeAgreement');
    if (!propose) throw new Error('Nobody can propose an agreement any more.');
    const wrong = answerCheck(propose, schemas);
    const read = { method: 'GET', path: '/v1/agreement/versions/1/text?format=json', headers: {} };
    const { text } = (await send('manager', read)).json as { text: string };
    const deep = (levels: number) =>
      text.replace('"criteria": {', `"criteria": ${'{"type":"not","of":['.repeat(levels)}{`);
    expect(deep(1)).not.toBe(text);
    const documents = fc.oneof(
      { weight: 10, arbitrary: breakBody(fc.constant(JSON.parse(text) as unknown)) },
      fc.constantFrom(...[10, 1_000, 4_000].map(deep)),
      fc
        .constantFrom('[', '{a: ', '- ', '&a [*a, ')
        .chain((part) => fc.nat(6_000).map((n) => part.repeat(n))),
      fc.constantFrom(
        '&a [*a]',
        '? {}\n: x',
        '!!js/function x',
        '<<: *a',
        '%YAML 9.9\n---',
        '--- a\n--- b',
        '\t- x',
      ),
    );
    const property = fc.asyncProperty(documents, fc.constantFrom('json', 'yaml'), async (text, format) => {
      const body = JSON.stringify({ basedOn: 1, format, text: text === '' ? ' ' : text });
      const headers = { 'content-type': 'application/json' };
      const answer = await send('manager', { method: 'PUT', path: '/v1/agreement', headers, body });
      const said = wrong(answer);
      if (said !== null) throw new Error(`${said}\n${answer.text.slice(0, 1000)}`);
    });
    await fc.assert(property, { numRuns: 300, seed: SEED });
  },
  PATIENCE_MS,
);
