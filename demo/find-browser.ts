import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';

const run = promisify(execFile);

/** Branded Chrome and Edge are left out: since version 137 they ignore `--load-extension`. */
const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  `${process.env['LOCALAPPDATA']}\\Chromium\\Application\\chrome.exe`,
];

const HELP = `No browser was found that can load the extension from the command line.
Any of these helps:
  - npx playwright install chromium
  - install Chromium with your system's package manager
  - set TANDEM_BROWSER to the program of a Chromium, Brave or Vivaldi
Chrome and Edge themselves can only load it by hand: run "npm run build" and "npm run hub", open
chrome://extensions, switch on "Developer mode", choose "Load unpacked" and the folder .output/chrome-mv3.`;

/**
 * The program of a Chromium that can load an unpacked extension: the one named by TANDEM_BROWSER,
 * Playwright's, or the system's. Installs one where that is possible. Throws with what to do otherwise.
 */
export async function findBrowser(say: (line: string) => void = console.error): Promise<string> {
  const named = process.env['TANDEM_BROWSER'];
  if (named !== undefined) {
    if (await exists(named)) return named;
    throw new Error(`TANDEM_BROWSER names ${named}, which cannot be run. Correct it or unset it.`);
  }
  const found = await present();
  if (found !== undefined) return found;
  for (const install of [installPlaywrights, installDebians]) {
    if (!(await install(say))) continue;
    const installed = await present();
    if (installed !== undefined) return installed;
  }
  throw new Error(HELP);
}

async function present(): Promise<string | undefined> {
  for (const path of [chromium.executablePath(), ...SYSTEM_BROWSERS]) if (await exists(path)) return path;
  return undefined;
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

async function installPlaywrights(say: (line: string) => void): Promise<boolean> {
  say('No Chromium found; fetching the one Playwright provides …');
  // Its system libraries come along only where we may install them.
  const dependencies = process.getuid?.() === 0 ? ['--with-deps'] : [];
  return attempt('npx', ['playwright', 'install', ...dependencies, 'chromium'], say);
}

async function installDebians(say: (line: string) => void): Promise<boolean> {
  if (process.getuid?.() !== 0 || !(await exists('/usr/bin/apt-get'))) return false;
  say('Installing the chromium package …');
  return (
    (await attempt('apt-get', ['update'], say)) &&
    (await attempt('apt-get', ['install', '-y', 'chromium'], say))
  );
}

async function attempt(command: string, args: string[], say: (line: string) => void): Promise<boolean> {
  try {
    await run(command, args, {
      timeout: 5 * 60_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    return true;
  } catch (error) {
    say(`  "${[command, ...args].join(' ')}" failed: ${String((error as Error).message).split('\n')[0]}`);
    return false;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    console.log(await findBrowser());
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
