import type { Database } from './database.ts';

/** The hub's data, whichever engine holds it. */
export interface Store {
  /** The database as one workspace sees it: of the others' rows there are none in it (docs/decisions/0013). */
  in: (workspaceId: string) => Database;
  /** The database as the tables' owner sees it: for migrations and for what has no workspace yet. */
  owner: Database;
  /** The engine runs in this process, and nobody else looks after it. */
  embedded: boolean;
  /** Resolves, with the reason, when nothing more can be read or stored. */
  died: Promise<Error>;
  close: () => Promise<void>;
}
