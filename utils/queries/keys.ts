/** Every cached answer has its key here. */
export const keys = {
  session: ['session'],
  /** Tab, person and address together: one lead's data can never be taken for another's. */
  context: (tabId: number, personKey: string, email: string) => ['context', tabId, personKey, email],
  contexts: ['context'],
  agreement: ['agreement'],
  outbox: ['outbox'],
  connection: ['connection'],
  settings: ['settings'],
  diagnostics: ['diagnostics'],
  inbox: (state: string) => ['inbox', state],
  inboxes: ['inbox'],
  agreements: ['agreements'],
  agreementInForce: ['agreements', 'in force'],
  agreementVersions: ['agreements', 'versions'],
  agreementDocument: (version: number) => ['agreements', 'document', version],
} as const;
