import 'fake-indexeddb/auto';
import { beforeEach } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

beforeEach(() => {
  fakeBrowser.reset();
  // The fake browser knows no texts: each stands as its name, with what is filled in.
  fakeBrowser.i18n.getMessage = (name, value) => [name, value ?? []].flat().join(' ');
});
