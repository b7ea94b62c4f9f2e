import { openCompose } from './compose.ts';
import { element, icon, icons, onPress } from './elements.ts';
import type { View } from './view.ts';

/** What stands around the views: bar, navigation, icon rail, strip for composes. Returns where views go. */
export function makeFrame(view: View): HTMLElement {
  const views = element('div.nH');
  document.body.append(
    makeBar(view),
    element(
      'div.bkL',
      {},
      makeNavigation(view),
      element('div.nH.bkK', {}, element('div.aeF', {}, views)),
      makeRail(view),
    ),
    element('div.dw', {}, element('div.nH', {}, element('div.nH', {}, element('div.no')))),
    element('div.vh', { role: 'alert', 'aria-live': 'polite' }),
  );
  return views;
}

function makeBar({ account, words }: View): HTMLElement {
  const search = element('input.gb_te', {
    name: 'q',
    type: 'search',
    placeholder: words.search,
    'aria-label': words.search,
  });
  const form = element('form.gb_qe', { role: 'search' }, icon(icons.search), search);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    location.hash = `#search/${encodeURIComponent((search as HTMLInputElement).value)}`;
  });
  const link = element(
    'a.gb_B',
    {
      href: 'https://accounts.google.com/SignOutOptions?continue=https://mail.google.com/mail/u/0/',
      role: 'button',
      'aria-label': `${words.account}: ${account.name}  \n(${account.email})`,
    },
    [...account.name][0] ?? '',
  );
  link.addEventListener('click', (event) => event.preventDefault());
  const brand = element('div.gb_Nd', {}, icon(icons.envelope), element('span', {}, words.sample));
  return element('header.gb_Kd', { id: 'gb', role: 'banner' }, icon(icons.menu), brand, form, link);
}

function makeNavigation(view: View): HTMLElement {
  const { words } = view;
  const compose = element(
    'div.T-I.T-I-KE.L3',
    { role: 'button', gh: 'cm' },
    icon(icons.pencil),
    words.compose,
  );
  onPress(compose, () => openCompose(view));
  const folder = (name: 'inbox' | 'starred' | 'snoozed' | 'sent' | 'drafts', drawing: string) =>
    element(
      'a.TO',
      { href: `#${name}` },
      icon(drawing),
      element('span.nU', {}, words[name]),
      element('span.bsU'),
    );
  return element(
    'div.aeN',
    { role: 'navigation' },
    compose,
    folder('inbox', icons.inbox),
    folder('starred', icons.star),
    folder('snoozed', icons.clock),
    folder('sent', icons.sent),
    folder('drafts', icons.draft),
  );
}

/** Gmail's rail of add-ons, 56 px at the right edge; it holds no person. */
function makeRail({ words }: View): HTMLElement {
  const add = (drawing: string, label: string) =>
    element('div.bse', { role: 'tab', title: label, 'aria-label': label, tabindex: -1 }, icon(drawing));
  return element(
    'div.brC-aT5-aOt-Jw',
    { role: 'complementary', 'aria-label': words.sidePanel },
    element(
      'div.brC-tabs',
      { role: 'tablist', 'aria-orientation': 'vertical' },
      add(icons.calendar, words.calendar),
      add(icons.note, words.notes),
      add(icons.tick, words.tasks),
      add(icons.person, words.contacts),
    ),
  );
}
