/** What keeps a source from answering, as far as it matters to whoever has to mend it. */
export type SourceFailure =
  /** 401: the key or sign-in is wrong, revoked or expired. */
  | 'signed-out'
  /** 403: the key may not do this; `detail` names the scope or right that is missing. */
  | 'forbidden'
  /** 404: there is no such address, database or account; `detail` says what was asked for. */
  | 'not-found'
  /** 429, or a day's allowance is used up. */
  | 'rate-limited'
  /** 5xx. */
  | 'unavailable'
  /** No connection: no such host, refused, no certificate. */
  | 'unreachable'
  | 'timeout'
  /** The hub does not connect to private networks unless told so. */
  | 'refused'
  /** The hub cannot open the key or sign-in: its own key is not among TANDEM_SECRET_KEYS. */
  | 'sealed'
  /** The answer is not what the system's description says: no JSON, cut off, other fields. */
  | 'unreadable'
  /** Another 4xx: we asked for something wrong. */
  | 'rejected';

/** A source did not answer as it should. Holds nothing secret and nothing personal: it is shown and logged. */
export class SourceError extends Error {
  readonly failure: SourceFailure;
  /** A word of the system's or a path, for whoever mends it; never a header, a body or a query. */
  readonly detail: string | null;
  /** When to ask again, where the system said so. */
  readonly retryAt: Date | null;
  readonly status: number | null;

  constructor(
    failure: SourceFailure,
    {
      detail = null,
      retryAt = null,
      status = null,
    }: { detail?: string | null; retryAt?: Date | null; status?: number | null } = {},
  ) {
    super(detail === null ? failure : `${failure}: ${detail}`);
    this.failure = failure;
    this.detail = detail;
    this.retryAt = retryAt;
    this.status = status;
  }
}

/** Whether the system refused with this word or number of its own, e.g. `INVALID_FIELD`. */
export function says(error: unknown, word: string): error is SourceError {
  return error instanceof SourceError && (error.detail?.split(': ').includes(word) ?? false);
}
