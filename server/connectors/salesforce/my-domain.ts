import { z } from 'zod';
import type { OAuth } from '../connector.ts';
import { field } from '../settings-field.ts';

/** An organisation's own host, e.g. `kestrel.my.salesforce.com` or `kestrel--uat.sandbox.my.salesforce.com`. */
const ADDRESS =
  /^(?:https:\/\/)?([a-z0-9-]+(?:\.[a-z0-9-]+)?)\.(?:my\.salesforce|lightning\.force|my\.salesforce-setup)\.(com|mil)(?:\/.*)?$/;

/** What signing in at a Salesforce organisation takes; Account Engagement signs in there as well. */
export const signInSettings = {
  domain: field(
    z
      .string()
      .trim()
      .toLowerCase()
      .max(500)
      .regex(ADDRESS, 'must be the address of a Salesforce organisation'),
    {
      label: { en: 'My Domain', de: 'My Domain' },
      help: {
        en: 'The address of your Salesforce. Copy it from the browser, on any of its pages.',
        de: 'Die Adresse Ihres Salesforce. Kopieren Sie sie aus dem Browser, von einer beliebigen Seite.',
      },
      placeholder: 'kestrel.my.salesforce.com',
    },
  ),
  clientId: field(z.string().trim().min(1).max(500), {
    label: { en: 'Consumer key', de: 'Consumer Key (Verbraucherschlüssel)' },
    help: {
      en: 'Of an external client app: Setup → External Client App Manager → New.',
      de: 'Einer externen Client-Anwendung: Setup → Manager für externe Client-Anwendungen → Neu.',
    },
  }),
  clientSecret: field(z.string().trim().max(500).optional(), {
    label: { en: 'Consumer secret', de: 'Consumer Secret (Verbrauchergeheimnis)' },
    help: {
      en: 'Leave it empty if the app requires no secret for the web server flow and for refresh tokens.',
      de: 'Leer lassen, wenn die Anwendung weder für den Webserver-Fluss noch für Aktualisierungstoken eines verlangt.',
    },
    secret: true,
  }),
};

interface AtMyDomain {
  domain: string;
}

/** The web server flow with PKCE under the organisation's own host, so that its own sign-in rules apply. */
export function signInAt(scopes: readonly string[]): OAuth<AtMyDomain> {
  return {
    authorizeUrl: ({ domain }) => `https://${hostOf(domain)}/services/oauth2/authorize`,
    tokenUrl: ({ domain }) => `https://${hostOf(domain)}/services/oauth2/token`,
    scopes: [...scopes, 'refresh_token'],
    clientAuthentication: 'post',
  };
}

/** The host of the organisation's API. */
export function hostOf(domain: string): string {
  const { name, end } = partsOf(domain);
  return `${name}.my.salesforce.${end}`;
}

/** The host of the organisation's pages. */
export function lightningHostOf(domain: string): string {
  const { name, end } = partsOf(domain);
  return `${name}.lightning.force.${end}`;
}

/** The organisation as its pages' hosts begin, e.g. `kestrel--uat`. */
export function organisationOf(domain: string): string {
  const [organisation = ''] = partsOf(domain).name.split('.');
  return organisation;
}

/** Whether it is no company's live organisation: a sandbox, a developer's, a scratch org. */
export function isTrial(domain: string): boolean {
  return partsOf(domain).name.includes('.');
}

/** Ids have 15 characters, or 18 with a checksum that depends on them; pages are known by the 15. */
export function shortId(id: string): string {
  return id.slice(0, 15);
}

function partsOf(domain: string): { name: string; end: string } {
  const [, name = '', end = 'com'] = ADDRESS.exec(domain) ?? [];
  return { name, end };
}
