import type { LocalText } from '../../utils/contract/primitives.ts';

/** How an attempt to deliver ended. */
export type Outcome =
  | 'delivered'
  | 'rejected'
  | 'gone'
  | 'redirected'
  | 'timeout'
  | 'unreachable'
  | 'refused'
  | 'sealed'
  | 'failed'
  | 'interrupted';

const WORDS: Record<Outcome, LocalText> = {
  delivered: { en: 'Delivered', de: 'Zugestellt' },
  rejected: { en: 'The other system did not take it', de: 'Das andere System hat es nicht angenommen' },
  gone: {
    en: 'The other system says that this address is gone, so the channel was switched off',
    de: 'Das andere System sagt, diese Adresse gebe es nicht mehr; der Kanal wurde abgeschaltet',
  },
  redirected: {
    en: 'The other system points to another address; redirects are not followed',
    de: 'Das andere System verweist an eine andere Adresse; Weiterleitungen wird nicht gefolgt',
  },
  timeout: {
    en: 'The other system did not answer within 10 seconds',
    de: 'Das andere System hat nicht binnen 10 Sekunden geantwortet',
  },
  unreachable: { en: 'The other system cannot be reached', de: 'Das andere System ist nicht erreichbar' },
  refused: {
    en: 'The hub does not send there: the address is on this machine or in a private network',
    de: 'Dorthin sendet der Hub nicht: Die Adresse liegt auf diesem Rechner oder in einem privaten Netz',
  },
  sealed: {
    en: 'The hub cannot open the address or the secret: its key is not among TANDEM_SECRET_KEYS',
    de: 'Der Hub kann Adresse oder Geheimnis nicht öffnen: Der Schlüssel fehlt in TANDEM_SECRET_KEYS',
  },
  failed: {
    en: 'The hub could not make the message; its log says more',
    de: 'Der Hub konnte die Nachricht nicht erstellen; sein Protokoll sagt mehr',
  },
  interrupted: {
    en: 'The hub was stopped before it saw an answer',
    de: 'Der Hub wurde beendet, bevor er eine Antwort sah',
  },
};

/** What came of an attempt, in words for people. */
export function outcomeWords(outcome: Outcome, httpStatus: number | null): LocalText {
  const { en, de } = WORDS[outcome];
  const status = httpStatus === null ? '' : ` (HTTP ${httpStatus})`;
  return { en: `${en}${status}.`, de: `${de}${status}.` };
}
