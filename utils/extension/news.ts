import { browser } from 'wxt/browser';
import { z } from 'zod';
import type { News } from '../contract/news.ts';
import { Id } from '../contract/primitives.ts';
import { chooseNews, isQuiet } from '../domain/choose-news.ts';
import { formatters } from '../domain/format.ts';
import { hub } from './hub-fetch.ts';
import { connectionItem, lastSeenItem, newsItem, settingsItem, tabSessionItem } from './storage.ts';
import { chooseLanguage, languageOf, textOf } from './texts.ts';

/** What a notification is about, kept in its name: the background may have slept before it is clicked. */
const Subject = z.object({ id: z.string(), personId: Id.exactOptional(), campaignId: Id.exactOptional() });
const nothing = { ids: [], day: '', count: 0 };

/** Whether the user has let the browser show notifications of ours. */
export const mayNotify = (): Promise<boolean> =>
  browser.permissions.contains({ permissions: ['notifications'] });

/** Asks the hub what is new for the user, and tells it as they want it. In quiet hours and pauses nobody asks. */
export const tellNews = (): Promise<void> => navigator.locks.request('news', tell);

async function tell(): Promise<void> {
  const { notify, pausedUntil, language } = await settingsItem.get();
  const connection = await connectionItem.get();
  const now = new Date();
  const isPaused = pausedUntil !== null && Date.parse(pausedUntil) > now.getTime();
  if (!notify.on || isPaused || connection?.token == null || !(await mayNotify())) return;
  if (isQuiet(notify, now.toTimeString().slice(0, 5))) return;
  const userId = connection.me.user.id;
  const stored = await newsItem.get();
  const before = stored?.userId === userId ? stored : null;
  const answer = await hub.myNews({ query: before === null ? {} : { since: before.since } });
  if (!answer.ok) return;
  // The Swedish way of writing a day is the one that sorts.
  const day = now.toLocaleDateString('sv');
  const { tell, told } = chooseNews(answer.value.news, notify, before?.told ?? nothing, day);
  // Noted first: rather one that is lost than one that comes twice.
  await newsItem.set({ userId, since: answer.value.until, told });
  await chooseLanguage(language);
  for (const piece of tell) await show(piece, notify.names, languageOf(language));
}

async function show(piece: News, names: boolean, language: string): Promise<void> {
  const { id, person, campaign } = piece;
  const subject: z.input<typeof Subject> = {
    id,
    ...(person && { personId: person.id }),
    ...(campaign && { campaignId: campaign.id }),
  };
  await browser.notifications.create(JSON.stringify(subject), {
    type: 'basic',
    iconUrl: browser.runtime.getURL('/icon/128.png'),
    title: titleOf(piece),
    message: messageOf(piece, names, language),
  });
}

function titleOf({ kind, reply, due }: News): string {
  if (kind === 'came-back') return textOf('news.cameBack');
  if (kind === 'answered') return textOf(reply === undefined ? 'news.answered' : `news.${reply}`);
  const isOver = due !== undefined && Date.parse(due) <= Date.now();
  return textOf(isOver ? 'news.overdue' : 'news.atRisk');
}

function messageOf({ kind, person, campaign, due }: News, names: boolean, language: string): string {
  const name = person?.name ?? campaign?.name;
  const who = names && name !== undefined ? name : textOf(campaign ? 'news.aCampaign' : 'news.aLead');
  if (kind === 'answered' || due === undefined) return textOf('news.about', [who]);
  return textOf('news.until', [who, formatters(language).moment(due)]);
}

let listening = false;

/** Lets clicks on notifications be heard, as soon as there can be any. */
export function listenToNews(): void {
  // Not there without the permission.
  const { notifications } = browser as Partial<Pick<typeof browser, 'notifications'>>;
  if (notifications === undefined || listening) return;
  listening = true;
  notifications.onClicked.addListener((name) => void openNews(name));
}

/** Opens what a notification is about: the page on which the lead was last seen, or else their page in the workspace. */
async function openNews(name: string): Promise<void> {
  await browser.notifications.clear(name);
  const subject = Subject.safeParse(JSON.parse(name)).data;
  const { personId, campaignId } = subject ?? {};
  const seenAt = personId === undefined ? undefined : (await lastSeenItem.get())[personId];
  if (seenAt !== undefined) return openPage(seenAt);
  const place = personId ? `people/${personId}` : campaignId ? `campaigns/${campaignId}` : 'inbox';
  await browser.tabs.create({ url: `${browser.runtime.getURL('/workspace.html')}#${place}` });
}

/** Goes to the tab that shows this page, or opens it. */
async function openPage(address: string): Promise<void> {
  for (const { id, windowId } of await browser.tabs.query({})) {
    const session = id === undefined ? null : await tabSessionItem(id).get();
    if (id === undefined || !session?.frames.some((frame) => frame.address === address)) continue;
    await browser.tabs.update(id, { active: true });
    if (windowId !== undefined) await browser.windows.update(windowId, { focused: true });
    return;
  }
  await browser.tabs.create({ url: address });
}
