import { z } from 'zod';
import { Instant, type LocalText } from '../../../utils/contract/primitives.ts';
import type { Finding, Pull, SourceIo } from '../connector.ts';
import { fieldsOf } from '../row-fields.ts';
import { says, SourceError } from '../source-error.ts';
import type { SourceRequestOptions } from '../source-request.ts';

const PAGE_ROWS = 1_000;
/** Tokens of next pages are good for four hours. */
const TOKEN_MS = 3.5 * 60 * 60_000;
/** The warning with which a sequence of pages ends at its 100,000th row. */
const WALL = '203';
const HOUR_MS = 60 * 60_000;
const MINUTE_MS = 60_000;

/** The vendor's codes of what is refused for now; neither comes with a time to wait. */
const CONCURRENT = '66';
const DAY_IS_USED_UP = '122';
const NO_SUCH_UNIT = '201';

/** Lifecycle stages by their ids. */
export type Stages = Readonly<Record<string, string>>;
type Io<Settings = unknown> = SourceIo<Settings>;

/** Where a pull is: a token, or from which change on to ask anew when it is not good any more. */
const Place = z.object({
  token: z.string().nullable(),
  tokenAt: Instant.nullable(),
  /** From where the sequence of pages began, and its latest row. */
  from: Instant.nullable(),
  last: Instant.nullable(),
  /** JSON. */
  stages: z.string().nullable(),
});
type Place = z.infer<typeof Place>;

/**
 * Pulls objects in the order of their changes. Within 100,000 rows and four hours by the vendor's tokens, which get past
 * any number of rows that were changed in the same second; beyond, by asking anew from the latest change on.
 */
export function pullObjects<Row extends ObjectRow, Item, Settings>({
  path,
  row,
  items,
  prepare,
}: {
  path: string;
  row: Row;
  items: (row: z.infer<Row>, about: { settings: Settings; stages: Stages }) => Item[];
  prepare?: (io: Io<Settings>) => Promise<Stages>;
}): Pull<Settings, Item> {
  const fields = fieldsOf(row)
    .map(({ name }) => name)
    .join();
  const schema = z.object({
    values: z.array(row),
    nextPageToken: z.string().nullish(),
  });
  const read = (io: Io<Settings>, { token, from }: Place) =>
    askEngagement(io, path, {
      query: token
        ? { fields, nextPageToken: token }
        : {
            fields,
            limit: PAGE_ROWS,
            orderBy: 'updatedAt',
            ...(from && { updatedAtAfterOrEqualTo: from.replace(/\.\d+Z$/, 'Z') }),
          },
      schema,
    });

  return async (io, { since, cursor }) => {
    const start: Place = {
      token: null,
      tokenAt: null,
      from: since?.toISOString() ?? null,
      last: null,
      stages: null,
    };
    let place = Place.catch(start).parse(cursor);
    const stages = await readStages(place, () => prepare?.(io) ?? Promise.resolve({}));
    const anew = (): Place => ({ ...place, token: null, tokenAt: null, from: place.last ?? place.from });
    const age = io.now().getTime() - new Date(place.tokenAt ?? io.now()).getTime();
    if (age > TOKEN_MS) place = anew();
    const answer = await read(io, place).catch((error: unknown) => {
      const isStale = place.token !== null && error instanceof SourceError && error.failure === 'rejected';
      if (!isStale) throw error;
      place = anew();
      return read(io, place);
    });
    const { values, nextPageToken: token } = answer.body;
    const last = values.at(-1)?.updatedAt ?? place.last;
    const next: Place = {
      ...place,
      token: token ?? null,
      tokenAt: io.now().toISOString(),
      last,
      stages: JSON.stringify(stages),
    };
    const page = { items: values.flatMap((value) => items(value, { settings: io.settings, stages })) };
    if (token) return { ...page, next };
    if (!answer.headers.get('pardot-warning')?.startsWith(WALL)) return { ...page, next: null };
    if (last === place.from)
      throw new SourceError('rejected', { detail: `${path}: 100000 changes in one second` });
    return { ...page, next: { ...next, tokenAt: null, from: last } };
  };
}

