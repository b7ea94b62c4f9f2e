import { accountEngagement } from './account-engagement.ts';
import { brevo } from './brevo.ts';
import type { Connector } from './connector.ts';
import { espocrm } from './espocrm.ts';
import { hubspot } from './hubspot.ts';
import { mautic } from './mautic.ts';
import { odoo } from './odoo.ts';
import { pipedrive } from './pipedrive.ts';
import { salesforce } from './salesforce.ts';

/** Every system the hub can bring knowledge in from. */
export const CONNECTORS: readonly Connector[] = [
  odoo,
  hubspot,
  salesforce,
  accountEngagement,
  mautic,
  brevo,
  espocrm,
  pipedrive,
];
