import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { type Environment, EnvironmentError, readEnvironment, settingNames } from './environment.ts';

/** Read when it lies in the working folder and TANDEM_CONFIG names no other. */
const USUAL_FILE = 'tandem.env';

/** So many letters wrong, missing or too many still look like the setting they stand beside. */
const TYPO_LETTERS = 3;

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The hub's settings: those of its file (`tandem.env.example` documents them), and those of the environment, which
 * win.
 *
 * @throws EnvironmentError
 */
export function readSettings(environment: Variables): Environment {
  const path = environment.TANDEM_CONFIG ?? USUAL_FILE;
  const file = readFile(path, environment.TANDEM_CONFIG !== undefined);
  const wrong = [
    // The file is the hub's own, so everything in it must be one of its settings.
    ...Object.keys(file)
      .filter((key) => !settingNames.includes(key))
      .map((key) => `${key} in ${path} is no setting of the hub${suggestion(key)}`),
    // Others have variables, too, even of this prefix: only what looks like a typo is one.
    ...Object.keys(environment)
      .filter((key) => key.startsWith('TANDEM_') && key !== 'TANDEM_CONFIG' && !settingNames.includes(key))
      .filter((key) => suggestion(key) !== '')
      .map((key) => `${key} is no setting of the hub${suggestion(key)}`),
  ];
  if (wrong.length > 0) {
    throw new EnvironmentError(`The hub's settings are not usable.\n${wrong.join('\n')}`);
  }
  return readEnvironment({ ...file, ...environment });
}

function readFile(path: string, isRequired: boolean): Variables {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && !isRequired) return {};
    throw new EnvironmentError(
      `The hub's settings in ${path} cannot be read (${code}). Make the file readable for this user, or set ` +
        'TANDEM_CONFIG to another one.',
    );
  }
  return parseEnv(text);
}

/** The setting that was probably meant, in words; nothing when none is close. */
function suggestion(key: string): string {
  const [closest] = settingNames
    .map((name) => ({ name, letters: distance(key, name) }))
    .filter(({ letters }) => letters <= TYPO_LETTERS)
    .sort((a, b) => a.letters - b.letters);
  return closest ? `; did you mean ${closest.name}?` : '';
}

/** How many letters must be changed, added or removed (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const changed = (row[j] ?? 0) + (letter === to[j] ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
