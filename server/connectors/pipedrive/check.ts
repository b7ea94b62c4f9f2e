import { z } from 'zod';
import type { LocalText } from '../../../utils/contract/primitives.ts';
import type { Finding } from '../connector.ts';
import { SourceError } from '../source-error.ts';
import type { Io } from './api.ts';

interface Probe {
  what: LocalText;
  scope: string;
  ask: (io: Io) => Promise<unknown>;
}

const Anything = z.unknown();
const list = (path: string) => (io: Io) => io.request(path, { query: { limit: 1 }, schema: Anything });

const PROBES: readonly Probe[] = [
  {
    what: { en: 'Persons and organisations', de: 'Personen und Organisationen' },
    scope: 'contacts:full',
    ask: list('/api/v2/persons'),
  },
  { what: { en: 'Deals', de: 'Deals' }, scope: 'deals:read', ask: list('/api/v2/deals') },
  { what: { en: 'Leads', de: 'Leads' }, scope: 'leads:read', ask: list('/api/v1/leads') },
  {
    what: { en: 'Calls and meetings', de: 'Anrufe und Besprechungen' },
    scope: 'activities:read',
    ask: list('/api/v2/activities'),
  },
  {
    what: { en: 'Owners', de: 'Zuständige' },
    scope: 'users:read',
    ask: (io) => io.request('/api/v1/users', { schema: Anything }),
  },
  {
    what: { en: 'Feedback as notes', de: 'Rückmeldungen als Notizen' },
    scope: 'contacts:full',
    // No note has this number: whoever may write is told so, and nothing is written.
    ask: (io) =>
      io.request('/api/v1/notes/0', {
        ...{ method: 'PUT', body: { content: '' }, accept: [400, 404, 405, 410, 422], schema: Anything },
      }),
  },
];

/** Asks once for everything that is brought in or written, and says what is missing. */
export async function check(io: Io): Promise<Finding[]> {
  const findings = [await checkCompany(io)];
  for (const probe of PROBES) findings.push(await findingOf(io, probe));
  return findings;
}

async function checkCompany(io: Io): Promise<Finding> {
  const { body } = await io.request('/api/v1/users/me', {
    schema: z.object({ data: z.object({ company_domain: z.string() }) }),
  });
  const found = body.data.company_domain;
  const { company } = io.settings;
  if (found !== company)
    return {
      ok: false,
      words: {
        en: `The company is “${found}”, not “${company}”: correct the company domain, or no record is recognised.`,
        de: `Das Unternehmen ist „${found}“, nicht „${company}“: Korrigieren Sie die Unternehmensdomain, sonst wird kein Datensatz erkannt.`,
      },
    };
  return { ok: true, words: { en: `Signed in to ${company}.`, de: `Bei ${company} angemeldet.` } };
}

async function findingOf(io: Io, { what, scope, ask }: Probe): Promise<Finding> {
  try {
    await ask(io);
    return { ok: true, words: { en: `${what.en}: accessible.`, de: `${what.de}: zugänglich.` } };
  } catch (error) {
    if (!(error instanceof SourceError) || error.failure !== 'forbidden') throw error;
    return {
      ok: false,
      words: {
        en: `${what.en}: not accessible. The app needs the scope ${scope}, the user the right to see them.`,
        de: `${what.de}: nicht zugänglich. Die App braucht den Bereich ${scope}, der Benutzer das Recht, sie zu sehen.`,
      },
    };
  }
}
