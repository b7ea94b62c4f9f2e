import type { Connector } from './connector.ts';

/** Every system the hub can bring knowledge in from. */
export const CONNECTORS: readonly Connector[] = [];

export const findConnector = (system: string): Connector | undefined =>
  CONNECTORS.find(({ id }) => id === system);
