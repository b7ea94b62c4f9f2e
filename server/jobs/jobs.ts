import type { Hub } from '../hub.ts';
import { logFailure } from '../log-failure.ts';
import { evaluateDue } from '../qualification/evaluate-due.ts';
import type { Database } from '../store/database.ts';
import { escalateNext } from './escalate.ts';
import { tidy } from './tidy.ts';

const EVERY_MS = 1_000;
/** After a write: long enough that a burst of them is one run, too short for anybody to wait. */
const AFTER_WRITE_MS = 20;
const TIDY_EVERY_MS = 60 * 60_000;

/** Does some of what is due in a transaction of its own, and says whether there may be more. */
type Job = (db: Database, workspaceId: string, now: Date) => Promise<boolean>;

const JOBS: Record<string, Job> = { evaluate: evaluateDue, escalate: escalateNext };

/** Does everything that is due now. What fails is logged and still due the next time. */
export async function runJobs(hub: Hub, isStopped: () => boolean = () => false): Promise<void> {
  for (const [name, job] of Object.entries(JOBS)) await runJob(hub, name, job, isStopped);
}

async function runJob(hub: Hub, name: string, job: Job, isStopped: () => boolean): Promise<void> {
  try {
    while (!isStopped() && (await job(hub.db, hub.workspaceId, hub.clock())));
  } catch (error) {
    logFailure(hub.logger, error, `job ${name} failed`);
  }
}

export interface RunningJobs {
  /** Something was written that may be due. */
  wake: () => void;
  /** Starts nothing more, and resolves once what is under way has ended. */
  stop: () => Promise<void>;
}

/** Does what is due every second and soon after every write, one run at a time (docs/decisions/0005). */
export function startJobs(hub: Hub): RunningJobs {
  let running: Promise<void> | null = null;
  let waiting: NodeJS.Timeout | undefined;
  let woken = false;
  let stopped = false;
  let tidyAt = hub.clock().getTime();
  const isStopped = () => stopped;

  const runOnce = async () => {
    await runJobs(hub, isStopped);
    const now = hub.clock().getTime();
    if (now < tidyAt) return;
    tidyAt = now + TIDY_EVERY_MS;
    await runJob(hub, 'tidy', tidy, isStopped);
  };
  const plan = (milliseconds: number) => {
    clearTimeout(waiting);
    if (stopped) return;
    waiting = setTimeout(() => {
      running = runOnce().then(() => {
        running = null;
        plan(woken ? AFTER_WRITE_MS : EVERY_MS);
      });
      woken = false;
    }, milliseconds).unref();
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
