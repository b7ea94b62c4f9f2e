import { describeConnector } from '../connectors/describe-connector.ts';
import { CONNECTORS } from '../connectors/index.ts';
import type { Handlers } from '../operation.ts';
import { ProblemError } from '../problem.ts';

const unknown = () => Promise.reject(new ProblemError('not-found', 'The hub knows no such system.'));

export const sourceHandlers: Pick<
  Handlers,
  | 'connectors'
  | 'sources'
  | 'createSource'
  | 'patchSource'
  | 'deleteSource'
  | 'checkSource'
  | 'syncSource'
  | 'signInToSource'
  | 'rotateSourceSecret'
> = {
  connectors: ({ hub: { publicUrl } }) =>
    Promise.resolve({ connectors: CONNECTORS.map((connector) => describeConnector(connector, publicUrl)) }),
  sources: () => Promise.resolve({ sources: [] }),
  createSource: unknown,
  patchSource: unknown,
  deleteSource: unknown,
  checkSource: unknown,
  syncSource: unknown,
  signInToSource: unknown,
  rotateSourceSecret: unknown,
};
