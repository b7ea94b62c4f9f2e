import { describe, expect, test } from 'vitest';
import { type Connector, PULLS } from '../../../server/connectors/connector.ts';
import { secretNames } from '../../../server/connectors/describe-connector.ts';
import { failureWords } from '../../../server/connectors/failure-words.ts';
import { pullOf } from '../../../server/connectors/items.ts';
import type { SourceFailure } from '../../../server/connectors/source-error.ts';
import type { PullName } from '../../../utils/contract/source.ts';
import type { FakeSystem } from '../../peers/fakes/fake-system.ts';
import { FAKES } from '../../peers/fakes/index.ts';
import { openSourceHub, type SourceHub } from '../support/source-hub.ts';
import { serverUrl } from '../support/test-database.ts';
import { useTestHub } from '../support/test-hub.ts';

/** Several pages where pages are of a hundred, and a second one where they are of two hundred. */
const CONTACTS = 230;
/** Enough to say what was wrong with them. */
const FEW = 40;
/** Longer than any lease. */
const LEASE_OVER_MS = 6 * 60_000;
/** What no log and no status may ever hold. */
const PERSONAL = 'somebody.private@customer.example';

const hubs = useTestHub();

/** Every system is stored in the same way: on the slower engine two of them are enough. */
const systems = Object.entries(FAKES).filter(
  ([system]) => serverUrl() !== undefined || ['example', 'odoo'].includes(system),
);

describe.each(systems)('%s', (_, createFake) => {
  const open = (between?: Parameters<typeof openSourceHub>[3], contacts = CONTACTS) =>
    openSourceHub(hubs, createFake, contacts, between);

  test('brings in everything there is, and the same again without any change', async () => {
    const hub = await open();
    await hub.sync();
    const rows = await hub.rows();
    const { contents } = hub.fake;
    expect(rows.people.length + (await countMerged(hub))).toBeGreaterThan(0);
    expect(rows.records.length).toBeGreaterThanOrEqual(contents.people);
    expect(rows.touchpoints).toHaveLength(contents.touchpoints);
    expect(await hub.problem()).toBeNull();
    expect((await hub.source()).lastSuccessAt).not.toBeNull();
    for (const { skipped, pull, lastProblem } of await hub.pulls())
      expect({ pull, skipped, lastProblem }).toEqual({ pull, skipped: 0, lastProblem: null });

    await hub.restart();
    await hub.sync();
    expectSame(await hub.rows(), rows);
    await hub.syncChanges();
    expectSame(await hub.rows(), rows);
    expectSilence(hub);
  });

  test('goes on where a hub has died, at every page: before it was asked for, and before it was stored', async () => {
    const whole = await open();
    await whole.sync();

    const deaths = new Set<string>();
    let died: (() => void) | undefined;
    const die = () => {
      died?.();
      return new Promise<never>(() => {});
    };
    const dying = (connector: Connector) =>
      aroundPulls(connector, async (name, { cursor, since }, work) => {
        const place = JSON.stringify([name, since === null, cursor]);
        // Only while history comes in: what has changed would never end, for each death takes minutes.
        if (since === null && once(deaths, `${place} asked`)) return die();
        const page = await work();
        if (since === null && once(deaths, `${place} answered`)) return die();
        return page;
      });
    const hub = await open({ connector: dying });
    for (let lives = 0; ; lives++) {
      expect(lives).toBeLessThan(5_000);
      const death = new Promise<'died'>((resolve) => (died = () => resolve('died')));
      const end = await Promise.race([death, hub.run()]);
      const isDone = (await hub.pulls()).every(({ finishedAt }) => finishedAt !== null);
      if (end !== 'died' && isDone) break;
      hub.time.advance(LEASE_OVER_MS);
    }
    expect(deaths.size).toBeGreaterThan(4);
    expectSame(await hub.rows(), await whole.rows());
  });

  test('brings in exactly what was changed since', async () => {
    const hub = await open();
    await hub.sync();
    await hub.syncChanges();
    const before = await hub.rows();
    hub.time.advance(20 * 60_000);
    await hub.sync();
    hub.fake.change(7);
    // The system may take its time to show what was changed.
    hub.time.advance(hub.fake.connector.overlapMs);
    await hub.syncChanges();
    await hub.syncChanges();
    const after = await hub.rows();
    expect(after.people).toHaveLength(before.people.length);
    const known = new Set(before.people);
    expect(after.people.filter((row) => !known.has(row))).toHaveLength(7);
  });

  const pulls = PULLS.filter((name) =>
    pullOf(createFake({ contacts: 1, now: () => new Date() }).connector, name),
  );
  describe.each(pulls)('when something is wrong with %s', (name) => {
    test.each(FAILURES)('%s is said in words, and nothing else', async (_, { failure, answer }) => {
      let broken = true;
      let current: PullName | null = null;
      const between = {
        connector: (connector: Connector) =>
          aroundPulls(connector, (pull, _request, work) => {
            current = pull;
            return work();
          }),
        fetch: (fake: FakeSystem) => (request: Request) =>
          broken && current === name ? answer(() => fake.fetch(request)) : fake.fetch(request),
      };
      const hub = await open(between, FEW);
      await hub.run();
      const words = await hub.problem();
      const said = failureWords({ failure, detail: null });
      expect(words?.en).toContain(said.en.slice(0, -1));
      expect(words?.de).toContain(said.de.slice(0, -1));
      expectSilence(hub, JSON.stringify(words));

      // What only concerns this one has kept none of the others from coming in.
      if (words?.en !== said.en && !words?.en.startsWith(said.en.slice(0, -1))) {
        for (const { pull, lane, finishedAt } of await hub.pulls())
          if (pull !== name && lane === 'history')
            expect({ pull, finishedAt }).not.toMatchObject({ finishedAt: null });
      }
      broken = false;
      await hub.sync();
      expect(await hub.problem()).toBeNull();
      expect((await hub.rows()).touchpoints).toHaveLength(hub.fake.contents.touchpoints);
      expectSilence(hub);
    });
  });
});

