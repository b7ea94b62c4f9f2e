import type { SourceCheck } from '../../utils/contract/source.ts';
import type { Hub } from '../hub.ts';
import type { Connector } from './connector.ts';
import { failureWords } from './failure-words.ts';
import { openSource } from './open-source.ts';
import { SourceError } from './source-error.ts';
import type { StoredSource } from './source-store.ts';

/** An administrator waits for it, and the extension no longer than ten seconds. */
const PATIENCE_MS = 8_000;

/** Asks a system what works with the stored settings; what keeps it from answering is a finding, too. */
export async function checkSource(
  hub: Hub,
  connector: Connector,
  source: StoredSource,
): Promise<SourceCheck['findings']> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    const { io } = openSource(hub, connector, source, { signal: AbortSignal.any([patience, hub.stopping]) });
    return await connector.check(io);
  } catch (thrown) {
    const error = patience.aborted ? new SourceError('timeout') : thrown;
    if (!(error instanceof SourceError)) throw error;
    return [{ ok: false, words: failureWords(error) }];
  }
}
