import prepareTemplate from '../support/hub-template.ts';
import { findFirefox } from './find-firefox.ts';
import { FIREFOX, MISSING } from './firefox.ts';

/** Playwright's global setup: the hub's data, and a Firefox or the reason why there is none. */
export default async function setUp(): Promise<() => Promise<void>> {
  try {
    process.env[FIREFOX] = await findFirefox();
  } catch (error) {
    const missing = `No Firefox here, so nothing was tested in it. ${(error as Error).message}`;
    process.stderr.write(`firefox: ${missing}\n`);
    if (process.env['TANDEM_FIREFOX_REQUIRED'] === '1') throw error;
    process.env[MISSING] = missing;
  }
  return prepareTemplate();
}
