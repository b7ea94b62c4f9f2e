import { remindRenewal } from '../agreement/remind-renewal.ts';
import type { Hub } from '../hub.ts';
import { logFailure } from '../log-failure.ts';
import { remapDue } from '../mapping/remap-due.ts';
import { evaluateDue } from '../qualification/evaluate-due.ts';
import { countDue } from '../reports/count-due.ts';
import type { Database } from '../store/database.ts';
import { rotateLeadKey } from '../store/lead-keys.ts';
import type { Store } from '../store/store.ts';
import { escalateNext } from './escalate.ts';
import { followClocks } from './follow-clocks.ts';
import { retain, type Retention } from './retain.ts';
import { repairNightly } from './repair-nightly.ts';
import { tidy } from './tidy.ts';
import { vacuum } from './vacuum.ts';

const EVERY_MS = 1_000;
/** After a write: long enough that a burst of them is one run, too short for anybody to wait. */
const AFTER_WRITE_MS = 20;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

/** Does some of what is due, each time in one transaction, and says whether there may be more. */
type Job = (db: Database, workspaceId: string, now: Date) => Promise<boolean>;
export type Jobs = Readonly<Record<string, Job>>;

const JOBS: Jobs = {
  remap: remapDue,
  evaluate: evaluateDue,
  escalate: escalateNext,
  clocks: followClocks,
  rotate: rotateLeadKey,
  count: countDue,
  repair: repairNightly,
};

/** Does everything that is due now. What fails is logged and still due the next time. */
export async function runJobs(hub: Hub, jobs = JOBS, isStopped = () => false): Promise<void> {
  for (const [name, job] of Object.entries(jobs)) {
    try {
      while (!isStopped() && (await job(hub.databaseOf(hub.workspaceId), hub.workspaceId, hub.clock())))
        hub.live.poke(hub.workspaceId);
      hub.metrics.job(name, 'done', hub.clock());
    } catch (error) {
      hub.metrics.job(name, 'failed', hub.clock());
      logFailure(hub.logger, error, `job ${name} failed`);
    }
  }
  // Also finds what another process wrote, should it ever not have been heard.
  hub.live.poke(hub.workspaceId);
}

/** Everything that a running hub does by itself. */
export const regularJobs = (
  { embedded, owner }: Pick<Store, 'embedded' | 'owner'>,
  { hub, retention }: { hub: Hub; retention: Retention },
): Jobs => ({
  ...JOBS,
  views: () => hub.personViews.flush(hub),
  retain: every(HOUR_MS, (db, workspaceId, now) => retain(db, workspaceId, now, retention)),
  renewal: every(HOUR_MS, remindRenewal),
  tidy: every(HOUR_MS, tidy),
  // PostgreSQL does it by itself.
  ...(embedded && { vacuum: every(MINUTE_MS, () => vacuum(owner)) }),
});

export interface RunningJobs {
  /** Something was written, after which something may be due. */
  wake: () => void;
  /** Starts nothing more, and resolves once what is under way has ended. */
  stop: () => Promise<void>;
}

/** Does what is due every second and soon after every write, one run at a time (docs/decisions/0005-due-rows.md). */
export function startJobs(hub: Hub, jobs: Jobs): RunningJobs {
  let running: Promise<void> | null = null;
  let waiting: NodeJS.Timeout | undefined;
  let woken = false;
  let stopped = false;

  const plan = (milliseconds: number) => {
    clearTimeout(waiting);
    if (!stopped) waiting = setTimeout(run, milliseconds).unref();
  };
  const run = () => {
    woken = false;
    running = runJobs(hub, jobs, () => stopped).then(() => {
      running = null;
      plan(woken ? AFTER_WRITE_MS : EVERY_MS);
    });
  };
  plan(EVERY_MS);

  return {
    wake: () => {
      if (woken) return;
      woken = true;
      if (running === null) plan(AFTER_WRITE_MS);
    },
    stop: async () => {
      stopped = true;
      clearTimeout(waiting);
      await running;
    },
  };
}

/** A job that is to be done only now and then. */
export function every(milliseconds: number, job: Job): Job {
  let next = 0;
  return async (db, workspaceId, now) => {
    if (now.getTime() < next) return false;
    // Set before, so that a job that fails waits for its time, too.
    next = now.getTime() + milliseconds;
    const more = await job(db, workspaceId, now);
    if (more) next = 0;
    return more;
  };
}
