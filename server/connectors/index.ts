import { accountEngagement } from './account-engagement.ts';
import type { Connector } from './connector.ts';
import { hubspot } from './hubspot.ts';
import { salesforce } from './salesforce.ts';

/** Every system the hub can bring knowledge in from. */
export const CONNECTORS: readonly Connector[] = [hubspot, salesforce, accountEngagement];

export const findConnector = (system: string): Connector | undefined =>
  CONNECTORS.find(({ id }) => id === system);
