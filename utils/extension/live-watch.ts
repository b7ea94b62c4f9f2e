/**
 * So often a page on the screen says that it is there. Each message also keeps the background awake, which a stream
 * does not: a browser ends one that hears nothing for half a minute.
 */
export const WATCH_MS = 20_000;
