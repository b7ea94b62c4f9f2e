import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EnvironmentError, readEnvironment, settingNames } from '../../server/environment.ts';
import { readSettings } from '../../server/settings.ts';

const example = await readFile(new URL('../../tandem.env.example', import.meta.url), 'utf8');
/** The settings of the document, as if the # before each were taken away. */
const documented = parseEnv(example.replaceAll(/^# (?=[A-Z_]+=)/gm, ''));

describe('tandem.env.example', () => {
  test('documents every setting, and nothing else', () => {
    expect(Object.keys(documented).toSorted()).toEqual([...settingNames].toSorted());
  });

  test('is usable as it stands and with every # taken away, and shows the defaults', () => {
    expect(parseEnv(example)).toEqual({});
    const all = readEnvironment(documented);
    for (const [key, value] of Object.entries(readEnvironment({}))) {
      if (value !== undefined) expect({ [key]: all[key as keyof typeof all] }).toEqual({ [key]: value });
    }
  });
});

describe('the settings', () => {
  let folder: string;
  const file = (text: string) => writeFile(join(folder, 'hub.env'), text);
  const read = (environment: Record<string, string> = {}) =>
    readSettings({ TANDEM_CONFIG: join(folder, 'hub.env'), ...environment });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-settings-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('come from the file, and the environment wins', async () => {
    await file('# a comment\nPORT=9000\nTANDEM_DATA="a folder"\nLOG_LEVEL=warn\n');
    expect(read({ PORT: '9001' })).toMatchObject({ PORT: 9001, TANDEM_DATA: 'a folder', LOG_LEVEL: 'warn' });
  });

  test('a file that was named must be there; the usual one need not', () => {
    expect(() => read()).toThrow(`The hub's settings in ${join(folder, 'hub.env')} cannot be read (ENOENT)`);
    expect(readSettings({})).toMatchObject({ PORT: 8787 });
  });

  test('of the file that are none are named, with what was probably meant', async () => {
    await file('TANDEM_PUBLC_URL=https://tandem.example.com\nCOLOUR=red\n');
    expect(() => read()).toThrow(EnvironmentError);
    expect(() => read()).toThrow('TANDEM_PUBLC_URL in ');
    expect(() => read()).toThrow('did you mean TANDEM_PUBLIC_URL?');
    expect(() => read()).toThrow(/COLOUR in .* is no setting of the hub$/m);
  });

  test('of the environment that look like a typo are named; what others have there is theirs', async () => {
    await file('');
    expect(() => read({ TANDEM_RETENTION_TOUCHPOINTS_MONTH: '3' })).toThrow(
      'TANDEM_RETENTION_TOUCHPOINTS_MONTH is no setting of the hub; did you mean TANDEM_RETENTION_TOUCHPOINT_MONTHS?',
    );
    expect(
      read({ TANDEM_BROWSER: '/usr/bin/chromium', TANDEM_PEERS_REQUIRED: '1', COLOUR: 'red' }),
    ).toBeTruthy();
  });

  test.each([
    [{ DATABASE_OWNER_URL: 'postgres://o:p@db/tandem' }, 'DATABASE_OWNER_URL needs DATABASE_URL'],
    [{ TANDEM_SMTP_URL: 'smtp://mail.example.com' }, 'TANDEM_SMTP_URL needs TANDEM_PUBLIC_URL'],
    [{ TANDEM_PUBLIC_URL: 'tandem' }, 'must be an address such as https://tandem.example.com'],
    [
      { TANDEM_PUBLIC_URL: 'https://example.com/tandem' },
      'must be without a path: the hub answers at the root of its host',
    ],
  ])('%j is not enough', async (environment, message) => {
    await file('');
    expect(() => read(environment)).toThrow(message);
  });

  test('that are secret are not repeated when they are wrong', async () => {
    await file('TANDEM_METRICS_TOKEN=tooshort\nDATABASE_URL=hunter2\n');
    expect(() => read()).toThrow('TANDEM_METRICS_TOKEN=…: must have 16 characters or more');
    expect(() => read()).not.toThrow(/tooshort|hunter2/);
  });
});
