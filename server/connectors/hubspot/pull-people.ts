import type { Pull, SourcePerson } from '../connector.ts';
import { readCountry, readLanguage } from '../../imports/cell-values.ts';
import { instantOf, isAddress, type Properties, textOf } from './answers.ts';
import { mailConsent, readSubscriptions } from './consents.ts';
import { stageNames } from './lifecycle-stages.ts';
import { ownersOf } from './owners.ts';
import { type FoundRecord, searchChanged } from './search-changed.ts';
import type { Settings } from './settings.ts';

const CHANGED = 'lastmodifieddate';
const PROPERTIES = [
  'email',
  'hs_additional_emails',
  'firstname',
  'lastname',
  'company',
  'jobtitle',
  'phone',
  'mobilephone',
  'hs_country_region_code',
  'country',
  'hs_language',
  'hubspot_owner_id',
  'lifecyclestage',
  'hs_lead_status',
  'hs_email_optout',
  'hs_merged_object_ids',
  'industry',
  'numemployees',
  'hubspotscore',
] as const;

/** What sources know besides, by the names under which criteria ask for it. */
const ATTRIBUTES = {
  leadStatus: 'hs_lead_status',
  industry: 'industry',
  employees: 'numemployees',
  score: 'hubspotscore',
} as const;

/**
 * Contacts, 200 at a time. The search answers all of them in half the requests of the list, which gives 100 at a time,
 * and is needed for changes anyway; the list's one merit, that it has no end at 10,000, does not count with keyset
 * pages. Deleted contacts are not in it: HubSpot tells of them by webhook only.
 */
export const pullPeople: Pull<Settings, SourcePerson> = async (io, { since, cursor }) => {
  const search = { type: 'contacts', properties: PROPERTIES, changedBy: CHANGED, since, cursor };
  const { records, next, ...rest } = await searchChanged(io, search);
  const addresses = records.flatMap(({ properties }) => textOf(properties, 'email') ?? []);
  // A key that may not read subscriptions is not asked again on each page.
  const subscriptions = cursor?.['subscriptions'] === false ? null : await readSubscriptions(io, addresses);
  const owners = await ownersOf(io);
  const stages = await stageNames(
    io,
    records.map(({ properties }) => properties['lifecyclestage']),
  );
  return {
    items: records.map((record) => personOf(record, { owners, stages, subscriptions })),
    next: next && { ...next, subscriptions: subscriptions !== null },
    ...rest,
  };
};

interface Known {
  owners: ReadonlyMap<string, string>;
  stages: ReadonlyMap<string, string>;
  subscriptions: Awaited<ReturnType<typeof readSubscriptions>>;
}

function personOf({ id, properties }: FoundRecord, { owners, stages, subscriptions }: Known): SourcePerson {
  const emails = addressesOf(properties);
  const names = [textOf(properties, 'firstname'), textOf(properties, 'lastname')].filter(Boolean);
  const phone = textOf(properties, 'phone') ?? textOf(properties, 'mobilephone');
  const country = readCountry(
    textOf(properties, 'hs_country_region_code') ?? textOf(properties, 'country') ?? '',
  );
  // `de-at`: the import's reader knows two letters or four.
  const language = readLanguage((textOf(properties, 'hs_language') ?? '').replaceAll('-', ''));
  const stage = textOf(properties, 'lifecyclestage');
  const changedAt = instantOf(properties[CHANGED]);
  const consents = mailConsent(subscriptions?.get(emails[0]?.toLowerCase() ?? '') ?? [], {
    optedOut: properties['hs_email_optout'] === 'true',
    changedAt,
  });
  return {
    record: { type: 'contact', id },
    ...others(properties),
    name: names.join(' ') || (emails[0] ?? `Contact ${id}`),
    emails,
    ...present({
      company: textOf(properties, 'company'),
      title: textOf(properties, 'jobtitle'),
      phone: phone && phone.length <= 64 ? phone : undefined,
      country: country ?? undefined,
      language: language ?? undefined,
      ownerEmail: owners.get(textOf(properties, 'hubspot_owner_id') ?? ''),
      status: stage && (stages.get(stage) ?? stage),
      sourcedAt: changedAt,
    }),
    attributes: attributesOf(properties),
    ...(consents.length > 0 && { consents }),
  };
}

/** The primary one first: it is the one that subscriptions belong to. */
function addressesOf(properties: Properties): string[] {
  const further = textOf(properties, 'hs_additional_emails')?.split(';') ?? [];
  const all = [textOf(properties, 'email') ?? '', ...further].map((text) => text.trim());
  return [...new Set(all.filter(isAddress))].slice(0, 20);
}

/** The contacts that were merged into this one: pages and touchpoints may still name them. */
function others(properties: Properties): Pick<SourcePerson, 'otherRecords'> {
  const ids = textOf(properties, 'hs_merged_object_ids')?.split(';') ?? [];
  const otherRecords = ids
    .map((id) => ({ type: 'contact', id: id.trim() }))
    .filter(({ id }) => /^\d+$/.test(id))
    .slice(0, 10);
  return otherRecords.length > 0 ? { otherRecords } : {};
}

function attributesOf(properties: Properties): Record<string, string | number> {
  const known = Object.entries(ATTRIBUTES).flatMap(([name, property]) => {
    const text = textOf(properties, property);
    return text === undefined ? [] : [[name, /^\d{1,15}$/.test(text) ? Number(text) : text.slice(0, 2_000)]];
  });
  return Object.fromEntries(known) as Record<string, string | number>;
}

/** Without the fields that are undefined. */
const present = <T extends Record<string, unknown>>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>;
  };