const json = (status: number, headers: Record<string, string> = {}) =>
  Response.json({ message: `${PERSONAL} may not`, status }, { status, headers });

type Answer = (ask: () => Promise<Response>) => Promise<Response>;
const FAILURES: [string, { failure: SourceFailure; answer: Answer }][] = [
  ['401', { failure: 'signed-out', answer: () => Promise.resolve(json(401)) }],
  ['403', { failure: 'forbidden', answer: () => Promise.resolve(json(403)) }],
  ['404', { failure: 'not-found', answer: () => Promise.resolve(json(404)) }],
  ['429', { failure: 'rate-limited', answer: () => Promise.resolve(json(429, { 'retry-after': '600' })) }],
  ['429 without a time', { failure: 'rate-limited', answer: () => Promise.resolve(json(429)) }],
  ['500', { failure: 'unavailable', answer: () => Promise.resolve(json(500)) }],
  [
    'a timeout',
    { failure: 'timeout', answer: () => Promise.reject(new DOMException(PERSONAL, 'TimeoutError')) },
  ],
  ['no connection', { failure: 'unreachable', answer: () => Promise.reject(new TypeError(PERSONAL)) }],
  [
    'garbage',
    { failure: 'unreadable', answer: () => Promise.resolve(new Response(`<html>${PERSONAL}</html>`)) },
  ],
  [
    'an answer that is cut off',
    {
      failure: 'unreadable',
      async answer(ask) {
        const { status, headers, ...response } = await ask().then(async (answer) => ({
          ...{ status: answer.status, headers: answer.headers },
          text: await answer.text(),
        }));
        return new Response(response.text.slice(0, -Math.ceil(response.text.length / 2)), {
          status,
          headers,
        });
      },
    },
  ],
];

/** The same connector, but for what is done around its pulls. */
function aroundPulls(
  connector: Connector,
  around: <T>(
    name: PullName,
    request: { since: Date | null; cursor: unknown },
    work: () => Promise<T>,
  ) => Promise<T>,
): Connector {
  const wrapped = { ...connector };
  const names = {
    campaigns: 'pullCampaigns',
    people: 'pullPeople',
    consent: 'pullConsent',
    touchpoints: 'pullTouchpoints',
    planned: 'pullPlanned',
  } as const;
  for (const name of PULLS) {
    const pull = pullOf(connector, name);
    if (!pull) continue;
    const around_: typeof pull = (io, request) => around(name, request, () => pull(io, request));
    Object.assign(wrapped, { [names[name]]: around_ });
  }
  return wrapped;
}

function once(seen: Set<string>, place: string): boolean {
  const isNew = !seen.has(place);
  seen.add(place);
  return isNew;
}

type Rows = Awaited<ReturnType<SourceHub['rows']>>;

/** Names the first rows that differ; thousands of them help nobody. */
function expectSame(actual: Rows, expected: Rows): void {
  for (const table of Object.keys(expected) as (keyof Rows)[]) {
    const [are, should] = [new Set(actual[table]), new Set(expected[table])];
    const missing = expected[table].filter((row) => !are.has(row)).slice(0, 2);
    const extra = actual[table].filter((row) => !should.has(row)).slice(0, 2);
    expect({ table, count: actual[table].length, missing, extra }).toEqual({
      ...{ table, count: expected[table].length, missing: [], extra: [] },
    });
  }
}

/** Neither the log nor what is shown holds a key, an address or an answer. */
function expectSilence({ log, fake }: SourceHub, shown = ''): void {
  const text = log.join('\n') + shown;
  const secrets = secretNames(fake.connector).flatMap((name) => {
    const value = fake.settings[name];
    return typeof value === 'string' ? [value] : [];
  });
  for (const secret of [...secrets, ...(fake.token ? [fake.token.accessToken] : []), PERSONAL])
    expect(text).not.toContain(secret);
  expect(text).not.toMatch(/[\w.+-]+@[\w-]+\.\w+/);
}

/** Records of people whom others had made known before. */
async function countMerged(hub: SourceHub): Promise<number> {
  const { people, records } = await hub.rows();
  return records.length - people.length;
}
