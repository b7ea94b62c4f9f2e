import type { Hub } from '../hub.ts';
import { logFailure } from '../log-failure.ts';
import { readAgreement } from '../store/agreements.ts';
import { claimReader, finishReader, type Reader } from './digest-store.ts';
import { mailText } from './digest-line.ts';
import { agreedDigestWeek } from './digest-week.ts';
import { digestWords } from './digest-words.ts';
import { offLink } from './switch-off.ts';
import { languageOf, writeDigest } from './write-digest.ts';

/**
 * Sends the weekly mails that are due. Each goes out once: only when this process dies between the mail server's yes and
 * the note of it, a second one with the same Message-ID follows.
 */
export async function sendDigests(hub: Hub, isStopped: () => boolean = () => false): Promise<void> {
  if (!hub.mailer) return;
  const { workspaceId } = hub;
  const db = hub.databaseOf(workspaceId);
  const week = agreedDigestWeek(await readAgreement(db, workspaceId), hub.clock());
  if (week === null) return;
  while (!isStopped()) {
    const reader = await claimReader(db, workspaceId, week, hub.clock());
    if (!reader) return;
    try {
      await sendDigest(hub, reader, week);
      await finishReader(db, workspaceId, { userId: reader.id, week }, hub.clock());
    } catch (error) {
      // Tried again when the lease ends.
      logFailure(hub.logger, error, 'digest failed');
    }
  }
}

async function sendDigest(hub: Hub, reader: Reader, week: string): Promise<void> {
  const { workspaceId, mailer, publicUrl } = hub;
  const db = hub.databaseOf(workspaceId);
  const agreement = await readAgreement(db, workspaceId);
  const lines = await writeDigest({ db, workspaceId, reader, agreement, now: hub.clock() });
  if (lines.length === 0 || !mailer) return;
  const words = digestWords[languageOf(reader)];
  const off = offLink(hub, reader.id);
  const text = [
    words.hello(reader.name),
    mailText(lines),
    off === null ? words.off : words.offHere(off),
  ].join('\n\n');
  await mailer.send({
    to: reader.email,
    subject: words.subject,
    text: `${text}\n`,
    messageId: `<digest.${week}.${reader.id}@${publicUrl === null ? 'tandem.invalid' : new URL(publicUrl).hostname}>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      // Mail programs offer a button of their own for these (RFC 2369, RFC 8058).
      ...(off !== null && {
        'List-Unsubscribe': `<${off}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
  });
}
