import type { PageReading } from '../contract/page-reading.ts';
import { dynamics } from './dynamics.ts';
import { espocrm } from './espocrm.ts';
import { generic } from './generic.ts';
import { gmail } from './gmail.ts';
import { hubspot } from './hubspot.ts';
import { mautic } from './mautic.ts';
import { odoo } from './odoo.ts';
import { outlook } from './outlook.ts';
import { pipedrive } from './pipedrive.ts';
import { roundcube } from './roundcube.ts';
import { salesforce } from './salesforce.ts';
import { pageOf, type Site } from './site.ts';
import { suitecrm } from './suitecrm.ts';
import { twenty } from './twenty.ts';
import { zoho } from './zoho.ts';

/** Every site, and the only list of them: manifest, permissions and content scripts come from here. */
export const sites: readonly Site[] = [
  gmail,
  outlook,
  roundcube,
  dynamics,
  espocrm,
  hubspot,
  mautic,
  odoo,
  pipedrive,
  salesforce,
  suitecrm,
  twenty,
  zoho,
  generic,
];

/** The site of this id. */
export const siteById = (id: string): Site | undefined => sites.find((site) => site.id === id);

/** The site an address belongs to by its own match patterns (`https://host/*` or `https://*.host/*`). */
export function siteFor(url: URL): Site | undefined {
  return sites.find((site) => site.matches.some((pattern) => matchesOrigin(pattern, url)));
}

/** Who is on this page, as one site reads it; `null` when it shows nobody. */
export function readAs(id: string, document: Document, url: URL): PageReading | null {
  const site = siteById(id);
  return site?.read(pageOf(site, document, url)) ?? null;
}

/** The same for a page whose address says which site it is of. */
export function readPage(document: Document, url: URL): PageReading | null {
  return readAs(siteFor(url)?.id ?? '', document, url);
}

/** Whether a match pattern for a whole origin covers this address. Patterns know no ports. */
export function matchesOrigin(pattern: string, url: URL): boolean {
  const [, scheme, host] = /^(https?):\/\/([^/]+)\/\*$/u.exec(pattern) ?? [];
  if (`${scheme}:` !== url.protocol || host === undefined) return false;
  return host.startsWith('*.') ? url.hostname.endsWith(host.slice(1)) : url.hostname === host;
}
