import type { SourceStatus } from '../../utils/contract/lead-context.ts';

/** What a source system is called; its id when nobody named it. */
export const sourceLabel = (system: string, sources: readonly SourceStatus[]): string =>
  sources.find((source) => source.system === system)?.label ?? system;
