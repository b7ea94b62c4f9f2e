import { expect, test } from 'vitest';
import { loadOnEmbedded, loadWithFailover } from '../load/load-on.ts';
import type { LoadReport } from '../load/run-load.ts';

/** A short form of `npm run test:load`: what it finds is either there or not, whatever the machine's speed. */
const SHORT = { users: 30, seconds: 12, people: 100, pauseMs: 600 };

function expectNothingLost({ faults, acknowledged, failedAttempts, firstAcknowledged }: LoadReport) {
  expect(faults).toEqual([]);
  expect(acknowledged).toBeGreaterThan(20);
  // Otherwise nothing was under way when it died, and the run proves nothing.
  expect(failedAttempts).toBeGreaterThan(0);
  expect(firstAcknowledged.every(Number.isFinite)).toBe(true);
}

test('one hub, killed three times under load, has every acknowledged write once', async () => {
  expectNothingLost(await loadOnEmbedded(SHORT));
}, 600_000);

test('two hubs lose nothing when both are killed in turn, and the primary database under them', async () => {
  expectNothingLost(await loadWithFailover(SHORT, { kills: 2 }));
}, 600_000);
