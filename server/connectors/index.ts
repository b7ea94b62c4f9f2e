import type { Connector } from './connector.ts';
import { hubspot } from './hubspot.ts';

/** Every system the hub can bring knowledge in from. */
export const CONNECTORS: readonly Connector[] = [hubspot];

export const findConnector = (system: string): Connector | undefined =>
  CONNECTORS.find(({ id }) => id === system);
