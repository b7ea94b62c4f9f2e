import { EnvironmentError } from './environment.ts';
import { DataFolderError } from './store/data-folder.ts';

/** Says why and ends the process; what a person can mend comes without the trace. */
export function fail(error: unknown): never {
  const expected = error instanceof EnvironmentError || error instanceof DataFolderError;
  process.stderr.write(
    `${expected ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exit(1);
}
