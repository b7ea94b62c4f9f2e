import { access } from 'node:fs/promises';
import { installPackages, requireRootOnDebian } from '../peers/packages.ts';

const DEBIANS = '/usr/bin/firefox-esr';
const SYSTEM_FIREFOXES = [
  DEBIANS,
  '/usr/bin/firefox',
  '/snap/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

/**
 * The program of a Firefox: the one named by TANDEM_FIREFOX, the system's, or Debian's ESR, installed where that
 * is possible. Throws with the reason where there is none.
 */
export async function findFirefox(): Promise<string> {
  const named = process.env['TANDEM_FIREFOX'];
  if (named !== undefined) {
    if (await exists(named)) return named;
    throw new Error(`TANDEM_FIREFOX names ${named}, which cannot be run. Correct it or unset it.`);
  }
  for (const path of SYSTEM_FIREFOXES) if (await exists(path)) return path;
  await requireRootOnDebian();
  await installPackages(['firefox-esr']);
  return DEBIANS;
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
