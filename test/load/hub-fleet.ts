import { type SpawnedHub, spawnHub } from '../hub/support/spawn-hub.ts';

/** A time in which answers may be missing or say that the hub failed, in milliseconds of `performance.now()`. */
export interface Outage {
  from: number;
  to: number;
}

/** Some hubs on one database, behind a load balancer that knows nothing of them but their addresses. */
export class HubFleet {
  readonly outages: Outage[] = [];
  readonly #environment: Record<string, string>;
  readonly #hubs: SpawnedHub[] = [];
  /** Rejects when a hub ends that nobody has told to. */
  readonly died: Promise<never>;
  #turn = 0;
  #reportDeath: (error: Error) => void = () => undefined;
  readonly #dismissed = new Set<SpawnedHub>();

  constructor(environment: Record<string, string>) {
    this.#environment = {
      PORT: '0',
      LOG_LEVEL: 'error',
      TANDEM_REQUESTS_PER_MINUTE: '100000000',
      ...environment,
    };
    this.died = new Promise((_, reject) => (this.#reportDeath = reject));
    this.died.catch(() => undefined);
  }

  async start(count: number): Promise<void> {
    for (let index = 0; index < count; index++) this.#hubs.push(await this.#spawn());
  }

  get size(): number {
    return this.#hubs.length;
  }

  /** The next hub's address, whether it is there or not. */
  next(): string {
    this.#turn = (this.#turn + 1) % this.#hubs.length;
    return this.hub(this.#turn).url;
  }

  hub(index: number): SpawnedHub {
    const hub = this.#hubs[index];
    if (!hub) throw new Error(`There are not ${index + 1} hubs.`);
    return hub;
  }

  /** Ends one as a power cut would, and starts it anew at once. */
  async killAndRestart(index: number): Promise<void> {
    const outage = { from: performance.now(), to: Infinity };
    this.outages.push(outage);
    this.#dismissed.add(this.hub(index));
    await this.hub(index).end('SIGKILL');
    this.#hubs[index] = await this.#spawn();
    outage.to = performance.now();
  }

  /** Ends all of them in order, and says what they wrote to their logs. */
  async stop(): Promise<string> {
    for (const hub of this.#hubs) this.#dismissed.add(hub);
    const ended = await Promise.all(this.#hubs.map((hub) => hub.end('SIGTERM')));
    return ended.map(({ stderr }) => stderr).join('');
  }

  async #spawn(): Promise<SpawnedHub> {
    const hub = await spawnHub(this.#environment);
    if (!('url' in hub)) throw new Error(`The hub did not start: ${hub.stderr}`);
    void hub.ended.then(({ code, stderr }) => {
      if (!this.#dismissed.has(hub)) this.#reportDeath(new Error(`A hub ended with ${code}: ${stderr}`));
    });
    return hub;
  }
}
