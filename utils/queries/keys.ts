/** Every cached answer has its key here. */
export const keys = {
  session: ['session'],
  /** Tab, person and what they are known by together: one lead's data can never be taken for another's. */
  context: (tabId: number, personKey: string, identity: string) => ['context', tabId, personKey, identity],
  contexts: ['context'],
  agreement: ['agreement'],
  outbox: ['outbox'],
  connection: ['connection'],
  settings: ['settings'],
  diagnostics: ['diagnostics'],
  siteReports: ['site reports'],
  sites: ['sites'],
  channels: ['channels'],
  mySettings: ['my settings'],
  here: ['here'],
  others: (tabId: number) => ['here', 'others', tabId],
  inbox: (state: string) => ['inbox', state],
  inboxes: ['inbox'],
  agreements: ['agreements'],
  agreementInForce: ['agreements', 'in force'],
  agreementVersions: ['agreements', 'versions'],
  agreementDocument: (version: number) => ['agreements', 'document', version],
} as const;
