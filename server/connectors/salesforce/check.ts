import { z } from 'zod';
import type { LocalText } from '../../../utils/contract/primitives.ts';
import type { Finding, SourceIo } from '../connector.ts';
import { API, ask, describe, type Feed, OUR_SHARE } from './query.ts';
import { SourceError } from '../source-error.ts';

type Asked = Pick<Feed<unknown>, 'object' | 'fields' | 'dispensable'>;

/** What is lost while a field is hidden, where that is more than a gap in somebody's details. */
const LOSSES: Partial<Record<string, LocalText>> = {
  Email: { en: 'Nobody is found by address.', de: 'Niemand wird über die Adresse gefunden.' },
  HasOptedOutOfEmail: {
    en: 'Whoever opted out of e-mail is not known.',
    de: 'Wer E-Mails abbestellt hat, ist nicht bekannt.',
  },
  DoNotCall: {
    en: 'Whoever must not be called is not known.',
    de: 'Wer nicht angerufen werden darf, ist nicht bekannt.',
  },
  ConvertedContactId: {
    en: 'Converted leads and their contacts are two people.',
    de: 'Konvertierte Leads und ihre Kontakte sind zwei Personen.',
  },
};

/** Looks at every kind of record that is pulled, at whether feedback can be written, and at the day's allowance. */
export async function checkSalesforce(io: SourceIo<unknown>, feeds: readonly Asked[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const feed of feeds) findings.push(...(await checkFeed(io, feed)));
  return [...findings, await checkAllowance(io)];
}

async function checkFeed(io: SourceIo<unknown>, { object, fields, dispensable }: Asked): Promise<Finding[]> {
  try {
    const { createable, fields: described } = await describe(io, object);
    const names = new Set(described.map(({ name }) => name));
    const missing = fields.filter((name) => !names.has(name.replace(/\..*$/, 'Id')));
    return [
      missing.length === 0
        ? readable(object)
        : hidden(
            object,
            missing,
            missing.every((name) => dispensable.includes(name)),
          ),
      ...(object === 'Task' ? [feedbackFinding(createable ?? false)] : []),
    ];
  } catch (error) {
    if (!(error instanceof SourceError) || !['not-found', 'forbidden'].includes(error.failure)) throw error;
    return [unreadable(object)];
  }
}

const Allowance = z.object({
  DailyApiRequests: z.object({ Max: z.number(), Remaining: z.number() }).optional(),
});

async function checkAllowance(io: SourceIo<unknown>): Promise<Finding> {
  const { body } = await ask(io, `${API}/limits`, { schema: Allowance });
  const { Max: max, Remaining: left } = body.DailyApiRequests ?? { Max: 0, Remaining: 0 };
  const used = max - left;
  const share = Math.round(OUR_SHARE * 100);
  return {
    ok: used < max * OUR_SHARE,
    words: {
      en: `The organisation has used ${used} of its ${max} API requests of 24 hours. Tandem pauses at ${share} %, so that the rest is left to others.`,
      de: `Die Organisation hat ${used} ihrer ${max} API-Anfragen in 24 Stunden verbraucht. Ab ${share} % pausiert Tandem, damit der Rest anderen bleibt.`,
    },
  };
}

function readable(object: string): Finding {
  return {
    ok: true,
    words: { en: `${object}: everything needed can be read.`, de: `${object}: Alles Nötige ist lesbar.` },
  };
}

function unreadable(object: string): Finding {
  return {
    ok: false,
    words: {
      en: `${object} cannot be read. Give the user who signed in the permission “Read” on it (permission set → Object Settings).`,
      de: `${object} ist nicht lesbar. Geben Sie dem angemeldeten Benutzer dafür die Berechtigung „Lesen“ (Berechtigungssatz → Objekteinstellungen).`,
    },
  };
}

function hidden(object: string, missing: readonly string[], isDispensable: boolean): Finding {
  const losses = missing.flatMap((name) => LOSSES[name] ?? []);
  const words = (how: LocalText, language: 'en' | 'de') =>
    [how[language], ...losses.map((loss) => loss[language])].join(' ');
  const names = missing.join(', ');
  const how: LocalText = {
    en: `${object}: the user who signed in does not see ${names}. Grant it by field-level security${isDispensable ? '; the rest comes in without' : ''}.`,
    de: `${object}: Der angemeldete Benutzer sieht ${names} nicht. Geben Sie es über die Feldebenensicherheit frei${isDispensable ? '; der Rest kommt auch so' : ''}.`,
  };
  return { ok: false, words: { en: words(how, 'en'), de: words(how, 'de') } };
}

function feedbackFinding(isCreateable: boolean): Finding {
  return isCreateable
    ? {
        ok: true,
        words: {
          en: 'Feedback can be written as tasks.',
          de: 'Rückmeldungen können als Aufgaben geschrieben werden.',
        },
      }
    : {
        ok: false,
        words: {
          en: 'Feedback cannot be written: give the user who signed in the permissions “Create”, “Edit” and “Delete” on tasks (Edit Tasks).',
          de: 'Rückmeldungen können nicht geschrieben werden: Geben Sie dem angemeldeten Benutzer das Recht, Aufgaben zu bearbeiten („Aufgaben bearbeiten“).',
        },
      };
}
