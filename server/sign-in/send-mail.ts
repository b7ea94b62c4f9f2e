import type { Language } from '../../utils/contract/primitives.ts';
import type { User } from '../../utils/contract/session.ts';
import type { Hub } from '../hub.ts';
import { logFailure } from '../log-failure.ts';
import type { Mail, Mailer } from '../mailer.ts';
import { SECRET_MINUTES } from './one-time-secrets.ts';

interface Invited {
  user: User;
  /** Who invites, and whose workspace it is. */
  by: string;
  company: string;
}

/** Tells somebody how to sign in; false where the hub sends no mails. The other language follows below. */
export function sendInvitation(hub: Hub, { user, by, company }: Invited): boolean {
  const { mailer, publicUrl } = hub;
  if (mailer === null || publicUrl === null) return false;
  send(hub, mailer, {
    to: user.email,
    subject: `Tandem: ${company}`,
    text: [
      `Hello ${user.name},`,
      `${by} has invited you to Tandem at ${company}. Install the browser extension, open its settings, enter this address of the hub, and choose "Sign in":`,
      publicUrl,
      `Sign in there as ${user.email}.`,
      '—',
      `Guten Tag ${user.name},`,
      `${by} hat Sie zu Tandem bei ${company} eingeladen. Installieren Sie die Browser-Erweiterung, öffnen Sie ihre Einstellungen, geben Sie die obige Adresse des Hubs ein und wählen Sie „Anmelden“. Melden Sie sich dort als ${user.email} an.`,
    ].join('\n\n'),
  });
  return true;
}

const LINK = {
  en: {
    subject: 'Sign in to Tandem',
    text: (url: string) =>
      `Open this link in the browser in which you asked for it, within ${SECRET_MINUTES} minutes. It works once.\n\n${url}\n\nYou did not ask for it? Then leave it: without your browser it is good for nothing.`,
  },
  de: {
    subject: 'Bei Tandem anmelden',
    text: (url: string) =>
      `Öffnen Sie diesen Link innerhalb von ${SECRET_MINUTES} Minuten in dem Browser, in dem Sie ihn angefordert haben. Er gilt einmal.\n\n${url}\n\nSie haben ihn nicht angefordert? Dann lassen Sie ihn liegen: Ohne Ihren Browser nützt er niemandem.`,
  },
};

/** Sends the link with which somebody signs in. */
export function sendLink(hub: Hub, to: string, url: string, language: Language): void {
  const { subject, text } = LINK[language];
  if (hub.mailer !== null) send(hub, hub.mailer, { to, subject, text: text(url) });
}

/** Nobody waits for the mail server: an answer may not take longer because somebody is known. */
function send(hub: Hub, mailer: Mailer, mail: Mail): void {
  mailer.send(mail).catch((error: unknown) => logFailure(hub.logger, error, 'mail not sent'));
}
