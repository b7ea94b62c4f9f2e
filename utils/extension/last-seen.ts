import { lastSeenItem } from './storage.ts';

const KEPT = 200;

/** Notes on which page a lead was last seen, here only: a notification about them leads back to it. */
export async function noteSeen(personId: string, address: string): Promise<void> {
  const { [personId]: before, ...others } = await lastSeenItem.get();
  if (before === address) return;
  const kept = Object.entries(others).slice(-(KEPT - 1));
  await lastSeenItem.set(Object.fromEntries([...kept, [personId, address]]));
}
