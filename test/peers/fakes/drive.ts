import { type Cursor, PULLS } from '../../../server/connectors/connector.ts';
import { type CountingIo, createSourceIo } from '../../../server/connectors/create-request.ts';
import { ITEMS, type Items, pullOf } from '../../../server/connectors/items.ts';
import { createPace, type SourceTime } from '../../../server/connectors/pace.ts';
import { SourceError } from '../../../server/connectors/source-error.ts';
import type { FakeSystem } from './fake-system.ts';

export type Pulled = { [Name in keyof Items]: Items[Name][] } & { requests: number; pages: number };

/** No system of a test has more pages: a cursor that goes round in circles ends here. */
const MAX_PAGES = 50_000;

/** What a connector works with when it talks to a fake. */
export function fakeIo(fake: FakeSystem, time: SourceTime): CountingIo {
  const { connector, settings, token, refreshToken } = fake;
  const fetch = (request: Request) => fake.fetch(request);
  return createSourceIo({ connector, settings, token, refreshToken, fetch, time, pace: createPace(time) });
}

/**
 * Runs a connector's pulls against a fake, without a hub, as the runner does: waits out what it is told to wait, hands
 * each cursor back as JSON, and takes only items that are what they must be.
 *
 * @throws ZodError for an item that is not.
 */
export async function pullAll(
  fake: FakeSystem,
  time: SourceTime,
  { since = null }: { since?: Date | null } = {},
): Promise<Pulled> {
  const io = fakeIo(fake, time);
  const pulled: Pulled = {
    ...{ campaigns: [], people: [], consent: [], touchpoints: [], planned: [] },
    ...{ requests: 0, pages: 0 },
  };
  for (const name of PULLS) {
    const pull = pullOf(fake.connector, name);
    if (!pull) continue;
    let cursor: Cursor | null = null;
    do {
      if (pulled.pages >= MAX_PAGES) throw new Error(`The pull of ${name} does not end.`);
      const page = await patiently(time, () => pull(io, { since, cursor }));
      const items = page.items.map((item) => ITEMS[name].parse(item));
      (pulled[name] as unknown[]).push(...items);
      pulled.pages += 1;
      cursor = page.next && (JSON.parse(JSON.stringify(page.next)) as Cursor);
    } while (cursor);
  }
  return { ...pulled, requests: io.requests };
}

/** As the runner, which comes back when the system allows. */
async function patiently<T>(time: SourceTime, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof SourceError) || !error.retryAt) throw error;
      await time.sleep(Math.max(1, error.retryAt.getTime() - time.now().getTime()));
    }
  }
}
