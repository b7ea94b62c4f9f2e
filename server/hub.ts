import type { Logger } from 'pino';
import type { PersonViews } from './audit/person-views.ts';
import type { SignInCodes } from './auth/sign-in-codes.ts';
import type { SourceAccess } from './connectors/source-access.ts';
import type { Live } from './live/live.ts';
import type { Mailer } from './mailer.ts';
import type { SignInSettings } from './sign-in/settings.ts';
import type { Secrets } from './secrets.ts';
import type { Metrics } from './metrics.ts';
import type { Database } from './store/database.ts';

/** What the routes work with; everything that differs between production and tests. */
export interface Hub {
  /** The database as one workspace sees it: of the others' rows there are none in it. */
  databaseOf: (workspaceId: string) => Database;
  clock: () => Date;
  logger: Logger;
  signInCodes: SignInCodes;
  /** How people sign in, as the administrator of the machine has set it. */
  signIn: SignInSettings;
  /** Which people sign in to here, and whose jobs this process does. */
  workspaceId: string;
  /** Null where no mail server is configured. */
  mailer: Mailer | null;
  /** Keeps other systems' secrets at rest; null where no key is configured. */
  secrets: Secrets | null;
  /** How the hub reaches the systems it brings knowledge in from. */
  sources: SourceAccess;
  /** Whether outgoing webhooks and connectors may go to this machine and to private networks. */
  allowPrivateTargets: boolean;
  /** Where browsers reach the hub, without a slash at the end; null where nobody said so. */
  publicUrl: string | null;
  /** Origins let in besides the extension's own. */
  extensionOrigins: readonly string[];
  /** How many requests one session may make in a minute. */
  requestsPerMinute: number;
  /** The streams of open pages. */
  live: Live;
  metrics: Metrics;
  personViews: PersonViews;
  /** Without one, nobody may read them. */
  metricsToken: string | null;
  /** Aborted once the hub was told to stop: what lasts ends by itself then, and nothing new begins. */
  stopping: AbortSignal;
  /** Called after every write: something may be due now. */
  wake: () => void;
}
