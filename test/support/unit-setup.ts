import 'fake-indexeddb/auto';
import { beforeEach, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { sites } from '../../utils/sites/index.ts';

beforeEach(() => {
  fakeBrowser.reset();
  // As after the install.
  const origins = sites.flatMap(({ core, matches }) => (core ? matches : []));
  vi.spyOn(fakeBrowser.permissions, 'getAll').mockResolvedValue({ origins } as never);
  // The fake browser knows no texts: each stands as its name, with what is filled in.
  fakeBrowser.i18n.getMessage = (name, value) => [name, value ?? []].flat().join(' ');
});
