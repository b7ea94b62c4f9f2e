import { v7 as uuid } from 'uuid';
import { diagnosticsItem } from './storage.ts';

const KEPT = 50;

/** Keeps a note the user can read and copy in the options. Never page content, an address or a token. */
export async function note(site: string, text: string): Promise<void> {
  const notes = await diagnosticsItem.get();
  const entry = { at: new Date().toISOString(), site, note: text };
  await diagnosticsItem.set([entry, ...notes].slice(0, KEPT));
}

/** The same, unless it is what the user was told last about this site. */
export async function noteOnce(site: string, text: string): Promise<void> {
  const last = (await diagnosticsItem.get()).find((entry) => entry.site === site);
  if (last?.note !== text) await note(site, text);
}

/** Logs a bug locally and returns the id under which the user can find it. */
export async function logBug(error: unknown): Promise<string> {
  const id = uuid().slice(-12);
  const where = error instanceof Error ? (error.stack ?? error.name) : typeof error;
  // A message may quote data; the stack's frames say where, which is what we need.
  const frames = where.split('\n').filter((line) => /^\s+at |@/u.test(line));
  await note('tandem', `bug ${id}: ${error instanceof Error ? error.name : 'thrown'}\n${frames.join('\n')}`);
  return id;
}
