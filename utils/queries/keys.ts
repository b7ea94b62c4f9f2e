import type { AttributionModelId, FiguresQuery } from '../contract/figures.ts';
import type { StatusMapping } from '../contract/source.ts';

/** Every cached answer has its key here. */
export const keys = {
  session: ['session'],
  /** Tab, person and what they are known by together: one lead's data can never be taken for another's. */
  context: (tabId: number, personKey: string, identity: string) => ['context', tabId, personKey, identity],
  contexts: ['context'],
  agreement: ['agreement'],
  live: ['live'],
  outbox: ['outbox'],
  connection: ['connection'],
  sessions: ['connection', 'sessions'],
  users: ['connection', 'users'],
  settings: ['settings'],
  diagnostics: ['diagnostics'],
  siteReports: ['site reports'],
  sites: ['sites'],
  channels: ['channels'],
  connectors: ['connectors'],
  sources: ['sources'],
  sourceCheck: (system: string) => ['source check', system],
  /** Not below `sources`: what an administrator is choosing from must not change places with every page synced. */
  statuses: (system: string) => ['source statuses', system],
  statusPreview: (system: string, mappings: readonly StatusMapping[]) => [
    'source statuses',
    system,
    'preview',
    mappings,
  ],
  mySettings: ['my settings'],
  here: ['here'],
  others: (tabId: number) => ['here', 'others', tabId],
  inbox: (state: string) => ['inbox', state],
  inboxes: ['inbox'],
  reports: ['reports'],
  figures: (query: FiguresQuery) => ['reports', 'figures', query],
  attribution: (period: FiguresQuery, model: AttributionModelId) => ['reports', 'attribution', period, model],
  closedLoop: (period: FiguresQuery) => ['reports', 'closed loop', period],
  agreements: ['agreements'],
  agreementInForce: ['agreements', 'in force'],
  agreementVersions: ['agreements', 'versions'],
  imports: ['imports'],
  importList: ['imports', 'list'],
  importOf: (id: string) => ['imports', 'one', id],
  importProblems: (id: string) => ['imports', 'one', id, 'problems'],
  /** Of a mutation. */
  sending: ['imports', 'sending'],
  agreementDocument: (version: number) => ['agreements', 'document', version],
} as const;
