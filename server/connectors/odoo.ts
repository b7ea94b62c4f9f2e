import { defineConnector } from './connector.ts';
import { check } from './odoo/check.ts';
import { pullCampaigns } from './odoo/campaigns.ts';
import { pullConsent } from './odoo/consent.ts';
import { writeFeedback } from './odoo/feedback.ts';
import { clicks, traces } from './odoo/mailing-touchpoints.ts';
import { calls, meetings, noShows, origins, registrations } from './odoo/other-touchpoints.ts';
import { pullParts } from './odoo/parts.ts';
import { pullPeople } from './odoo/people.ts';
import { pullPlanned } from './odoo/planned.ts';
import { OdooSettings } from './odoo/settings.ts';

const MINUTE_MS = 60_000;

/** Odoo 13 and later, in its own cloud or a company's. Written against Odoo 19 itself and its source (2026-11). */
export const odoo = defineConnector({
  id: 'odoo',
  label: 'Odoo',
  settings: OdooSettings,
  // Administrators paste what stands in the address bar.
  baseUrl: ({ url }) => new URL(url).origin,
  authorise: ({ apiKey, database }) => ({
    authorization: `bearer ${apiKey}`,
    ...(database && { 'x-odoo-database': database }),
  }),
  tenant: ({ url }) => new URL(url).host,
  limits: ({ url }) => [
    // Odoo asks for this in its cloud. A company's own has no limit but its processors.
    { requests: new URL(url).hostname.endsWith('.odoo.com') ? 1 : 10, perMs: 1_000 },
  ],
  // The stages that a new Odoo has, in both languages; `Lost` is the connector's own word.
  defaultMappings: {
    New: 'lead',
    Neu: 'lead',
    Qualified: 'sql',
    Qualifiziert: 'sql',
    Proposition: 'opportunity',
    Angebot: 'opportunity',
    Won: 'customer',
    Gewonnen: 'customer',
    Lost: 'disqualified',
  },
  // A change is dated when its transaction begins, and seen when it ends; Odoo ends them after fifteen minutes at most.
  overlapMs: 15 * MINUTE_MS,
  check,
  pullCampaigns,
  pullPeople,
  pullConsent,
  pullTouchpoints: pullParts([traces, clicks, registrations, noShows, origins, calls, meetings]),
  pullPlanned,
  writeFeedback,
  recordUrl: ({ url, login }, { type, id }) => {
    const { origin } = new URL(url);
    // The address of versions before 18, which only those with a login may be.
    if (login) return `${origin}/web#id=${id}&model=${type}&view_type=form`;
    return `${origin}/odoo/${type === 'crm.lead' ? 'crm' : type}/${id}`;
  },
});
