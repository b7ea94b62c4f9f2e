/**
 * Calls back whenever the address of this page has changed, however it did. `navigatesuccess` fires after
 * the commit, unlike WXT's own event (its PR 2623, 2026-09); older browsers have the classic events.
 */
export function onAddressChange({ signal }: { signal: AbortSignal }, changed: () => void): void {
  const navigation = (window as { navigation?: EventTarget }).navigation;
  navigation?.addEventListener('currententrychange', changed, { signal });
  navigation?.addEventListener('navigatesuccess', changed, { signal });
  addEventListener('hashchange', changed, { signal });
  addEventListener('popstate', changed, { signal });
  // Back from the back/forward cache: the page was frozen and may show anything.
  addEventListener('pageshow', changed, { signal });
}

/** This page's address; that of its opener for a window opened without one (Outlook's pop-ups). */
export function pageAddress(): URL {
  return new URL(location.protocol === 'about:' ? document.baseURI : location.href);
}
