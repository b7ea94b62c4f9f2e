import type { PageReading } from '../../utils/contract/page-reading.ts';
import { lifetimeOf } from '../../utils/extension/lifetime.ts';
import type { ResponseOf } from '../../utils/extension/messages.ts';
import type { ContentScriptContext } from '../../utils/extension/script-context.ts';
import { pageAddress } from '../../utils/extension/navigation.ts';
import { onNotice, sendMessage } from '../../utils/extension/send-message.ts';
import { watchPage } from '../../utils/extension/watch-page.ts';
import { watchSending } from '../../utils/extension/watch-sending.ts';
import type { Site } from '../../utils/sites/site.ts';
import { skeleton } from '../../utils/sites/skeleton.ts';
import { createBadgeAnswers } from './badge-answers.ts';
import { createBadges } from './badges.ts';
import { createDock } from './dock.ts';
import { showReloadNote } from './reload-note.ts';
import { chooseWords, words } from './words.ts';

/** How often an orphaned script finds out; asking is a property read, no message and no wake. */
const HEARTBEAT_MS = 2_000;

/** What the content script of a site does in a page; one bundle per site holds this and the site's readers. */
export function startOverlay(
  context: Pick<ContentScriptContext, keyof ContentScriptContext>,
  site: Site,
): void {
  const end = new AbortController();
  const life = lifetimeOf(end.signal);
  // The panel stands beside the whole page, not in each of its frames.
  const dock = window === window.top ? createDock(life, site) : null;
  /** Fetched in time: once the extension was replaced, there is nobody to ask. */
  let reload = reloadWords();

  // The extension was updated or removed under the page. Reading `isValid` is what notices it.
  context.setInterval(() => context.isValid, HEARTBEAT_MS);
  context.onInvalidated(() => {
    if (leave()) showReloadNote(site.dock, ...reload);
  });
  /** Takes everything out of the page; true when the panel was open. */
  const leave = () => {
    end.abort();
    badges.clear();
    return dock?.remove() ?? false;
  };

  let settings: ResponseOf<'page.start'> = { on: true, badges: true, selectors: {}, texts: {} };
  let account: PageReading['account'];
  const answers = createBadgeAnswers((people) =>
    sendMessage('badges.match', { site: site.id, ...(account !== undefined && { account }), people }),
  );
  const badges = createBadges(answers, () => page.look());

  let latest = 0;
  const report = (reading: PageReading | null) => {
    const turn = ++latest;
    if (reading === null) dock?.hide();
    if (context.isInvalid) return;
    sendMessage('page.read', { site: site.id, reading, address: pageAddress().href }).then(
      (state) => {
        // An answer about an earlier page must not open the dock on this one.
        if (turn === latest && !end.signal.aborted) dock?.show(state);
      },
      () => dock?.hide(),
    );
  };
  const page = watchPage(life, site, {
    reading: report,
    looked: (page, reading) => {
      dock?.adjust();
      if (!settings.badges || site.rows === undefined) return;
      if (reading !== null && reading.account !== account) {
        account = reading.account;
        answers.forget();
      }
      badges.show(site.rows(page));
    },
    isOwn: badges.isOwn,
    unreadable: (root) => {
      if (context.isValid) void sendMessage('page.unreadable', { site: site.id, skeleton: skeleton(root) });
    },
  });
  watchSending(life, site, (sent) => {
    if (settings.on && context.isValid)
      void sendMessage('page.sent', { site: site.id, ...sent }).catch(() => undefined);
  });

  /** Reading does not wait for the settings: almost always they change nothing. */
  const start = async (again: boolean) => {
    const before = JSON.stringify(settings);
    const { texts } = settings;
    settings = await sendMessage('page.start', { site: site.id });
    if (JSON.stringify(settings.texts) !== JSON.stringify(texts)) {
      chooseWords(settings.texts);
      reload = reloadWords();
      dock?.rename();
      badges.clear();
    }
    if (!settings.on || !settings.badges) {
      badges.clear();
      answers.forget();
    }
    // Even the same people may be leads now, or may no longer be read.
    if (again || JSON.stringify(settings) !== before) page.restart(settings);
  };
  const ignore = () => undefined;
  start(false).catch(ignore);
  const stopListening = onNotice((notice) => {
    if (notice.notice === 'dock.changed') dock?.change(notice.dock);
    if (notice.notice === 'page.leave' && notice.site === site.id) leave();
    if (notice.notice === 'page.restart') {
      answers.renew();
      start(true).catch(ignore);
    }
  });
  end.signal.addEventListener('abort', stopListening);
}

const reloadWords = () => [words('dock.reload'), words('dock.reloadButton')] as const;
