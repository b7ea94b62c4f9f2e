import { importFile } from './commands/import.ts';
import { backup, migrateTo, restore } from './dump/commands.ts';
import { EnvironmentError } from './environment.ts';
import { fail } from './fail.ts';
import { repairCommand } from './repair-command.ts';
import { readSettings } from './settings.ts';
import { startHub } from './start-hub.ts';

/** What `npm run hub -- <name>` does with the words after it; without a name the hub starts. */
const COMMANDS: Readonly<Record<string, (words: string[]) => Promise<void>>> = {
  start: () => startHub(readSettings(process.env)),
  import: importFile,
  'repair-reports': () => repairCommand(readSettings(process.env)),
  backup: (words) => backup(readSettings(process.env), words),
  restore: (words) => restore(readSettings(process.env), words),
  'migrate-to': (words) => migrateTo(readSettings(process.env), words),
};

try {
  const [name = 'start', ...words] = process.argv.slice(2);
  const command = COMMANDS[name];
  if (!command) {
    throw new EnvironmentError(
      `The hub has no command "${name}". It has: ${Object.keys(COMMANDS).join(', ')}.`,
    );
  }
  await command(words);
} catch (error) {
  fail(error);
}
