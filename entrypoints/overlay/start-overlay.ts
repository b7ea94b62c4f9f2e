import { i18n } from '#i18n';
import type { ContentScriptContext } from 'wxt/utils/content-script-context';
import type { PageReading } from '../../utils/contract/page-reading.ts';
import { onNotice, sendMessage } from '../../utils/extension/send-message.ts';
import { watchPage } from '../../utils/extension/watch-page.ts';
import { watchSending } from '../../utils/extension/watch-sending.ts';
import type { Site } from '../../utils/sites/site.ts';
import { skeleton } from '../../utils/sites/skeleton.ts';
import { createDock } from './dock.ts';
import { showReloadNote } from './reload-note.ts';

/** How often an orphaned script finds out; asking is a property read, no message and no wake. */
const HEARTBEAT_MS = 2_000;

/** What the content script of a site does in a page; one bundle per site holds this and the site's readers. */
export function startOverlay(context: ContentScriptContext, site: Site): void {
  const dock = createDock(site);
  const reload = [i18n.t('dock.reload'), i18n.t('dock.reloadButton')] as const;

  // The extension was updated or removed under the page. Reading `isValid` is what notices it.
  context.setInterval(() => context.isValid, HEARTBEAT_MS);
  context.onInvalidated(() => {
    if (dock.remove()) showReloadNote(site.dock, ...reload);
  });

  let latest = 0;
  const report = (reading: PageReading | null) => {
    const turn = ++latest;
    if (reading === null) dock.hide();
    if (context.isInvalid) return;
    sendMessage('page.read', { site: site.id, reading }).then(
      (state) => {
        // An answer about an earlier page must not open the dock on this one.
        if (turn === latest) dock.show(state);
      },
      () => dock.hide(),
    );
  };
  watchPage(context, site, {
    reading: report,
    unreadable: (root) => {
      if (context.isValid) void sendMessage('page.unreadable', { site: site.id, skeleton: skeleton(root) });
    },
  });
  watchSending(context, site, (sent) => {
    if (context.isValid) void sendMessage('page.sent', { site: site.id, ...sent }).catch(() => undefined);
  });
  context.onInvalidated(
    onNotice((notice) => {
      if (notice.notice === 'dock.changed') dock.show(notice.dock);
    }),
  );
}
