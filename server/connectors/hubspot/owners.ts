import { z } from 'zod';
import { isAddress, Paging, unlessForbidden } from './answers.ts';
import { remember } from '../remember.ts';
import type { Io } from './settings.ts';

const Owners = z.object({
  results: z.array(z.object({ id: z.string(), email: z.string().nullish() })),
  paging: Paging,
});
const PAGE_SIZE = 100;

/** The reps' addresses by owner id; empty where the key may not read them. */
export const ownersOf = (io: Io): Promise<ReadonlyMap<string, string>> =>
  remember(io, 'owners', async () => (await unlessForbidden(readOwners(io))) ?? new Map<string, string>());

async function readOwners(io: Io): Promise<Map<string, string>> {
  const emails = new Map<string, string>();
  let after: string | undefined;
  do {
    const query = { limit: PAGE_SIZE, after };
    const { body } = await io.request('/crm/v3/owners', { query, schema: Owners });
    for (const { id, email } of body.results) if (email && isAddress(email)) emails.set(id, email);
    after = body.paging?.next?.after;
  } while (after !== undefined);
  return emails;
}
