import type { ConnectorDescription, SettingField, Source } from '../../utils/contract/source.ts';
import { ago } from './world.ts';

type More = Partial<SettingField>;
const field = (name: string, en: string, de: string, more: More = {}): SettingField => ({
  name,
  kind: 'text',
  label: { en, de },
  required: true,
  ...more,
});
const address = (placeholder: string, more: More = {}) =>
  field('url', 'Address', 'Adresse', {
    help: { en: 'As you open it in the browser.', de: 'So, wie Sie es im Browser öffnen.' },
    placeholder,
    ...more,
  });
const connector = (
  system: string,
  label: string,
  fields: SettingField[],
  more: Partial<ConnectorDescription> = {},
): ConnectorDescription => ({ system, label, fields, signIn: false, writesFeedback: true, ...more });

const odoo = connector('odoo', 'Odoo', [
  address('https://nordlicht.odoo.com'),
  field('apiKey', 'API key', 'API-Schlüssel', {
    kind: 'secret',
    help: {
      en: 'In Odoo: your picture → My Preferences → Security → Add API Key. It may do what its user may do.',
      de: 'In Odoo: Ihr Bild → Meine Einstellungen → Sicherheit → API-Schlüssel hinzufügen. Er darf, was sein Benutzer darf.',
    },
  }),
  field('database', 'Database', 'Datenbank', {
    required: false,
    help: {
      en: 'Only if there are several at this address, or Odoo is older than version 19.',
      de: 'Nur wenn es an dieser Adresse mehrere gibt oder Odoo älter ist als Version 19.',
    },
  }),
  field('mailings', 'Mailings and consent', 'Mailings und Einwilligungen', {
    kind: 'yes-no',
    required: false,
    default: true,
    help: {
      en: 'Needs the right “Email Marketing: User”.',
      de: 'Braucht das Recht „E-Mail-Marketing: Benutzer“.',
    },
  }),
]);
const client = [
  field('clientId', 'Client id', 'Client-ID'),
  field('clientSecret', 'Client secret', 'Client-Geheimnis', { kind: 'secret' }),
];
const redirectUrl = (system: string) => `https://tandem.hafen.example/connect/${system}/callback`;

/** Systems that the gallery's hub knows. */
export const connectors: ConnectorDescription[] = [
  connector('espocrm', 'EspoCRM', [address('https://crm.example.com')]),
  connector('hubspot', 'HubSpot', client, {
    signIn: true,
    redirectUrl: redirectUrl('hubspot'),
    webhook: {
      en: 'In the developer account: Apps → your app → Webhooks → Target URL. Then subscribe to contacts: created, changed, deleted.',
      de: 'Im Entwicklerkonto: Apps → Ihre App → Webhooks → Target URL. Abonnieren Sie dann Kontakte: angelegt, geändert, gelöscht.',
    },
  }),
  connector('mautic', 'Mautic', [
    address('https://mautic.example.com'),
    field('username', 'User name', 'Benutzername'),
    field('password', 'Password', 'Passwort', { kind: 'secret' }),
  ]),
  odoo,
  connector('pipedrive', 'Pipedrive', client, { signIn: true, redirectUrl: redirectUrl('pipedrive') }),
  connector(
    'salesforce',
    'Salesforce',
    [
      field('environment', 'Environment', 'Umgebung', {
        kind: 'choice',
        options: ['production', 'sandbox'],
        default: 'production',
      }),
      ...client,
    ],
    { signIn: true },
  ),
  connector('brevo', 'Brevo', [field('apiKey', 'API key', 'API-Schlüssel', { kind: 'secret' })], {
    writesFeedback: false,
  }),
];

const MINUTE = 60_000;
const DAY = 86_400_000;
const done = (pull: Source['progress'][number]['pull'], items: number): Source['progress'][number] => ({
  pull,
  lane: 'history',
  items,
  skipped: 0,
  finishedAt: ago(3 * DAY),
});
export const source = (system: string, more: Partial<Source> = {}): Source => ({
  system,
  label: connectors.find((each) => each.system === system)?.label ?? system,
  settings: {},
  secrets: [],
  signedIn: null,
  enabled: true,
  writesFeedback: true,
  createdAt: ago(3 * DAY),
  state: 'ready',
  progress: [
    done('campaigns', 42),
    done('people', 25_000),
    done('consent', 18_204),
    done('touchpoints', 312_466),
  ],
  lastSuccessAt: ago(4 * MINUTE),
  completeSince: ago(3 * DAY),
  unmapped: 0,
  ...more,
});

export const odooSource = () =>
  source('odoo', {
    settings: { url: 'https://nordlicht.odoo.com', database: '', mailings: true },
    secrets: ['apiKey'],
    nextRunAt: ago(-6 * MINUTE),
    unmapped: 3,
  });

/** One in each state. */
export const allSources = (): Source[] => [
  source('brevo', { secrets: ['apiKey'], enabled: false, state: 'disabled', lastSuccessAt: ago(20 * DAY) }),
  source('hubspot', {
    signedIn: true,
    settings: { clientId: 'b1f5' },
    secrets: ['clientSecret'],
    state: 'syncing',
    lastSuccessAt: null,
    completeSince: null,
    progress: [
      done('campaigns', 118),
      {
        pull: 'people',
        lane: 'history',
        items: 12_400,
        total: 25_000,
        skipped: 31,
        lastProblem: 'contact 90871: the e-mail address “jonas@” is none',
      },
      { pull: 'consent', lane: 'history', items: 3_100, skipped: 0 },
      { pull: 'touchpoints', lane: 'history', items: 0, skipped: 0 },
      { pull: 'people', lane: 'recent', items: 12, skipped: 0 },
    ],
    webhook: {
      url: 'https://tandem.hafen.example/v1/webhooks/hubspot',
      secret: 'gallery-secret-Kq3vX0mPz81nTb5e',
      refused: 2,
    },
  }),
  source('mautic', {
    settings: { url: 'https://mautic.hafen.example', username: 'tandem' },
    secrets: ['password'],
    state: 'failed',
    lastSuccessAt: ago(2 * DAY),
    nextRunAt: ago(-25 * MINUTE),
    problem: {
      en: 'Mautic does not accept the key any more. Make a new one there and enter it here.',
      de: 'Mautic nimmt den Schlüssel nicht mehr an. Legen Sie dort einen neuen an und tragen Sie ihn hier ein.',
    },
  }),
  odooSource(),
  source('pipedrive', {
    signedIn: false,
    settings: { clientId: '77aa' },
    secrets: ['clientSecret'],
    state: 'new',
    progress: [],
    lastSuccessAt: null,
    completeSince: null,
  }),
  source('salesforce', {
    signedIn: true,
    settings: { environment: 'production', clientId: '3MVG9' },
    secrets: ['clientSecret'],
    state: 'waiting',
    nextRunAt: ago(-40 * MINUTE),
    problem: {
      en: 'Today’s allowance of requests is used up. It goes on when Salesforce allows more.',
      de: 'Die für heute erlaubten Anfragen sind verbraucht. Es geht weiter, sobald Salesforce mehr erlaubt.',
    },
  }),
];
