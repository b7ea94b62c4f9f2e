import type { Sending, Site } from '../sites/site.ts';
import type { Lifetime } from './lifetime.ts';
import { pageAddress } from './navigation.ts';

type Context = Pick<Lifetime, 'signal' | 'setTimeout'>;

/** A mail that has gone out and was not taken back. */
export interface Sent {
  account?: string;
  recipients: string[];
  /** When the user pressed. */
  at: string;
}

const CHECK_MS = 1_000;
/** Still open after this long: the site has asked or refused, and what follows is another press. */
const REFUSED_MS = 60_000;
/** The offer to undo comes a moment after the mail has gone, and may blink. */
const QUIET_MS = 3_000;
/** Gmail lets the user choose up to 30 s (support.google.com/mail/answer/2819488, 2026-11). */
const LONGEST_UNDO_MS = 35_000;
const MAX_RECIPIENTS = 100;

interface Pressed {
  sending: Sending;
  sent: Sent;
  pressedAt: number;
  /** When the message was first seen to be gone; `null` while it is open. */
  goneAt: number | null;
  /** When undoing was last possible. */
  offeredAt: number;
}

/**
 * Reports each mail that the user sends, once it is gone from the page and can no longer be taken back, or
 * when the page is left. A mail that the site refuses, or that is saved or discarded instead, is none.
 */
export function watchSending(
  context: Context,
  { sending: reader }: Site,
  report: (sent: Sent) => void,
): void {
  if (reader === undefined) return;
  let pressed: Pressed[] = [];
  let checking = false;

  const hear = (event: Event) => {
    const target = event.target as Node;
    const undone = reader.undoes(event);
    // Whoever goes on working on a message has not sent it.
    pressed = pressed.filter(({ sending, goneAt }) =>
      sending.isOpen() ? goneAt === null && !sending.holds(target) : !undone,
    );
    const sending = reader.begins(event, pageAddress());
    if (sending === null || sending.recipients.length === 0) return;
    const { account, recipients } = sending;
    pressed.push({
      sending,
      sent: {
        ...(account !== undefined && { account }),
        recipients: recipients.slice(0, MAX_RECIPIENTS),
        at: new Date().toISOString(),
      },
      pressedAt: performance.now(),
      goneAt: null,
      offeredAt: -Infinity,
    });
    if (!checking) later();
  };

  const later = () => {
    checking = true;
    context.setTimeout(check, CHECK_MS);
  };
  const check = () => {
    const now = performance.now();
    const offered = reader.undoOffered(document);
    pressed = pressed.filter((entry) => {
      if (entry.sending.isOpen()) return entry.goneAt === null && now - entry.pressedAt < REFUSED_MS;
      entry.goneAt ??= now;
      if (offered) entry.offeredAt = now;
      const quiet = now - Math.max(entry.goneAt, entry.offeredAt) >= QUIET_MS;
      if (!quiet && now - entry.goneAt < LONGEST_UNDO_MS) return true;
      report(entry.sent);
      return false;
    });
    checking = false;
    if (pressed.length > 0) later();
  };
  const leave = () => {
    for (const { sending, sent } of pressed.splice(0)) if (!sending.isOpen()) report(sent);
  };

  const options = { capture: true, signal: context.signal };
  addEventListener('click', hear, options);
  addEventListener('keydown', hear, options);
  addEventListener('pagehide', leave, options);
}
