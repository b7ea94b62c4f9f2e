export * from '@inboxsdk/core';
