import { expect, test } from 'vitest';
import { runSources } from '../../server/connectors/run-sources.ts';
import { createExampleFake } from '../peers/fakes/example.ts';
import { openSourceHub } from './support/source-hub.ts';
import { useTestHub } from './support/test-hub.ts';

const CONTACTS = 230;
/** Longer than any lease. */
const LEASE_OVER_MS = 6 * 60_000;

const hubs = useTestHub();

test('several hubs read a source once: whoever has it has it alone', async () => {
  const alone = await openSourceHub(hubs, createExampleFake, CONTACTS);
  await alone.sync();
  const shared = await openSourceHub(hubs, createExampleFake, CONTACTS);
  await Promise.all(Array.from({ length: 5 }, () => runSources(shared.hub)));
  await shared.sync();
  expect(shared.fake.requests).toBe(alone.fake.requests);
  expect(await shared.rows()).toEqual(await alone.rows());
});

test('whoever was away longer than the lease stores nothing any more: another has gone on meanwhile', async () => {
  const whole = await openSourceHub(hubs, createExampleFake, CONTACTS);
  await whole.sync();

  const answered = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  let isFirst = true;
  const hub = await openSourceHub(hubs, createExampleFake, CONTACTS, {
    fetch: (fake) => async (request) => {
      const answer = await fake.fetch(request);
      if (isFirst) {
        isFirst = false;
        held.resolve();
        await answered.promise;
      }
      return answer;
    },
  });
  const slow = runSources(hub.hub);
  await held.promise;
  hub.time.advance(LEASE_OVER_MS);
  await hub.sync();
  const before = await hub.rows();
  const { leaseUntil, nextRoundAt } = await hub.source();
  answered.resolve();
  await slow;
  expect(await hub.rows()).toEqual(before);
  expect(before).toEqual(await whole.rows());
  expect(await hub.source()).toMatchObject({ leaseUntil, nextRoundAt, failures: 0, failure: null });
});
