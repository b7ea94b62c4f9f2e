import { browser } from 'wxt/browser';

/**
 * Has the browser ask the user for these origins; false when the user says no. Only in a click, and before
 * anything is awaited: Firefox takes nothing else for the user's own wish.
 */
export const requestOrigins = (patterns: readonly string[]): Promise<boolean> =>
  browser.permissions.request({ origins: [...patterns] });

/** The same for showing notifications. */
export const requestNotifications = (): Promise<boolean> =>
  browser.permissions.request({ permissions: ['notifications'] });
