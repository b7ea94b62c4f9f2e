import { z } from 'zod';
import type { LocalText } from '../../../utils/contract/primitives.ts';
import type { Finding, SourceIo } from '../connector.ts';
import { SourceError } from '../source-error.ts';
import { type Odoo, openOdoo } from './api.ts';
import type { OdooSettings } from './settings.ts';

/** What the hub reads, by Odoo's apps, and the right that opens it. */
const NEEDED: readonly {
  model: string;
  what: LocalText;
  app: LocalText;
  right: LocalText;
  wanted?: keyof OdooSettings;
}[] = [
  {
    model: 'crm.lead',
    what: { en: 'Leads and opportunities', de: 'Leads und Chancen' },
    app: { en: 'CRM', de: 'CRM' },
    right: { en: 'Sales: All Documents', de: 'Verkauf: Alle Dokumente' },
  },
  {
    model: 'mailing.trace',
    what: { en: 'Mailings and what became of them', de: 'Mailings und was aus ihnen wurde' },
    app: { en: 'Email Marketing', de: 'E-Mail-Marketing' },
    right: { en: 'Email Marketing: User', de: 'E-Mail-Marketing: Benutzer' },
    wanted: 'mailings',
  },
  {
    model: 'mailing.subscription',
    what: { en: 'Who has left the mailing lists', de: 'Wer die Verteiler verlassen hat' },
    app: { en: 'Email Marketing from version 17 on', de: 'E-Mail-Marketing ab Version 17' },
    right: { en: 'Email Marketing: User', de: 'E-Mail-Marketing: Benutzer' },
    wanted: 'mailings',
  },
  {
    model: 'mail.blacklist',
    what: { en: 'The blacklist', de: 'Die Sperrliste' },
    app: { en: 'Discuss', de: 'Dialog' },
    right: { en: 'Email Marketing: User', de: 'E-Mail-Marketing: Benutzer' },
    wanted: 'mailings',
  },
  {
    model: 'event.registration',
    what: { en: 'Event registrations', de: 'Anmeldungen zu Veranstaltungen' },
    app: { en: 'Events', de: 'Veranstaltungen' },
    right: { en: 'Events: Registration Desk', de: 'Veranstaltungen: Anmeldeschalter' },
    wanted: 'events',
  },
  {
    model: 'calendar.event',
    what: { en: 'Calls and meetings', de: 'Anrufe und Treffen' },
    app: { en: 'Calendar', de: 'Kalender' },
    right: { en: 'Sales: All Documents', de: 'Verkauf: Alle Dokumente' },
    wanted: 'meetings',
  },
];

export async function check(io: SourceIo<OdooSettings>): Promise<Finding[]> {
  const odoo = await openOdoo(io);
  const findings = [versionFinding(odoo)];
  for (const needed of NEEDED)
    if (needed.wanted === undefined || io.settings[needed.wanted] === true)
      findings.push(await findingOf(odoo, needed));
  return [...findings, ...(await ownLeadsOnly(odoo))];
}

const versionFinding = ({ version }: Odoo): Finding => {
  const api = version >= 19 ? 'JSON-2' : 'JSON-RPC';
  return {
    ok: true,
    words: {
      en: `This is Odoo ${version}; the hub talks to it by ${api}, and the key is valid.`,
      de: `Das ist Odoo ${version}; der Hub spricht mit ihm über ${api}, und der Schlüssel gilt.`,
    },
  };
};

async function findingOf(odoo: Odoo, { model, what, app, right }: (typeof NEEDED)[number]): Promise<Finding> {
  try {
    const options = { schema: z.array(z.int()), repeatable: true };
    await odoo.call(model, 'search', { domain: [], limit: 1 }, options);
    return { ok: true, words: { en: `${what.en}: readable.`, de: `${what.de}: lesbar.` } };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    if (error.failure === 'not-found')
      return {
        ok: false,
        words: {
          en: `${what.en}: the app “${app.en}” is not installed in this Odoo. Install it, or do without.`,
          de: `${what.de}: Die App „${app.de}“ ist in diesem Odoo nicht installiert. Installieren Sie sie, oder es geht ohne.`,
        },
      };
    if (error.failure !== 'forbidden') throw error;
    return {
      ok: false,
      words: {
        en: `${what.en}: the key’s user may not read them. Give them the right “${right.en}” in Odoo, or switch this off here.`,
        de: `${what.de}: Der Benutzer des Schlüssels darf sie nicht lesen. Geben Sie ihm in Odoo das Recht „${right.de}“, oder schalten Sie dies hier ab.`,
      },
    };
  }
}

/** Odoo leaves out what a user may not see without a word, so it has to be asked. */
async function ownLeadsOnly({ call, version }: Odoo): Promise<Finding[]> {
  // Before, it is asked about in another way, and not told to everybody.
  if (version < 19) return [];
  const context = z.object({ uid: z.int().positive() });
  const { uid } = await call('res.users', 'context_get', {}, { schema: context, repeatable: true });
  const seesAll = await call(
    'res.users',
    'has_group',
    { ids: [uid], group_ext_id: 'sales_team.group_sale_salesman_all_leads' },
    { schema: z.boolean(), repeatable: true },
  );
  if (seesAll) return [];
  return [
    {
      ok: false,
      words: {
        en: 'The key’s user sees only their own leads. With the right “Sales: All Documents” the hub sees everybody’s.',
        de: 'Der Benutzer des Schlüssels sieht nur seine eigenen Leads. Mit dem Recht „Verkauf: Alle Dokumente“ sieht der Hub die aller.',
      },
    },
  ];
}
