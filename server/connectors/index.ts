import { brevo } from './brevo.ts';
import type { Connector } from './connector.ts';
import { mautic } from './mautic.ts';

/** Every system the hub can bring knowledge in from. */
export const CONNECTORS: readonly Connector[] = [brevo, mautic];

export const findConnector = (system: string): Connector | undefined =>
  CONNECTORS.find(({ id }) => id === system);
