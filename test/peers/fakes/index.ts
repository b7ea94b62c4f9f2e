import { createAccountEngagementFake } from './account-engagement.ts';
import { createBrevoFake } from './brevo.ts';
import { createEspocrmFake } from './espocrm.ts';
import { createExampleFake } from './example.ts';
import type { CreateFake } from './fake-system.ts';
import { createHubspotFake } from './hubspot.ts';
import { createMauticFake } from './mautic.ts';
import { createOdooFake } from './odoo.ts';
import { createPipedriveFake } from './pipedrive.ts';
import { createSalesforceFake } from './salesforce.ts';

/** The fakes of the systems that connectors talk to, by the connector's id. */
export const FAKES: Readonly<Record<string, CreateFake>> = {
  example: createExampleFake,
  odoo: createOdooFake,
  hubspot: createHubspotFake,
  salesforce: createSalesforceFake,
  'account-engagement': createAccountEngagementFake,
  mautic: createMauticFake,
  brevo: createBrevoFake,
  espocrm: createEspocrmFake,
  pipedrive: createPipedriveFake,
};
