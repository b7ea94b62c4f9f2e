import { createHash } from 'node:crypto';
import { CHROMIUM_ORIGIN } from '../cors.ts';

/** The extension's id in Firefox, as in wxt.config.ts. */
const FIREFOX_ID = 'tandem@tandem.example';

/** Where browsers hand an answer of the sign-in to the extension, and to nobody else. */
export function redirectUris(extensionOrigins: readonly string[]): string[] {
  // Firefox names the extension by the SHA-1 of its id; the second form is what it offers beside.
  const firefox = createHash('sha1').update(FIREFOX_ID).digest('hex');
  return [
    ...[CHROMIUM_ORIGIN, ...extensionOrigins]
      .filter((origin) => origin.startsWith('chrome-extension://'))
      .map((origin) => `https://${new URL(origin).host}.chromiumapp.org/`),
    `https://${firefox}.extensions.allizom.org/`,
    `http://127.0.0.1/mozoauth2/${firefox}`,
  ];
}
