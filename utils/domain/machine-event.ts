import type { MachineReason, TouchpointKind } from '../contract/touchpoint.ts';

/*
 * Which opens and clicks probably nobody made. Gateways in front of company mailboxes follow every link to look
 * for malware, and privacy proxies load every picture. Sources (read in November 2026): suped.com on Apple's and
 * Google's proxies (2025-08), bird.com on Gmail's prefetching and its user agent, daringfireball.net and
 * wordtothewise.com on Apple's Mail Privacy Protection (2021), live-direct-marketing.online on the user agents
 * of gateways, university.act-on.com on gateways that hide (hence the rules of time).
 */

/** Events that a machine in the mail's way can cause. */
const MACHINE_PRONE_KINDS = ['email.opened', 'email.clicked'] as const satisfies TouchpointKind[];

export const isMachineProne = (kind: TouchpointKind) =>
  (MACHINE_PRONE_KINDS as readonly TouchpointKind[]).includes(kind);

/** A person does not read and click within so many milliseconds of delivery; gateways do both at once. */
const TOO_FAST_MS = 20_000;

/** So many recipients of one company within so many milliseconds: their gateway, not they. */
export const AT_ONCE_RECIPIENTS = 3;
export const AT_ONCE_MS = 2_000;

/** Whole user agents: Apple's proxy says just this; Gmail uses the second to load pictures before anybody looks. */
const PROXY_AGENTS = [
  'mozilla/5.0',
  'mozilla/5.0 (windows nt 10.0; win64; x64) applewebkit/537.36 (khtml, like gecko) chrome/42.0.2311.135 safari/537.36 edge/12.246 mozilla/5.0',
];
/** Parts of user agents. */
const PROXY_MARKS = ['googleimageproxy', 'yahoomailproxy'];
const SCANNER_MARKS = [
  'barracuda',
  'proofpoint',
  'mimecast',
  'safelinks',
  'microsoft office existence discovery',
  'bingpreview',
  'ironport',
  'ciscosecureemail',
  'trend micro',
  'tmes',
  'symantec',
  'messagelabs',
  'sophos',
  'fortinet',
  'fortimail',
  'forcepoint',
  'fireeye',
  'trellix',
  'mcafee',
  'cloudmark',
  'headlesschrome',
  'python-requests',
  'curl/',
  'wget/',
];

/** Whose machine this user agent is; null: perhaps a person's. Looks at its text only, never keeps it. */
export function agentReason(userAgent: string): Extract<MachineReason, 'proxy' | 'scanner'> | null {
  const agent = userAgent.trim().toLowerCase();
  if (SCANNER_MARKS.some((mark) => agent.includes(mark))) return 'scanner';
  if (PROXY_AGENTS.includes(agent) || PROXY_MARKS.some((mark) => agent.includes(mark))) return 'proxy';
  return null;
}

/** What happened with mailings, as far as the rules of time look at it. */
export interface MailEvent {
  id: string;
  personId: string;
  kind: TouchpointKind;
  campaignId?: string | undefined;
  occurredAt: string;
}

/** Opens and clicks of one person that came too soon after a mail of the same campaign was delivered. */
export function tooFast(events: readonly MailEvent[]): string[] {
  const deliveries = new Map<string, number[]>();
  for (const { kind, campaignId, occurredAt } of events) {
    if (campaignId === undefined || (kind !== 'email.delivered' && kind !== 'email.sent')) continue;
    const times = deliveries.get(campaignId);
    if (times) times.push(Date.parse(occurredAt));
    else deliveries.set(campaignId, [Date.parse(occurredAt)]);
  }
  return events.flatMap(({ id, kind, campaignId, occurredAt }) => {
    if (campaignId === undefined || !isMachineProne(kind)) return [];
    const at = Date.parse(occurredAt);
    const soon = deliveries.get(campaignId)?.some((time) => time <= at && at - time < TOO_FAST_MS);
    return soon ? [id] : [];
  });
}

/** The same of several people; `domain` is that of the address a mail went to. */
export interface DomainEvent extends MailEvent {
  domain: string;
}

/**
 * Opens or clicks of one campaign by several people of one company at once. Those of free mail providers do not
 * count as one company: with many recipients, some always open at the same time.
 */
export function atOnce(events: readonly DomainEvent[]): string[] {
  const groups = new Map<string, DomainEvent[]>();
  for (const event of events) {
    if (event.campaignId === undefined || !isMachineProne(event.kind) || FREE_MAIL.has(event.domain))
      continue;
    const key = `${event.campaignId} ${event.kind} ${event.domain}`;
    const group = groups.get(key);
    if (group) group.push(event);
    else groups.set(key, [event]);
  }
  return [...groups.values()].flatMap(crowded);
}

/** Of events of one group: those with enough recipients in some span of time around them. */
function crowded(group: readonly DomainEvent[]): string[] {
  const timed = group
    .map(({ id, personId, occurredAt }) => ({ id, personId, at: Date.parse(occurredAt) }))
    .sort((a, b) => a.at - b.at);
  const found = new Set<string>();
  timed.forEach((first, index) => {
    const span = timed.slice(index).filter(({ at }) => at - first.at <= AT_ONCE_MS);
    if (new Set(span.map(({ personId }) => personId)).size >= AT_ONCE_RECIPIENTS) {
      for (const { id } of span) found.add(id);
    }
  });
  return [...found];
}

/** The free mail providers most common in Europe and the USA (November 2026). */
const FREE_MAIL = new Set([
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'outlook.de',
  'hotmail.com',
  'hotmail.de',
  'live.com',
  'live.de',
  'msn.com',
  'yahoo.com',
  'yahoo.de',
  'aol.com',
  'icloud.com',
  'me.com',
  'gmx.de',
  'gmx.net',
  'gmx.at',
  'gmx.ch',
  'web.de',
  't-online.de',
  'freenet.de',
  'posteo.de',
  'mailbox.org',
  'proton.me',
  'protonmail.com',
  'bluewin.ch',
]);
