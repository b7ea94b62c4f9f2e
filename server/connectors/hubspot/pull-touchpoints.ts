import type { Cursor, Page, Pull, SourceTouchpoint } from '../connector.ts';
import { SourceError } from '../source-error.ts';
import { pullCalls, pullMeetings } from './calls-and-meetings.ts';
import { pullFormSubmissions } from './form-submissions.ts';
import { pullMailEvents } from './mail-events.ts';
import { pullParticipations } from './participations.ts';
import { pullPageVisits } from './page-visits.ts';
import type { Settings } from './settings.ts';

export type Part = Pull<Settings, SourceTouchpoint>;

/**
 * HubSpot has no one place for what marketing did with somebody: its events API has visits but no marketing mails, the
 * mail events API has nothing else. Each part is asked for all contacts at once, never contact by contact, which would
 * take a request for each of them.
 */
const PARTS: readonly (readonly [name: string, pull: Part])[] = [
  ['mail', pullMailEvents],
  ['forms', pullFormSubmissions],
  ['visits', pullPageVisits],
  ['events', pullParticipations],
  ['calls', pullCalls],
  ['meetings', pullMeetings],
];

/**
 * One part after the other; the cursor says which. A part that the key or the plan does not include is passed over
 * (`check` says so), so that the rest is brought in all the same; when none is included, that is an error.
 */
export const pullTouchpoints: Part = async (io, { since, cursor }) => {
  let refusal: SourceError | null = null;
  const first = PARTS.findIndex(([name]) => name === cursor?.['part']);
  for (let index = Math.max(0, first); index < PARTS.length; index++) {
    const [name, pull] = PARTS[index] ?? PARTS[0]!;
    const isBegun = index === first && cursor?.['begun'] === true;
    try {
      const page = await pull(io, { since, cursor: isBegun ? cursor : null });
      return { items: page.items, next: nextOf(page, name, PARTS[index + 1]?.[0]) };
    } catch (error) {
      if (!(error instanceof SourceError) || error.failure !== 'forbidden') throw error;
      refusal = error;
    }
  }
  // With a cursor there was a part before this one that was not refused.
  if (cursor === null && refusal !== null) throw refusal;
  return { items: [], next: null };
};

function nextOf(page: Page<SourceTouchpoint>, part: string, following: string | undefined): Cursor | null {
  if (page.next) return { ...page.next, part, begun: true };
  return following === undefined ? null : { part: following, begun: false };
}
