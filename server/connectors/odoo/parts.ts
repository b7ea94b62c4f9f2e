import type { z } from 'zod';
import type { Pull } from '../connector.ts';
import { SourceError } from '../source-error.ts';
import { type Domain, type Fields, type Odoo, openOdoo } from './api.ts';
import type { OdooSettings } from './settings.ts';
import { odooMoment } from './values.ts';

/** Odoo itself sets no bound; this many leads with all they point at take it about a second. */
export const PAGE_SIZE = 500;

interface Times {
  since: Date | null;
  now: Date;
}

/** A model's records as part of a pull. */
export interface Part<Row, Item> {
  model: string;
  fields: Fields;
  row: z.ZodType<Row>;
  /** Which records count. */
  domain?: (times: Times) => Domain;
  /** Which of them are new; by default those written since then. */
  changed?: (since: Date, times: Times) => Domain;
  archived?: boolean;
  /** Whether the administrator wants it; absent: always. What is wanted must be readable. */
  wanted?: (settings: OdooSettings) => boolean;
  items: (row: Row, times: Times) => Item[];
}

/** Keeps the row's type within the part: what a list of parts has in common is the item. */
export const part = <Row, Item>(definition: Part<Row, Item>) => definition as Part<unknown, Item>;

/**
 * A pull over several models, one after the other.
 *
 * Its pages go by id, and only where they begin by time: `write_date` is the beginning of the transaction, the same for
 * all of an import and finer in the database than in answers, so that it can neither be sorted nor continued by without
 * leaving something out. What changes behind the page is found by the next pull, whose `since` is before this one's
 * beginning.
 */
export const pullParts =
  <Item>(parts: readonly Part<unknown, Item>[]): Pull<OdooSettings, Item> =>
  async (io, { since, cursor }) => {
    const index = nextWanted(parts, io.settings, Number(cursor?.['part'] ?? 0));
    const current = parts[index];
    if (current === undefined) return { items: [], next: null };
    const isGoingOn = cursor?.['part'] === index;
    const after = isGoingOn ? Number(cursor['after'] ?? 0) : 0;
    const times = { since, now: io.now() };
    const odoo = await openOdoo(io, cursor);
    const following = nextWanted(parts, io.settings, index + 1);
    const nextPart = following < parts.length ? { ...odoo.keep, part: following } : null;
    try {
      const fields = isGoingOn && cursor['fields'] ? String(cursor['fields']) : await fieldsOf(odoo, current);
      const { rows, ids } = await odoo.search(
        {
          model: current.model,
          domain: [...(current.domain?.(times) ?? []), ...changed(current, times)],
          fields: Object.fromEntries(fields.split(',').map((name) => [name, current.fields[name] ?? null])),
          after,
          limit: PAGE_SIZE,
          archived: current.archived,
        },
        current.row,
      );
      const last = rows.length < PAGE_SIZE ? undefined : ids.at(-1);
      return {
        items: rows.flatMap((row) => current.items(row, times)),
        next: last === undefined ? nextPart : { ...odoo.keep, part: index, after: last, fields },
      };
    } catch (error) {
      if (!isNotFound(error)) throw error;
      // Where Odoo itself still answers it is the module that is not there.
      await openOdoo(io);
      return { items: [], next: nextPart };
    }
  };

function nextWanted<Item>(
  parts: readonly Part<unknown, Item>[],
  settings: OdooSettings,
  from: number,
): number {
  const index = parts.findIndex(({ wanted }, at) => at >= from && (wanted?.(settings) ?? true));
  return index < 0 ? parts.length : index;
}

const fieldsOf = async (odoo: Odoo, { model, fields }: Part<unknown, unknown>) =>
  (await odoo.known(model, Object.keys(fields))).join();

function changed({ changed: of }: Part<unknown, unknown>, times: Times): Domain {
  if (times.since === null) return [];
  return of?.(times.since, times) ?? writtenSince(times.since);
}

const writtenSince = (since: Date): Domain => [['write_date', '>=', odooMoment(since)]];

const isNotFound = (error: unknown) => error instanceof SourceError && error.failure === 'not-found';
