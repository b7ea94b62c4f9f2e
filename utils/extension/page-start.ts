import type { Origin } from './handle-messages.ts';
import { currentRules, whyOff } from './mailbox-rule.ts';
import type { RequestOf, ResponseOf } from './messages.ts';
import { selectorsFor } from './selectors.ts';
import { chooseLanguage, textsOf } from './texts.ts';
import { type Place, startFrame } from './tab-session.ts';
import { showSwitchedOff } from './toolbar.ts';

/** How the names of what is said in a page begin (entrypoints/overlay/words.ts). */
const IN_PAGES = ['dock_', 'badge_', 'picker_', 'stage_short_', 'language'];

/** What a site's script needs to know when it starts in a frame, or starts over there. */
export async function startPage(
  { site }: RequestOf<'page.start'>,
  origin: Origin,
): Promise<ResponseOf<'page.start'>> {
  const rules = await currentRules();
  const off = whyOff({ id: site }, rules);
  const place = placeOf(origin);
  await startFrame(place, site, off === null);
  if (place.frameId === 0) void showSwitchedOff(place.tabId, off === 'switched-off');
  await chooseLanguage(rules.language);
  return {
    on: off === null,
    badges: rules.badges,
    selectors: await selectorsFor(site, origin.url),
    texts: textsOf(IN_PAGES),
  };
}

/** Where a content script's message is from. What it says of its address itself must be of the same origin. */
export const placeOf = ({ tabId, frameId, documentId, url }: Origin, address = url.href): Place => ({
  tabId: tabId!,
  frameId,
  ...(documentId !== undefined && { documentId }),
  address: URL.parse(address)?.origin === url.origin ? address : url.href,
});
