import { createExampleFake } from './example.ts';
import type { CreateFake } from './fake-system.ts';

/** The fakes of the systems that connectors talk to, by the connector's id. */
export const FAKES: Readonly<Record<string, CreateFake>> = {
  example: createExampleFake,
};
