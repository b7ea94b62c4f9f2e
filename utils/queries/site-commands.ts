import { requestOrigins } from '../extension/grant.ts';
import { openSidePanel } from '../extension/open-side-panel.ts';
import { sendMessage } from '../extension/send-message.ts';

/** What a page can do about sites besides reading their state; the answer comes back as a notice. */
export const siteCommands = {
  /**
   * Switches a site on at these origins; false when the user does not let it. The wish is told first: the
   * browser's question may close the popup, and the background then goes on alone.
   */
  switchOn: async (site: string, patterns: string[]): Promise<boolean> => {
    const wish = sendMessage('sites.switch-on', { site, patterns });
    const granted = requestOrigins(patterns);
    await wish;
    return granted;
  },
  /** Asks for the pages a site came with; false when the user does not let it. */
  allow: requestOrigins,
  switchOff: (id: string) => sendMessage('sites.switch-off', { id }),
  togglePanel: (tabId: number) => sendMessage('popup.toggle-panel', { tabId }),
  openSidePanel,
  pick: (tabId: number) => sendMessage('popup.pick', { tabId }),
};
