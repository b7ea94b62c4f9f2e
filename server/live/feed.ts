import { oneAtATime } from '../../utils/domain/one-at-a-time.ts';
import type { Database } from '../store/database.ts';
import { readChanges } from './changes.ts';
import type { LiveStream } from './live-stream.ts';

/** So many at once; of the longest changes about as much as may wait for a client. */
const PAGE = 50;

/** The changes of one workspace, read once for all its streams. */
export class Feed {
  readonly #db: Database;
  readonly #workspaceId: string;
  readonly #streams = new Set<LiveStream>();
  /** Everybody who follows has what is up to this number, and perhaps more. */
  #position = 0;
  /** Sends on what is new. */
  readonly read = oneAtATime(() => this.#readNew());

  constructor(db: Database, workspaceId: string) {
    this.#db = db;
    this.#workspaceId = workspaceId;
  }

  /** Sends a stream what it has not got, at the pace of its client, and lets it follow from there on. */
  async add(stream: LiveStream): Promise<void> {
    let page;
    do {
      page = await readChanges(this.#db, this.#workspaceId, stream.position, PAGE);
      for (const change of page) stream.send(change);
      await stream.taken();
      if (stream.ended) return;
      // From a stream's position on nothing is lost, as long as it is not behind the common one.
    } while (page.length === PAGE || stream.position < this.#position);
    if (this.#streams.size === 0) this.#position = stream.position;
    this.#streams.add(stream);
    await this.read();
  }

  remove(stream: LiveStream): void {
    this.#streams.delete(stream);
  }

  async #readNew(): Promise<void> {
    while (this.#streams.size > 0) {
      const page = await readChanges(this.#db, this.#workspaceId, this.#position, PAGE);
      for (const change of page) for (const stream of this.#streams) stream.send(change);
      this.#position = page.at(-1)?.seq ?? this.#position;
      if (page.length < PAGE) return;
    }
  }
}
