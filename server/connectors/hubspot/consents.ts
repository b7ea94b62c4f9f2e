import { z } from 'zod';
import type { SourceConsent } from '../connector.ts';
import { instantOf, isAddress, unlessForbidden } from './answers.ts';
import type { Io } from './settings.ts';

type MailConsent = SourceConsent['consents'][number];

const Status = z.object({
  status: z.string(),
  subscriptionName: z.string().nullish(),
  legalBasis: z.string().nullish(),
  timestamp: z.string(),
});
type Status = z.infer<typeof Status>;
const Statuses = z.object({
  results: z.array(z.object({ subscriberIdString: z.string(), statuses: z.array(Status) })),
});

/** The most addresses that may be asked about at once. */
const BATCH = 100;

/**
 * What each address has subscribed to, by address in lower case. Null where the key or the plan may not read it.
 * Addresses that HubSpot does not take (it answers 207, with errors beside the results) are left out.
 */
export async function readSubscriptions(
  io: Io,
  emails: readonly string[],
): Promise<ReadonlyMap<string, Status[]> | null> {
  const addresses = emails.filter(isAddress);
  const found = new Map<string, Status[]>();
  for (let start = 0; start < addresses.length; start += BATCH) {
    const answer = await unlessForbidden(askFor(io, addresses.slice(start, start + BATCH)));
    if (!answer) return null;
    for (const { subscriberIdString, statuses } of answer.body.results)
      found.set(subscriberIdString.toLowerCase(), statuses);
  }
  return found;
}

/** Asks about so many addresses at once. */
export const askFor = (io: Io, inputs: readonly string[]) =>
  io.request('/communication-preferences/v4/statuses/batch/read', {
    method: 'POST',
    repeatable: true,
    query: { channel: 'EMAIL' },
    body: { inputs },
    schema: Statuses,
  });

/**
 * One word per channel of what HubSpot keeps per kind of mail: granted with the first kind somebody wants, withdrawn
 * when they want none any more, and nothing, which is unknown, when they were never asked.
 */
export function mailConsent(
  statuses: readonly Status[],
  { optedOut, changedAt }: { optedOut: boolean; changedAt: string | undefined },
): MailConsent[] {
  const wanted = statuses.filter(({ status }) => status === 'SUBSCRIBED');
  const refused = statuses.filter(({ status }) => status === 'UNSUBSCRIBED');
  if (wanted.length > 0 && !optedOut) {
    const since = moments(wanted)[0];
    const basis = wanted.map(inWords).join(', ').slice(0, 2_000);
    return since === undefined ? [] : [{ channel: 'email', state: 'granted', basis, since }];
  }
  // Of an opt-out from all mail HubSpot keeps no date: it was no later than the contact's last change.
  const since = moments(refused).at(-1) ?? (optedOut ? changedAt : undefined);
  return since === undefined ? [] : [{ channel: 'email', state: 'withdrawn', since }];
}

const moments = (statuses: readonly Status[]): string[] =>
  statuses.flatMap(({ timestamp }) => instantOf(timestamp) ?? []).toSorted();

/** E.g. “Newsletter (CONSENT_WITH_NOTICE)”. */
const inWords = ({ subscriptionName, legalBasis }: Status): string =>
  [subscriptionName, legalBasis && `(${legalBasis})`].filter(Boolean).join(' ');
