import { expect, test } from 'vitest';
import { FAKES } from '../../peers/fakes/index.ts';
import { openSourceHub } from '../support/source-hub.ts';
import { useTestHub } from '../support/test-hub.ts';

/** TANDEM_SYNC_CONTACTS=25000 is the size that is promised; this is enough to meet every system's limits. */
const CONTACTS = Number(process.env['TANDEM_SYNC_CONTACTS'] ?? 2_500);
const PATIENCE_MS = 30 * 60_000;

const hubs = useTestHub();

test.each(Object.entries(FAKES))(
  '%s: a first sync stays within the limits and brings everything in',
  async (system, createFake) => {
    const hub = await openSourceHub(hubs, createFake, CONTACTS);
    const began = hub.time.now().getTime();
    await hub.sync();
    const minutes = Math.round((hub.time.now().getTime() - began) / 60_000);
    const { fake } = hub;
    const { requests, minimumRequests } = fake;
    process.stdout.write(
      `${system}: ${CONTACTS} contacts by ${requests} requests (at least ${minimumRequests}), ` +
        `${minutes} minutes in its own time\n`,
    );
    const rows = await hub.rows();
    expect(rows.records.length).toBeGreaterThanOrEqual(fake.contents.people);
    expect(rows.touchpoints).toHaveLength(fake.contents.touchpoints);
    expect(await hub.problem()).toBeNull();
  },
  PATIENCE_MS,
);
