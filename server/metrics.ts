import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/**
 * What the hub counts of itself, for Prometheus. Labels are words of the program only (route patterns, names of jobs):
 * nothing personal, and never more series than the program has words.
 */
export interface Metrics {
  registry: Registry;
  request: { begin(): void; end(labels: RequestLabels, seconds: number): void };
  /** One run of a job: until nothing was due any more, or it failed. */
  job(name: string, outcome: 'done' | 'failed', at: Date): void;
  /** Rows that came in, and what became of them. */
  ingested(kind: string, result: { stored: number; repeated: number; rejected: readonly unknown[] }): void;
  /** A webhook of a system that this hub knows. */
  webhook(system: string, outcome: string): void;
}

export interface RequestLabels {
  method: string;
  route: string;
  status: number;
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Counts from zero, in a registry of its own. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const durations = new Histogram({
    name: 'tandem_http_request_duration_seconds',
    help: 'How long requests took, by route pattern, method and status.',
    labelNames: ['route', 'method', 'status'],
    buckets: SECONDS,
    registers,
  });
  const inFlight = new Gauge({
    name: 'tandem_http_requests_in_flight',
    help: 'Requests that are being answered.',
    registers,
  });
  const jobRuns = new Counter({
    name: 'tandem_job_runs_total',
    help: 'Runs of a job, by how they ended.',
    labelNames: ['job', 'outcome'],
    registers,
  });
  const jobSuccess = new Gauge({
    name: 'tandem_job_last_success_timestamp_seconds',
    help: 'When a job last ran without failing; how far behind it is at most.',
    labelNames: ['job'],
    registers,
  });
  const rows = new Counter({
    name: 'tandem_ingest_rows_total',
    help: 'Rows that came in, by kind and by what became of them.',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const webhooks = new Counter({
    name: 'tandem_webhooks_total',
    help: 'Webhooks that came in, by system and by what became of them; refused ones had no good signature.',
    labelNames: ['system', 'outcome'],
    registers,
  });
  return {
    registry,
    request: {
      begin: () => inFlight.inc(),
      end: ({ method, route, status }, seconds) => {
        inFlight.dec();
        durations.observe({ route, method: METHODS.has(method) ? method : 'other', status }, seconds);
      },
    },
    job: (job, outcome, at) => {
      jobRuns.inc({ job, outcome });
      if (outcome === 'done') jobSuccess.set({ job }, at.getTime() / 1000);
    },
    ingested: (kind, { stored, repeated, rejected }) => {
      rows.inc({ kind, outcome: 'stored' }, stored);
      rows.inc({ kind, outcome: 'repeated' }, repeated);
      rows.inc({ kind, outcome: 'rejected' }, rejected.length);
    },
    webhook: (system, outcome) => webhooks.inc({ system, outcome }),
  };
}
