import { createHash } from 'node:crypto';
import { stringify } from 'uuid';
import type { Hub } from '../hub.ts';
import { insertRows } from '../store/insert-rows.ts';

interface Viewer {
  workspaceId: string;
  userId: string;
}

interface View {
  id: string;
  at: string;
  by_user_id: string;
  subject_id: string;
}

/** So many views of one day are remembered; who is forgotten is written again, which changes nothing. */
const MAX_SEEN = 100_000;

/**
 * Notes who looked whom up: one row per user, person and day, written soon after by the job `views` and not by the
 * look-up, which should not wait for a write. A process that is killed loses what it noted since the last run of that
 * job, a second or so.
 */
export class PersonViews {
  #day = '';
  #seen = new Set<string>();
  /** By workspace, and there by what makes a view one. */
  #waiting = new Map<string, Map<string, View>>();

  note({ workspaceId, userId }: Viewer, people: readonly string[], now: Date): void {
    const at = now.toISOString();
    const day = at.slice(0, 10);
    if (day !== this.#day || this.#seen.size >= MAX_SEEN) this.#seen.clear();
    this.#day = day;
    for (const personId of people) {
      const key = `${userId}${personId}`;
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      const waiting = this.#waiting.get(workspaceId) ?? new Map<string, View>();
      this.#waiting.set(workspaceId, waiting);
      const id = idOf(`${userId} ${personId} ${day}`);
      waiting.set(id, { id, at, by_user_id: userId, subject_id: personId });
    }
  }

  /** Writes what was noted; as a job, there is never more. What cannot be written waits for the next time. */
  async flush({ databaseOf }: Pick<Hub, 'databaseOf'>): Promise<false> {
    for (const [workspaceId, waiting] of this.#waiting) {
      const rows = [...waiting.values()].map((row) => ({ ...row, action: 'personViewed' }));
      this.#waiting.delete(workspaceId);
      try {
        await insertRows(databaseOf(workspaceId), workspaceId, 'audit_events', rows);
      } catch (error) {
        this.#waiting.set(workspaceId, new Map([...waiting, ...(this.#waiting.get(workspaceId) ?? [])]));
        throw error;
      }
    }
    return false;
  }
}

/** The same for the same text, as a UUID of version 8: so several hubs write one row. */
function idOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return stringify(bytes);
}
