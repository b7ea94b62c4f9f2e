import { sql } from 'kysely';
import { describe, expect, test, vi } from 'vitest';
import { ensureAgreement } from '../../server/agreement/ensure-agreement.ts';
import { defaultAgreement } from '../../utils/domain/default-agreement.ts';
import { Agreement, AgreementDocument, AgreementVersion } from '../../utils/contract/agreement.ts';
import { ContextResponse } from '../../utils/contract/lead-context.ts';
import { Problem } from '../../utils/contract/problem.ts';
import type { User } from '../../utils/contract/session.ts';
import { type Answered, useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const HOUR = 3_600_000;

/** A change that both teams can tell from what was: returning needs a reason. */
async function open() {
  const hub = await hubs.open();
  const { as, now } = hub;
  const document = AgreementDocument.parse(defaultAgreement(new Date(now())));
  const changed: AgreementDocument = { ...document, returnNeedsReason: true };
  const text = (of: unknown) => JSON.stringify(of);
  const proposal = (rest: object = {}) => ({ basedOn: 1, format: 'json', text: text(changed), ...rest });
  const version = (answer: Answered) => {
    expect(answer.json).toMatchObject({ version: expect.any(Number) as number });
    return AgreementVersion.parse(answer.json);
  };
  const propose = async (user: User, body: object = proposal()) =>
    (await as(user))('PUT', '/v1/agreement', body);
  const sign = async (user: User, number = 2) =>
    (await as(user))('POST', `/v1/agreement/versions/${number}/signatures`, {});
  const reject = async (user: User, number = 2, body: object = {}) =>
    (await as(user))('POST', `/v1/agreement/versions/${number}/rejection`, body);
  const inForce = async () => Agreement.parse((await (await as(hub.rep))('GET', '/v1/agreement')).json);
  return { ...hub, document, changed, text, proposal, version, propose, sign, reject, inForce };
}

const problem = (name: string, status: number) => ({ type: `urn:tandem:problem:${name}`, status });

describe('what the hub ships', () => {
  test('is version 1, in force, and signed by nobody', async () => {
    const { inForce, document, as, rep, now } = await open();
    expect(await inForce()).toEqual({ ...document, version: 1, inForceSince: now(), signatures: [] });
    expect((await (await as(rep))('GET', '/v1/agreement/versions')).json).toEqual({
      versions: [
        {
          version: 1,
          state: 'in-force',
          basedOn: null,
          proposedBy: null,
          proposedAt: now(),
          signatures: [],
          inForceSince: now(),
        },
      ],
    });
  });

  test.each(['yaml', 'json'])('reads back from its %s as it was', async (format) => {
    const { as, marketer, propose, document, text } = await open();
    const answer = await (await as(marketer))('GET', `/v1/agreement/versions/1/text?format=${format}`);
    const { text: written } = answer.json as { text: string };
    // Nothing but what was changed by hand is another document.
    const same = await propose(marketer, { basedOn: 1, format, text: written });
    expect(same.json).toMatchObject({ ...problem('invalid', 400), errors: [{ detail: 'changes nothing' }] });
    const edited = written.replace(document.reasons[0]?.label.en ?? '', 'Something else');
    expect(edited).not.toBe(written);
    expect((await propose(marketer, { basedOn: 1, format, text: edited })).status).toBe(200);
    const back = await (await as(marketer))('GET', '/v1/agreement/versions/2/text?format=json');
    const [first, ...others] = document.reasons;
    const reasons = [{ ...first, label: { ...first?.label, en: 'Something else' } }, ...others];
    expect(JSON.parse((back.json as { text: string }).text)).toEqual(
      JSON.parse(text({ ...document, reasons })),
    );
  });

  test('is read as YAML without a mark of the machine', async () => {
    const { as, rep } = await open();
    const answer = await (await as(rep))('GET', '/v1/agreement/versions/1/text');
    const { text } = answer.json as { text: string };
    expect(text).toMatch(/^glossary:\n {2}- id: /);
    expect(text).toMatch(/movers: \[marketing, system\]/);
    expect(text).not.toMatch(/[&*]a\d|\\u|!!/);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(140);
  });
});

describe('a change', () => {
  test('is a proposal until a manager of the other side has signed it', async () => {
    const { marketer, salesManager, propose, sign, version, inForce, proposal, changed, now, pass } =
      await open();
    const proposedAt = now();
    const proposed = version(await propose(marketer, proposal({ comment: 'So that we can learn from it' })));
    const signature = { team: 'marketing', by: { id: marketer.id, name: marketer.name }, at: proposedAt };
    expect(proposed).toEqual({
      version: 2,
      state: 'proposal',
      basedOn: 1,
      proposedBy: { id: marketer.id, name: marketer.name, team: 'marketing' },
      proposedAt,
      comment: 'So that we can learn from it',
      signatures: [signature],
    });
    expect((await inForce()).version).toBe(1);

    pass(HOUR);
    const signed = version(await sign(salesManager));
    const both = [
      signature,
      { team: 'sales', by: { id: salesManager.id, name: salesManager.name }, at: now() },
    ];
    expect(signed).toMatchObject({ state: 'in-force', signatures: both, inForceSince: now() });
    expect(await inForce()).toEqual({ ...changed, version: 2, inForceSince: now(), signatures: both });
    // Signing twice is signing once.
    expect(version(await sign(salesManager))).toEqual(signed);
  });

  test('by sales is signed by marketing', async () => {
    const { salesManager, marketingManager, propose, sign, version } = await open();
    version(await propose(salesManager));
    expect(version(await sign(marketingManager)).state).toBe('in-force');
  });

  test('puts an end to the version before', async () => {
    const { marketer, salesManager, propose, sign, as, now, pass } = await open();
    await propose(marketer);
    pass(HOUR);
    await sign(salesManager);
    const { json } = await (await as(marketer))('GET', '/v1/agreement/versions');
    expect(json).toMatchObject({
      versions: [
        { version: 2, state: 'in-force' },
        { version: 1, state: 'superseded', inForceUntil: now() },
      ],
    });
  });

  test('is signed by nobody for both sides', async () => {
    const { marketer, marketingManager, salesManager, rep, admin, propose, sign, inForce } = await open();
    await propose(marketer);
    expect((await sign(marketingManager)).json).toMatchObject(problem('forbidden', 403));
    for (const user of [marketer, rep, admin]) {
      expect((await sign(user)).json).toMatchObject(problem('forbidden', 403));
    }
    await propose(salesManager);
    expect((await sign(salesManager, 3)).json).toMatchObject(problem('forbidden', 403));
    expect((await inForce()).version).toBe(1);
  });

  test('is not for a rep to propose', async () => {
    const { rep, propose } = await open();
    expect((await propose(rep)).json).toMatchObject(problem('forbidden', 403));
  });

  test('against a version that is not in force any more is refused, to propose and to sign', async () => {
    const { marketer, salesManager, propose, proposal, sign, version } = await open();
    version(await propose(marketer));
    version(await propose(marketer));
    expect((await sign(salesManager, 3)).status).toBe(200);
    expect((await sign(salesManager, 2)).json).toMatchObject(problem('conflict', 409));
    expect((await propose(marketer, proposal())).json).toMatchObject(problem('conflict', 409));
  });

  test('of two signed at once only one comes into force', async () => {
    const { marketer, salesManager, propose, sign, as, version } = await open();
    version(await propose(marketer));
    version(await propose(marketer));
    const answers = await Promise.all([sign(salesManager, 2), sign(salesManager, 3)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { json } = await (await as(marketer))('GET', '/v1/agreement/versions');
    const { versions } = json as { versions: AgreementVersion[] };
    expect(versions.filter(({ state }) => state === 'in-force')).toHaveLength(1);
  });

  test('that has expired before it is signed stays out', async () => {
    const { marketer, salesManager, propose, proposal, text, changed, sign, now, pass } = await open();
    const validUntil = new Date(Date.parse(now()) + HOUR).toISOString();
    await propose(marketer, proposal({ text: text({ ...changed, validUntil }) }));
    pass(HOUR);
    expect((await sign(salesManager)).json).toMatchObject(problem('conflict', 409));
  });

  test('can be rejected by the other side, and withdrawn', async () => {
    const { marketer, rep, salesManager, propose, reject, sign, version, now } = await open();
    await propose(marketer);
    expect((await reject(rep)).json).toMatchObject(problem('forbidden', 403));
    const rejected = version(await reject(salesManager, 2, { comment: 'Too much typing' }));
    expect(rejected).toMatchObject({
      state: 'rejected',
      rejected: {
        by: { id: salesManager.id, name: salesManager.name },
        at: now(),
        comment: 'Too much typing',
      },
    });
    expect(version(await reject(salesManager))).toEqual(rejected);
    expect((await sign(salesManager)).json).toMatchObject(problem('conflict', 409));

    await propose(salesManager);
    expect((await reject(marketer, 3)).json).toMatchObject(problem('forbidden', 403));
    await propose(marketer);
    expect(version(await reject(marketer, 4)).state).toBe('rejected');
  });

  test('that does not exist is not found', async () => {
    const { salesManager, as, sign, reject } = await open();
    expect((await sign(salesManager, 7)).json).toMatchObject(problem('not-found', 404));
    expect((await reject(salesManager, 7)).json).toMatchObject(problem('not-found', 404));
    const text = await (await as(salesManager))('GET', '/v1/agreement/versions/7/text');
    expect(text.json).toMatchObject(problem('not-found', 404));
  });

  test('holds from then on: what was before keeps its version', async () => {
    const { marketer, salesManager, rep, lena, propose, sign, as, now } = await open();
    const call = await as(rep);
    const verdict = { about: { kind: 'lead', personId: lena.id }, clientTime: now() };
    const context = async () => {
      const { json } = await call('POST', '/v1/context', { queries: [{ record: lena.externalIds[0] }] });
      const [found] = ContextResponse.parse(json).contexts;
      if (!found) throw new Error('Lena is not known.');
      return found;
    };
    await call('POST', '/v1/feedback', {
      ...verdict,
      id: crypto.randomUUID(),
      verdict: 'accepted',
      reasons: [],
    });
    const before = await context();
    expect(before.qualification.agreementVersion).toBe(1);
    expect(before.agreement).toMatchObject({ version: 1, expired: false });
    await propose(marketer);
    await sign(salesManager);
    // Judged anew by what is in force, at the next look.
    expect((await context()).qualification.agreementVersion).toBe(2);
    expect((await context()).agreement.version).toBe(2);

    const returned = { ...verdict, id: crypto.randomUUID(), verdict: 'returned' };
    expect((await call('POST', '/v1/feedback', { ...returned, reasons: [] })).status).toBe(400);
    expect((await call('POST', '/v1/feedback', { ...returned, reasons: ['no-budget'] })).status).toBe(200);
    const { stage, stageEvents } = await context();
    expect(stage).toMatchObject({ stage: 'recycled', agreementVersion: 2 });
    expect(stageEvents.map(({ to, agreementVersion }) => [to, agreementVersion])).toEqual([
      ['recycled', 2],
      ['sal', 1],
      ['mql', 1],
    ]);
  });
});

describe('a document that cannot be', () => {
  type Steps = (string | number)[];
  /** A copy with something else at a path; `undefined` takes it away. */
  const put = (document: unknown, [step, ...rest]: Steps, value: unknown): unknown => {
    if (step === undefined) return value;
    const copy = structuredClone(document) as Record<string | number, unknown>;
    copy[step] = put(copy[step], rest, value);
    return copy;
  };
  const leaf = (id: string) => ({
    type: 'attribute',
    id,
    label: { en: 'a', de: 'b' },
    attribute: 'country',
    test: { exists: true },
  });
  const nested = (depth: number): unknown =>
    depth === 1 ? leaf('deep') : { type: 'all', of: [nested(depth - 1)] };

  const cases: [string, Steps, unknown, string, RegExp][] = [
    ['no glossary', ['glossary'], undefined, '/glossary', /expected array/],
    ['a key nobody knows', ['colour'], 'red', '', /colour/],
    ['a stage twice', ['stages', 1, 'stage'], 'inquiry', '/stages', /every stage exactly once/],
    ['an empty definition', ['stages', 2, 'definition', 'de'], ' ', '/stages/2/definition/de', /empty/],
    ['a kind nobody knows', ['stages', 2, 'criteria'], { type: 'maybe' }, '/stages/2/criteria/type', /./],
    [
      'more wanted than there is',
      ['stages', 2, 'criteria'],
      { type: 'at-least', count: 3, of: [leaf('one'), leaf('two')] },
      '/stages/2/criteria/count',
      /more than the 2 parts/,
    ],
    [
      'one id twice in a stage',
      ['stages', 2, 'criteria'],
      { type: 'all', of: [leaf('one'), { type: 'not', of: leaf('one') }] },
      '/stages/2/criteria/of/1/of/id',
      /used twice: one/,
    ],
    [
      'a test of no kind',
      ['stages', 2, 'criteria'],
      { ...leaf('one'), test: { in: [] } },
      '/stages/2/criteria/test/in',
      /./,
    ],
    [
      'a range without inside',
      ['stages', 2, 'criteria'],
      { ...leaf('one'), test: { range: { min: 2, max: 1 } } },
      '/stages/2/criteria/test/range',
      /begin before it ends/,
    ],
    [
      'criteria too deep',
      ['sla', 'rules', 0, 'when'],
      nested(7),
      '/sla/rules/0/when/of/0/of/0/of/0/of/0/of/0/of',
      /too deep/,
    ],
    [
      'a rule without criteria',
      ['stages', 2, 'criteria'],
      undefined,
      '/stages/2/criteria',
      /needed for a rule/,
    ],
    [
      'no such calendar',
      ['sla', 'rules', 0, 'calendar'],
      'moon',
      '/sla/rules/0/calendar',
      /no calendar moon/,
    ],
    ['no such calendar to answer', ['sla', 'answerCalendar'], 'moon', '/sla/answerCalendar', /no calendar/],
    ['no such country', ['calendars', 0, 'holidays', 'country'], 'XX', '/calendars/0/holidays/country', /XX/],
    ['no such time zone', ['calendars', 0, 'timeZone'], 'Mars/Base', '/calendars/0/timeZone', /no time zone/],
    ['an end in the past', ['validUntil'], '2020-01-01T00:00:00.000Z', '/validUntil', /future/],
  ];

  test.each(cases)('%s: is refused with path and reason', async (_name, path, value, pointer, reason) => {
    const { marketer, propose, proposal, text, document } = await open();
    const answer = await propose(marketer, proposal({ text: text(put(document, path, value)) }));
    const { status, errors = [] } = Problem.parse(answer.json);
    expect(status).toBe(400);
    expect(errors.map((error) => error.pointer)).toContain(pointer);
    expect(errors.find((error) => error.pointer === pointer)?.detail).toMatch(reason);
  });

  test('a reason id twice is refused', async () => {
    const { marketer, propose, proposal, text, document } = await open();
    const twice = { ...document, reasons: [...document.reasons, ...document.reasons.slice(0, 1)] };
    const answer = await propose(marketer, proposal({ text: text(twice) }));
    expect(answer.json).toMatchObject({
      status: 400,
      errors: [{ pointer: `/reasons/${document.reasons.length}/id` }],
    });
  });

  test('YAML says on which line', async () => {
    const { as, marketer, propose } = await open();
    const { json } = await (await as(marketer))('GET', '/v1/agreement/versions/1/text');
    const { text } = json as { text: string };
    const lines = text.split('\n');
    const line = lines.findIndex((each) => each.includes('returnNeedsReason'));
    lines[line] = 'returnNeedsReason: perhaps';
    const wrong = await propose(marketer, { basedOn: 1, format: 'yaml', text: lines.join('\n') });
    expect(wrong.json).toMatchObject({ status: 400 });
    expect(Problem.parse(wrong.json).errors?.[0]).toMatchObject({ pointer: '/returnNeedsReason' });
    expect(wrong.text).toContain(`line ${line + 1}: `);

    lines[line] = 'returnNeedsReason: [true';
    const broken = await propose(marketer, { basedOn: 1, format: 'yaml', text: lines.join('\n') });
    expect(Problem.parse(broken.json).errors?.[0]?.detail).toMatch(/^line \d+: .*\(column \d+\)$/s);
  });

  test.each([
    ['json', '{', /JSON/],
    ['json', '{"stages":[],"stages":[]}', /stages stands here twice/],
    ['json', '[]', /./],
    ['json', '{"of":'.repeat(20_000) + '1' + '}'.repeat(20_000), /too deep/],
    ['yaml', '['.repeat(20_000), /too deep/],
    ['yaml', 'a: &a [1, 2]\nb: [*a, *a]', /alias/],
    ['yaml', `a: ${'x'.repeat(1_000)}\n${'y'.repeat(1_000)}: 1`, /./],
  ])('%s that is hostile or broken (%#) does no harm', async (format, text, reason) => {
    const { marketer, propose } = await open();
    const answer = await propose(marketer, { basedOn: 1, format, text });
    const { status, errors = [] } = Problem.parse(answer.json);
    expect(status).toBe(400);
    expect(errors.map(({ detail }) => detail).join('\n')).toMatch(reason);
    expect(answer.text.length).toBeLessThan(50_000);
  });

  test('is not quoted on stderr by the library that reads it', async () => {
    const { marketer, propose } = await open();
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    await propose(marketer, { basedOn: 1, format: 'yaml', text: '? { lena: vogt }\n: 1' });
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});

test('an agreement of an older shape makes way for the default, and is kept', async () => {
  const { workspace, inForce, as, rep, now, document } = await open();
  await sql`update agreements a set document = '{"version":1,"stages":[],"reasons":[]}'
    where a.workspace_id = ${workspace.id}`.execute(hubs.db);
  const warned: unknown[] = [];
  const logger = { warn: (fields: unknown) => void warned.push(fields) };
  await ensureAgreement(hubs.db, workspace.id, new Date(now()), logger);
  await ensureAgreement(hubs.db, workspace.id, new Date(now()), logger);
  expect(warned).toEqual([{ unreadable: 1, version: 2 }]);
  expect(await inForce()).toEqual({ ...document, version: 2, inForceSince: now(), signatures: [] });
  const { json } = await (await as(rep))('GET', '/v1/agreement/versions');
  expect(json).toMatchObject({
    versions: [
      { version: 2, state: 'in-force', basedOn: 1, proposedBy: null },
      { version: 1, state: 'superseded' },
    ],
  });
  const old = await (await as(rep))('GET', '/v1/agreement/versions/1/text?format=yaml');
  expect(old.json).toEqual({ text: 'version: 1\nstages: []\nreasons: []\n' });
});
