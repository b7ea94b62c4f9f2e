import { z } from 'zod';
import type { LocalText } from '../../../utils/contract/primitives.ts';
import type { Finding } from '../connector.ts';
import { SourceError } from '../source-error.ts';
import { OBJECTS, unlessForbidden } from './answers.ts';
import { askFor } from './consents.ts';
import { askVisits } from './page-visits.ts';
import type { Io } from './settings.ts';

const Anything = z.unknown();

interface Probe {
  what: LocalText;
  /** What a forbidden answer lacks, in words. */
  needs: LocalText;
  ask: (io: Io) => Promise<unknown>;
}

const scope = (name: string, plan?: string): LocalText => ({
  en: `the scope ${name}${plan === undefined ? '' : ` (from ${plan} on)`}`,
  de: `der Bereich ${name}${plan === undefined ? '' : ` (ab ${plan})`}`,
});
const list = (path: string) => (io: Io) => io.request(path, { query: { limit: 1 }, schema: Anything });

const PROBES: readonly Probe[] = [
  {
    what: { en: 'Contacts, calls and meetings', de: 'Kontakte, Anrufe und Meetings' },
    needs: scope('crm.objects.contacts.read'),
    ask: list(`${OBJECTS}/contacts`),
  },
  {
    what: { en: 'Owners', de: 'Zuständige' },
    needs: scope('crm.objects.owners.read'),
    ask: list('/crm/v3/owners'),
  },
  {
    what: { en: 'Names of lifecycle stages', de: 'Namen der Lifecycle-Phasen' },
    needs: scope('crm.schemas.contacts.read'),
    ask: (io) => io.request('/crm/v3/properties/contacts/lifecyclestage', { schema: Anything }),
  },
  {
    what: { en: 'Consent', de: 'Einwilligungen' },
    needs: scope('communication_preferences.statuses.batch.read', 'Marketing Hub Starter'),
    ask: (io) => askFor(io, ['nobody@example.com']),
  },
  {
    what: { en: 'Marketing mails', de: 'Marketing-Mails' },
    needs: scope('content'),
    ask: list('/email/public/v1/events'),
  },
  {
    what: { en: 'Whom scheduled mails go to', de: 'Empfänger geplanter Mails' },
    needs: scope('crm.lists.read'),
    // No list has this number.
    ask: (io) => io.request('/crm/v3/lists/0/memberships', { schema: Anything, accept: [400, 404] }),
  },
  {
    what: { en: 'Form submissions', de: 'Formulareinsendungen' },
    needs: scope('forms'),
    ask: list('/marketing/v3/forms'),
  },
  {
    what: { en: 'Page visits', de: 'Seitenbesuche' },
    needs: { en: 'a Hub of the Enterprise edition', de: 'ein Hub der Enterprise-Ausgabe' },
    ask: (io) => askVisits(io, { limit: 1 }),
  },
  {
    what: { en: 'Webinars and fairs', de: 'Webinare und Messen' },
    needs: scope('crm.objects.marketing_events.read'),
    ask: list('/marketing/v3/marketing-events/'),
  },
  {
    what: { en: 'Campaigns', de: 'Kampagnen' },
    needs: scope('marketing.campaigns.read', 'Marketing Hub Professional'),
    ask: list('/marketing/v3/campaigns'),
  },
  {
    what: { en: 'Feedback as notes on contacts', de: 'Rückmeldungen als Notizen an Kontakten' },
    needs: scope('crm.objects.contacts.write'),
    // No note has this number: whoever may write is told so, and nothing is written.
    ask: (io) =>
      io.request(`${OBJECTS}/notes/0`, {
        ...{ method: 'PATCH', accept: [400, 404], schema: Anything },
        body: { properties: { hs_note_body: '' } },
      }),
  },
];

/** Asks once for everything that is brought in or written, and says what is missing. */
export async function check(io: Io): Promise<Finding[]> {
  const findings = [await checkAccount(io)];
  for (const probe of PROBES) findings.push(await findingOf(io, probe));
  return findings;
}

async function checkAccount(io: Io): Promise<Finding> {
  const schema = z.object({ portalId: z.union([z.string(), z.int()]) });
  const answer = await unlessForbidden(io.request('/account-info/v3/details', { schema }));
  const found = answer && String(answer.body.portalId);
  if (found !== null && found !== io.settings.portalId)
    return {
      ok: false,
      words: {
        en: `The key belongs to the account ${found}: correct the Hub ID, or no record is recognised.`,
        de: `Der Schlüssel gehört zum Konto ${found}: Korrigieren Sie die Hub-ID, sonst wird kein Datensatz erkannt.`,
      },
    };
  const account = io.settings.portalId;
  return {
    ok: true,
    words: { en: `Signed in to account ${account}.`, de: `Bei Konto ${account} angemeldet.` },
  };
}

async function findingOf(io: Io, { what, needs, ask }: Probe): Promise<Finding> {
  try {
    await ask(io);
    return { ok: true, words: { en: `${what.en}: readable.`, de: `${what.de}: zugänglich.` } };
  } catch (error) {
    if (!(error instanceof SourceError) || error.failure !== 'forbidden') throw error;
    return {
      ok: false,
      words: { en: `${what.en}: missing is ${needs.en}.`, de: `${what.de}: Es fehlt ${needs.de}.` },
    };
  }
}
