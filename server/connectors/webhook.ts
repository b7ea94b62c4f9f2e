import type { PullName } from '../../utils/contract/source.ts';
import type { SourceConsent, SourcePerson, SourceTouchpoint } from './connector.ts';

/** A request that says it comes from a source. */
export interface WebhookRequest {
  method: string;
  /** As the sender called it, by the hub's public address. */
  url: URL;
  headers: Headers;
  body: Buffer;
}

/** What a webhook brings: facts themselves, or that there are some to pull. */
export interface WebhookNews {
  people?: SourcePerson[];
  touchpoints?: SourceTouchpoint[];
  consents?: SourceConsent[];
  /** What is to be pulled now rather than at the next turn. */
  pull?: PullName[];
}

export interface Webhook<Settings> {
  /**
   * The system can neither sign nor keep a secret, only an address: it gets one that ends with the secret, and the hub
   * lets in only who knows it. Then `verify` checks what else there is to check, if anything.
   */
  secretInAddress?: true;
  /**
   * Whether the system sent this. `secret` is ours: made when the source was added, shown to the administrator to be
   * entered there, or part of the address. Compares in constant time.
   */
  verify(request: WebhookRequest, about: { settings: Settings; secret: string; now: Date }): boolean;
  /**
   * What makes a second delivery of the same one recognisable for a week; null: it may be taken twice without harm. May be
   * long, e.g. the signature.
   */
  replayKey(request: WebhookRequest): string | null;
  /** @throws SourceError `unreadable` */
  read(request: WebhookRequest, settings: Settings): WebhookNews;
  /** How an administrator sets it up there, in words: where to enter the address and the secret. */
  instructions: { en: string; de: string };
}
