import type { LocalText } from '../../utils/contract/primitives.ts';
import type { PullName } from '../../utils/contract/source.ts';
import type { SourceFailure } from './source-error.ts';

const WORDS: Record<SourceFailure, LocalText> = {
  'signed-out': {
    en: 'The key or sign-in is not accepted any more; an administrator has to enter it anew',
    de: 'Der Schlüssel oder die Anmeldung gilt nicht mehr; ein Administrator muss sich neu anmelden',
  },
  forbidden: {
    en: 'The key or sign-in may not read this; it lacks a right',
    de: 'Der Schlüssel oder die Anmeldung darf dies nicht lesen; ein Recht fehlt',
  },
  'not-found': {
    en: 'There is nothing at the address that was asked',
    de: 'Unter der gefragten Adresse gibt es nichts',
  },
  'rate-limited': {
    en: 'The system allows no more requests for now; the hub goes on by itself',
    de: 'Das System lässt vorerst keine weiteren Anfragen zu; der Hub macht von selbst weiter',
  },
  unavailable: {
    en: 'The system answers with an error of its own; the hub tries again by itself',
    de: 'Das System antwortet mit einem eigenen Fehler; der Hub versucht es von selbst wieder',
  },
  unreachable: {
    en: 'The system cannot be reached; the hub tries again by itself',
    de: 'Das System ist nicht erreichbar; der Hub versucht es von selbst wieder',
  },
  timeout: {
    en: 'The system did not answer in time; the hub tries again by itself',
    de: 'Das System hat nicht rechtzeitig geantwortet; der Hub versucht es von selbst wieder',
  },
  refused: {
    en: 'The hub does not connect there: the address is on this machine or in a private network',
    de: 'Dorthin verbindet sich der Hub nicht: Die Adresse liegt auf diesem Rechner oder in einem privaten Netz',
  },
  sealed: {
    en: 'The hub cannot open the key or sign-in: its own key is not among TANDEM_SECRET_KEYS',
    de: 'Der Hub kann Schlüssel oder Anmeldung nicht öffnen: Sein eigener Schlüssel fehlt in TANDEM_SECRET_KEYS',
  },
  unreadable: {
    en: 'The answer is not what the hub expects of this system',
    de: 'Die Antwort ist nicht, was der Hub von diesem System erwartet',
  },
  rejected: {
    en: 'The system did not accept what the hub asked for',
    de: 'Das System hat die Anfrage des Hubs nicht angenommen',
  },
};

const PULLS: Record<PullName, LocalText> = {
  campaigns: { en: 'Campaigns', de: 'Kampagnen' },
  people: { en: 'People', de: 'Personen' },
  consent: { en: 'Consent', de: 'Einwilligungen' },
  touchpoints: { en: 'Touchpoints', de: 'Kontaktpunkte' },
  planned: { en: 'What is planned', de: 'Geplantes' },
};

/** What keeps a source from answering, or one kind of what it knows, in words for people. */
export function failureWords({
  failure,
  detail,
  pull,
}: {
  failure: SourceFailure;
  detail: string | null;
  pull?: PullName;
}): LocalText {
  const say = (language: keyof LocalText) => {
    const before = pull === undefined ? '' : `${PULLS[pull][language]}: `;
    return `${before}${WORDS[failure][language]}${detail === null ? '' : ` (${detail})`}.`;
  };
  return { en: say('en'), de: say('de') };
}
