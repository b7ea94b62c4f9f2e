import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { sendMessage } from '../utils/extension/send-message.ts';
import { candidatesIn, selectorFor, shownAddress } from '../utils/sites/pick-selector.ts';
import { pointAtOne } from './overlay/point-at-one.ts';
import { words } from './overlay/words.ts';

/** Whoever starts the script does not wait for its user. */
export default defineUnlistedScript(() => void pick());

/** Lets the user point at an e-mail address, and then at the name beside it, on a page nobody has explained. */
async function pick(): Promise<void> {
  const email = await pointAtOne({
    label: words('picker.label'),
    hint: words('picker.email'),
    candidates: candidatesIn(document.body).filter((element) => shownAddress(element) !== undefined),
    refuse: (element) =>
      shownAddress(element) === undefined
        ? words('picker.noAddress')
        : selectorFor(element) === undefined
          ? words('picker.unclear')
          : null,
  });
  const pickedEmail = email && selectorFor(email);
  if (!pickedEmail) return;
  const name = await pointAtOne({
    label: words('picker.label'),
    hint: words('picker.name'),
    candidates: candidatesIn(document.body).filter((element) => shownAddress(element) === undefined),
    refuse: (element) => (selectorFor(element) === undefined ? words('picker.unclear') : null),
  });
  const pickedName = name && selectorFor(name);
  await sendMessage('sites.picked', {
    site: 'generic',
    selectors: { pickedEmail: [pickedEmail], ...(pickedName && { pickedName: [pickedName] }) },
  });
}
