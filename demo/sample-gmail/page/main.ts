import type { Mail } from '../mail.ts';
import { makeConversation } from './conversation.ts';
import { element } from './elements.ts';
import { makeFrame } from './frame.ts';
import { makeList } from './list.ts';
import { readView } from './view.ts';

const view = readView();
const views = makeFrame(view);
/** Gmail keeps views it has left in the page, hidden. */
const KEPT = 3;

function show(): void {
  const [route = ''] = location.hash.slice(1).split('?');
  const mail = view.mails.find(({ hash }) => hash === `#${route}`);
  if (mail) mail.unread = false;
  const [folder = 'inbox', query = ''] = (route || 'inbox').split('/');
  for (const old of views.children) (old as HTMLElement).style.display = 'none';
  const content = mail
    ? makeConversation(view, mail)
    : makeList(view, mailsIn(folder, decodeURIComponent(query)));
  views.prepend(element('div.nH', { role: 'main' }, content));
  while (views.children.length > KEPT) views.lastElementChild?.remove();
  document.title = `${mail?.subject ?? titleOf(folder)} - ${view.account.email} - Gmail`;
  markFolder(folder);
}

function mailsIn(folder: string, query: string): Mail[] {
  if (folder !== 'search') return view.mails.filter((mail) => mail.folder === folder);
  const wanted = query.toLowerCase();
  return view.mails.filter(({ subject, messages }) =>
    [subject, ...messages.flatMap(({ from, text }) => [from.name, ...text])]
      .join(' ')
      .toLowerCase()
      .includes(wanted),
  );
}

function titleOf(folder: string): string {
  const { words } = view;
  const titles: Record<string, string> = {
    inbox: unread() > 0 ? `${words.inbox} (${unread()})` : words.inbox,
    starred: words.starred,
    snoozed: words.snoozed,
    sent: words.sent,
    drafts: words.drafts,
  };
  return titles[folder] ?? words.results;
}

const unread = () => view.mails.filter((mail) => mail.unread).length;

function markFolder(folder: string): void {
  document.querySelector('a.TO .bsU')?.replaceChildren(String(unread() || ''));
  for (const link of document.querySelectorAll('a.TO')) {
    if (link.getAttribute('href') === `#${folder}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

addEventListener('hashchange', show);
show();
