import { runSources } from '../connectors/run-sources.ts';
import { resealSource } from '../connectors/source-secrets.ts';
import { lockSource, readSources, updateSealed } from '../connectors/source-store.ts';
import { resealChannel } from '../deliveries/channel-secrets.ts';
import { lockChannel, readChannels, updateSecrets } from '../deliveries/channel-store.ts';
import { deliverDue } from '../deliveries/deliver.ts';
import { forgetDeliveries } from '../deliveries/delivery-store.ts';
import { noteDigests } from '../deliveries/note-digests.ts';
import { forgetDigests } from '../digest/digest-store.ts';
import { sendDigests } from '../digest/send-digests.ts';
import type { Hub } from '../hub.ts';
import type { Database } from '../store/database.ts';
import { every, HOUR_MS, MINUTE_MS, type Jobs, type RunningJobs, startJobs } from './jobs.ts';
import { transact } from '../store/transact.ts';
import { writeBackDue } from '../write-backs/write-back-due.ts';

/**
 * What leaves the hub, and what is brought in. These jobs wait for other systems, so they run beside the hub's own, and
 * beside each other: a mail server that hangs must not hold up a webhook.
 */
export function startOutgoing(hub: Hub): RunningJobs {
  let stopped = false;
  const isStopped = () => stopped;
  const deliveries: Jobs = {
    noteDigests: every(MINUTE_MS, noteDigests),
    deliver: () => deliverDue(hub, isStopped).then(() => false),
  };
  const writeBacks: Jobs = { writeBack: () => writeBackDue(hub, isStopped).then(() => false) };
  const rest: Jobs = {
    digest: every(MINUTE_MS, () => sendDigests(hub, isStopped).then(() => false)),
    reseal: every(HOUR_MS, async (db, workspaceId) => {
      await resealChannels(hub, db, workspaceId);
      await resealSources(hub, db, workspaceId);
      return false;
    }),
    forget: every(HOUR_MS, async (db, workspaceId, now) => {
      await forgetDeliveries(db, workspaceId, now);
      await forgetDigests(db, workspaceId, now);
      return false;
    }),
  };
  const sources: Jobs = { sources: () => runSources(hub, isStopped).then(() => false) };
  const running = [deliveries, sources, writeBacks, rest].map((jobs) => startJobs(hub, jobs));
  return {
    wake: () => {
      for (const each of running) each.wake();
    },
    stop: async () => {
      stopped = true;
      await Promise.all(running.map((each) => each.stop()));
    },
  };
}

/** Encrypts by the newest key what an older one encrypted, so that the older one can be taken away. */
export async function resealChannels(hub: Hub, db: Database, workspaceId: string): Promise<void> {
  const { secrets } = hub;
  if (!secrets) return;
  for (const { id } of await readChannels(db, workspaceId)) {
    await transact(db, workspaceId, hub.clock(), async (tx) => {
      const channel = await lockChannel(tx, workspaceId, id);
      const anew = channel && resealChannel(secrets, workspaceId, channel);
      if (anew) await updateSecrets(tx, workspaceId, anew);
    });
  }
}

/** The same for sources. */
export async function resealSources(hub: Hub, db: Database, workspaceId: string): Promise<void> {
  const { secrets } = hub;
  if (!secrets) return;
  for (const { system } of await readSources(db, workspaceId)) {
    await transact(db, workspaceId, hub.clock(), async (tx) => {
      const source = await lockSource(tx, workspaceId, system);
      const anew = source && resealSource(secrets, workspaceId, source);
      if (anew) await updateSealed(tx, workspaceId, system, anew);
    });
  }
}
