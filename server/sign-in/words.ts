import type { Language, LocalText } from '../../utils/contract/primitives.ts';

const en = {
  title: 'Sign in to Tandem',
  lead: 'You come from the Tandem extension, and go back to it once you are signed in.',
  provider: (label: string) => `Sign in with ${label}`,
  company: 'your company account',
  mailTitle: 'By e-mail',
  mail: 'E-mail address',
  mailHint: 'We send you a link.',
  sendMail: 'Send the link',
  codeTitle: 'With a one-time code',
  code: 'One-time code',
  codeHint: 'From your administrator, or as the hub printed it at its start.',
  useCode: 'Sign in with the code',
  wrongCode: 'This code is wrong, too old, or was used already. Ask for a new one.',
  wrongMail: 'This is not an e-mail address.',
  sentTitle: 'Look into your mailbox',
  sent: (mail: string) =>
    `If ${mail} belongs to somebody here, a mail with a link is on its way. Open it in this browser, choose "Sign in" there, then come back and continue.`,
  continue: 'Continue',
  notYet: 'The link has not been used yet. Open it, choose "Sign in" there, then continue here.',
  again: 'Begin anew',
  linkTitle: 'Sign in to Tandem',
  link: 'You have asked for this link to sign in. Was it you?',
  useLink: 'Sign in',
  wrongLink: 'This link is wrong, too old, or was used already.',
  elsewhere:
    'Open this link in the browser in which you asked for it, within fifteen minutes. Nobody is signed in here.',
  linkDoneTitle: 'Almost there',
  linkDone: 'You may close this tab. Go back to the sign-in window and choose "Continue".',
  refusedTitle: 'You have no access yet',
  unknown: (mail: string) =>
    `You are signed in as ${mail}, but nobody here has this address. Nothing was stored.`,
  unverified: 'Your company account has no e-mail address that is confirmed, so we cannot tell who you are.',
  askAdmin: 'Ask an administrator of Tandem in your company to invite you, then try again.',
  providerFailed: 'Signing in with your company account did not work. Try again, or choose another way.',
  expiredTitle: 'This sign-in is over',
  expired:
    'It took too long, or was finished already. Close this window and choose "Sign in" in the extension again.',
  busyTitle: 'Too many tries',
  busy: 'Wait a minute, then try again.',
  failedTitle: 'That did not work',
  failed:
    'Close this window and choose "Sign in" in the extension again. If that does not help, tell your administrator.',
  inWords: ({ en }: LocalText) => en,
  sourceDoneTitle: (label: string) => `Tandem is signed in at ${label}`,
  sourceDone: 'The hub begins to bring in what is there. You may close this tab.',
  sourceFailedTitle: (label: string) => `Tandem is not signed in at ${label}`,
  sourceAgain: 'You may close this tab. To try again, choose "Sign in" in the settings of Tandem.',
  sourceOver:
    'It took longer than ten minutes, or was finished already. Close this tab and choose "Sign in" in the settings of Tandem again.',
};

const de: typeof en = {
  title: 'Bei Tandem anmelden',
  lead: 'Sie kommen von der Tandem-Erweiterung und kehren nach der Anmeldung zu ihr zurück.',
  provider: (label) => `Mit ${label} anmelden`,
  company: 'Ihrem Firmenkonto',
  mailTitle: 'Per E-Mail',
  mail: 'E-Mail-Adresse',
  mailHint: 'Wir schicken Ihnen einen Link.',
  sendMail: 'Link schicken',
  codeTitle: 'Mit einem Einmalcode',
  code: 'Einmalcode',
  codeHint: 'Von Ihrer Administration, oder wie ihn der Hub beim Start ausgegeben hat.',
  useCode: 'Mit dem Code anmelden',
  wrongCode: 'Dieser Code ist falsch, zu alt oder schon benutzt. Bitten Sie um einen neuen.',
  wrongMail: 'Das ist keine E-Mail-Adresse.',
  sentTitle: 'Sehen Sie in Ihr Postfach',
  sent: (mail) =>
    `Wenn ${mail} zu jemandem hier gehört, ist eine Mail mit einem Link unterwegs. Öffnen Sie ihn in diesem Browser, wählen Sie dort „Anmelden“, kommen Sie dann zurück und fahren Sie fort.`,
  continue: 'Fortfahren',
  notYet:
    'Der Link wurde noch nicht benutzt. Öffnen Sie ihn, wählen Sie dort „Anmelden“ und fahren Sie dann hier fort.',
  again: 'Neu beginnen',
  linkTitle: 'Bei Tandem anmelden',
  link: 'Mit diesem Link wollten Sie sich anmelden. Waren Sie das?',
  useLink: 'Anmelden',
  wrongLink: 'Dieser Link ist falsch, zu alt oder schon benutzt.',
  elsewhere:
    'Öffnen Sie diesen Link innerhalb von fünfzehn Minuten in dem Browser, in dem Sie ihn angefordert haben. Hier ist niemand angemeldet.',
  linkDoneTitle: 'Fast geschafft',
  linkDone:
    'Sie können diesen Tab schließen. Gehen Sie zurück zum Anmeldefenster und wählen Sie „Fortfahren“.',
  refusedTitle: 'Sie haben noch keinen Zugang',
  unknown: (mail) =>
    `Sie sind als ${mail} angemeldet, aber niemand hier hat diese Adresse. Es wurde nichts gespeichert.`,
  unverified: 'Ihr Firmenkonto hat keine bestätigte E-Mail-Adresse; daher wissen wir nicht, wer Sie sind.',
  askAdmin:
    'Bitten Sie die Tandem-Administration in Ihrer Firma um eine Einladung und versuchen Sie es dann erneut.',
  providerFailed:
    'Die Anmeldung mit Ihrem Firmenkonto ist nicht gelungen. Versuchen Sie es erneut, oder wählen Sie einen anderen Weg.',
  expiredTitle: 'Diese Anmeldung ist vorbei',
  expired:
    'Sie hat zu lange gedauert oder ist schon abgeschlossen. Schließen Sie dieses Fenster und wählen Sie in der Erweiterung erneut „Anmelden“.',
  busyTitle: 'Zu viele Versuche',
  busy: 'Warten Sie eine Minute und versuchen Sie es dann erneut.',
  failedTitle: 'Das hat nicht geklappt',
  failed:
    'Schließen Sie dieses Fenster und wählen Sie in der Erweiterung erneut „Anmelden“. Hilft das nicht, wenden Sie sich an Ihre Administration.',
  inWords: ({ de }) => de,
  sourceDoneTitle: (label) => `Tandem ist bei ${label} angemeldet`,
  sourceDone: 'Der Hub beginnt, das Vorhandene zu holen. Sie können diesen Tab schließen.',
  sourceFailedTitle: (label) => `Tandem ist bei ${label} nicht angemeldet`,
  sourceAgain:
    'Sie können diesen Tab schließen. Für einen neuen Versuch wählen Sie in den Einstellungen von Tandem „Anmelden“.',
  sourceOver:
    'Sie hat länger als zehn Minuten gedauert oder ist schon abgeschlossen. Schließen Sie diesen Tab und wählen Sie in den Einstellungen von Tandem erneut „Anmelden“.',
};

/** What the pages of the sign-in say, and the one at the end of a sign-in at another system. */
export const words: Record<Language, typeof en> = { en, de };
export type Words = typeof en;
