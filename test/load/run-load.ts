import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../server/store/open-store.ts';
import { listWorkspaces } from '../../server/store/workspaces.ts';
import { SignInResponse } from '../../utils/contract/session.ts';
import { HubFleet, type Outage } from './hub-fleet.ts';
import { Ledger } from './ledger.ts';
import { LoadClient } from './load-client.ts';
import { verifyOverHttp, verifyRows } from './verify-ledger.ts';
import { newPerson, virtualUser } from './virtual-user.ts';

export interface LoadPlan {
  users: number;
  seconds: number;
  hubs: number;
  /** How many people everybody looks up. */
  people: number;
  /** How often a hub is killed and started anew, spread over the time. */
  kills: number;
  /** Longest pause of a user between two requests, in milliseconds. */
  pauseMs: number;
  /** Of the hubs: which database. */
  environment: Record<string, string>;
  /** Something else that happens half-way: resolves with the time it took away. */
  disturb?: () => Promise<Outage>;
}

export interface LoadReport {
  faults: string[];
  requests: number;
  acknowledged: number;
  refused: number;
  failedAttempts: number;
  /** Of answers, by kind of request: milliseconds. */
  latencies: Record<string, { count: number; p50: number; p95: number; p99: number }>;
  /** After each outage began: milliseconds until a write was acknowledged again. */
  firstAcknowledged: number[];
}

/** An attempt that began before the outage may fail a little later than it ended. */
const GRACE_MS = 3_000;

/** Lets users work with hubs that die, and compares the end with what they were told. */
export async function runLoad(plan: LoadPlan): Promise<LoadReport> {
  const fleet = new HubFleet(plan.environment);
  await fleet.start(plan.hubs);
  const token = await signIn(fleet);
  const client = new LoadClient(() => fleet.next(), token);
  const ledger = new Ledger();
  const outages = fleet.outages;
  try {
    const crowd = await ingestCrowd(client, ledger, plan);
    const start = performance.now();
    const until = start + plan.seconds * 1000;
    const users = Array.from({ length: plan.users }, (_, index) =>
      virtualUser(
        { client, ledger, people: crowd, own: crowd[index % crowd.length]!, pauseMs: plan.pauseMs },
        until,
      ),
    );
    const killing = killHubs(fleet, plan, start);
    const disturbing = disturb(plan, start).then((outage) => outage && outages.push(outage));
    await Promise.race([fleet.died, Promise.all([...users, killing, disturbing])]);
    const failures = [...client.failures];
    const faults = [
      ...failures
        .filter(({ at }) => !outages.some(({ from, to }) => at >= from && at <= to + GRACE_MS))
        .map(({ what }) => `outside every outage: ${what}`)
        .slice(0, 20),
      ...(await verifyOverHttp(ledger, client, crowd)),
    ];
    const logged = await fleet.stop();
    if (!plan.disturb && logged !== '') faults.push(`a hub logged: ${logged.slice(0, 500)}`);
    faults.push(...(await verifyDatabase(plan, ledger)));
    return report(client, ledger, { faults, failedAttempts: failures.length, outages });
  } finally {
    client.close();
  }
}

async function signIn(fleet: HubFleet): Promise<string> {
  const { url, signInCode } = fleet.hub(0);
  const answer = await fetch(`${url}/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: signInCode }),
  });
  return SignInResponse.parse(await answer.json()).token;
}

async function ingestCrowd(client: LoadClient, ledger: Ledger, { people }: LoadPlan) {
  const crowd = Array.from({ length: people }, newPerson);
  const key = crypto.randomUUID();
  const request = {
    kind: 'crowd',
    method: 'POST' as const,
    path: '/v1/people',
    body: { people: crowd },
    key,
  };
  const { status, body } = await client.ask(request);
  if (status !== 200) throw new Error(`The people to work with were not stored: ${JSON.stringify(body)}`);
  const ids = crowd.map(({ id }) => id);
  ledger.note({ request, status, body }, 'people', ids);
  ledger.peopleStored += (body as { stored: number }).stored;
  return crowd.map(({ id, emails }) => ({ id, email: emails[0] ?? '' }));
}

/** One hub after the other, at equal distances from each other and from both ends. */
async function killHubs(fleet: HubFleet, { kills, seconds }: LoadPlan, start: number): Promise<void> {
  for (let kill = 0; kill < kills; kill++) {
    const at = start + ((kill + 1) * seconds * 1000) / (kills + 1);
    await sleep(Math.max(0, at - performance.now()));
    await fleet.killAndRestart(kill % fleet.size);
  }
}

async function disturb(plan: LoadPlan, start: number): Promise<Outage | undefined> {
  if (!plan.disturb) return undefined;
  await sleep(Math.max(0, start + plan.seconds * 500 - performance.now()));
  return plan.disturb();
}

async function verifyDatabase({ environment }: LoadPlan, ledger: Ledger): Promise<string[]> {
  const { DATABASE_URL, TANDEM_DATA = '' } = environment;
  const store = await openStore({ DATABASE_URL, DATABASE_OWNER_URL: undefined, TANDEM_DATA });
  try {
    const [workspaceId = ''] = await listWorkspaces(store.owner);
    return await verifyRows(ledger, store.owner, workspaceId);
  } finally {
    await store.close();
  }
}

function report(
  { latencies, acknowledgedAt }: LoadClient,
  { writes }: Ledger,
  { outages, ...rest }: { faults: string[]; failedAttempts: number; outages: readonly Outage[] },
): LoadReport {
  const percentile = (sorted: readonly number[], share: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
  const entries = [...latencies].map(([kind, times]) => {
    const sorted = times.toSorted((one, other) => one - other);
    const [p50, p95, p99] = [percentile(sorted, 0.5), percentile(sorted, 0.95), percentile(sorted, 0.99)];
    return [kind, { count: times.length, p50, p95, p99 }] as const;
  });
  return {
    ...rest,
    requests: entries.reduce((sum, [, { count }]) => sum + count, 0),
    acknowledged: writes.filter(({ status }) => status < 300).length,
    refused: writes.filter(({ status }) => status >= 300).length,
    latencies: Object.fromEntries(entries),
    firstAcknowledged: outages.map(({ from }) =>
      Math.round((acknowledgedAt.find((at) => at > from) ?? Infinity) - from),
    ),
  };
}
