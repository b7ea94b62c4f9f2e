import type { Connector } from './connector.ts';

/** Every system that knowledge can be brought in from, in the order in which they are offered. */
export const CONNECTORS: readonly Connector[] = [];

/** The connector of this id; undefined when there is none. */
export const findConnector = (system: string): Connector | undefined =>
  CONNECTORS.find(({ id }) => id === system);
