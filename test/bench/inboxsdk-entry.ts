import * as InboxSDK from '@inboxsdk/core';

// Kept alive for the bundler, as an extension that uses it would.
Object.assign(globalThis, { InboxSDK });
