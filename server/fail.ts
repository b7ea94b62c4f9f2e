import { DumpError } from './dump/dump-format.ts';
import { EnvironmentError } from './environment.ts';
import { DataFolderError } from './store/data-folder.ts';

/** Says why and ends the process; what a person can mend comes without the trace. */
export function fail(error: unknown): never {
  const expected = [EnvironmentError, DataFolderError, DumpError].some((kind) => error instanceof kind);
  process.stderr.write(
    `${error instanceof Error ? (expected ? error.message : error.stack) : String(error)}\n`,
  );
  process.exit(1);
}
