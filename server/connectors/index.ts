import type { Connector } from './connector.ts';
import { odoo } from './odoo.ts';

/** Every system the hub can bring knowledge in from. */
export const CONNECTORS: readonly Connector[] = [odoo];

export const findConnector = (system: string): Connector | undefined =>
  CONNECTORS.find(({ id }) => id === system);