type ObjectRow = z.ZodObject<{ id: z.ZodInt; updatedAt: z.ZodType<string> }>;

const StagesText = z.record(z.string(), z.string());

async function readStages({ stages }: Place, ask: () => Promise<Stages>): Promise<Stages> {
  return stages === null ? ask() : StagesText.parse(JSON.parse(stages));
}

const LifecycleAnswer = z.object({ values: z.array(z.object({ id: z.int(), name: z.string() })) });

/** The business unit's lifecycle stages; none where the user may not read them. */
export async function readLifecycle(io: Io): Promise<Stages> {
  try {
    const query = { fields: 'id,name', limit: PAGE_ROWS };
    const { body } = await askEngagement(io, '/objects/lifecycle-stages', { query, schema: LifecycleAnswer });
    return Object.fromEntries(body.values.map(({ id, name }) => [String(id), name]));
  } catch (error) {
    if (error instanceof SourceError && error.failure === 'forbidden') return {};
    throw error;
  }
}

/** Asks, and gives the vendor's numbers their meaning. @throws SourceError */
export async function askEngagement<T>(io: Io, path: string, options: SourceRequestOptions<T>) {
  try {
    return await io.request(path, options);
  } catch (error) {
    const after = (ms: number) => new Date(io.now().getTime() + ms);
    // The day ends at midnight of a time zone that it does not say.
    if (says(error, DAY_IS_USED_UP))
      throw new SourceError('rate-limited', {
        detail: DAY_IS_USED_UP,
        retryAt: after(HOUR_MS),
        status: error.status,
      });
    if (says(error, CONCURRENT))
      throw new SourceError('rate-limited', {
        detail: CONCURRENT,
        retryAt: after(MINUTE_MS),
        status: error.status,
      });
    if (says(error, NO_SUCH_UNIT))
      throw new SourceError('not-found', { detail: 'Pardot-Business-Unit-Id', status: error.status });
    throw error;
  }
}

const OBJECTS = {
  prospects: { en: 'prospects', de: 'Interessenten' },
  'visitor-activities': { en: 'visitor activities', de: 'Besucheraktivitäten' },
  campaigns: { en: 'campaigns', de: 'Kampagnen' },
  'lifecycle-stages': {
    en: 'lifecycle stages (the status of prospects)',
    de: 'Lebenszyklusphasen (der Status von Interessenten)',
  },
} satisfies Record<string, LocalText>;

/** Looks at every kind of object that is pulled. */
export async function checkEngagement(io: Io): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [object, name] of Object.entries(OBJECTS)) {
    try {
      const query = { fields: 'id', limit: 1 };
      await askEngagement(io, `/objects/${object}`, {
        query,
        schema: z.object({ values: z.array(z.unknown()) }),
      });
      findings.push({ ok: true, words: { en: `Can read ${name.en}.`, de: `Kann ${name.de} lesen.` } });
    } catch (error) {
      if (says(error, 'Pardot-Business-Unit-Id')) return [noSuchUnit()];
      if (!(error instanceof SourceError) || error.failure !== 'forbidden') throw error;
      findings.push(notAllowed(name));
    }
  }
  return findings;
}

function notAllowed({ en, de }: LocalText): Finding {
  return {
    ok: false,
    words: {
      en: `Cannot read ${en}. Give the role of the user who signed in the ability to view them.`,
      de: `Kann ${de} nicht lesen. Geben Sie der Rolle des angemeldeten Benutzers das Recht, sie anzuzeigen.`,
    },
  };
}

function noSuchUnit(): Finding {
  return {
    ok: false,
    words: {
      en: 'There is no active business unit with this ID, or the user who signed in does not belong to it.',
      de: 'Es gibt keine aktive Geschäftseinheit mit dieser ID, oder der angemeldete Benutzer gehört nicht dazu.',
    },
  };
}
