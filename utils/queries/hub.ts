import { createHubClient } from '../extension/hub-client.ts';
import { sendMessage } from '../extension/send-message.ts';

/** The pages' client of the hub; address and token are added by the background. */
export const hub = createHubClient((request) => sendMessage('hub.fetch', request));
