import { sendMessage } from '../extension/send-message.ts';

/** What the panel asks of the background besides data; the answer comes back as a notice. */
export const panelCommands = {
  choose: (key: string, tabId: number) => sendMessage('panel.choose', { key, tabId }),
  dock: (change: { collapsed?: boolean; width?: number }) => sendMessage('panel.dock', change),
  /** Tells that this revision of the session is on the screen. */
  drawn: (revision: number) => sendMessage('panel.drawn', { revision }),
  openOptions: () => sendMessage('options.open'),
};
