import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { defineConnector, SourcePerson, SourceTouchpoint } from '../../../server/connectors/connector.ts';
import { equalSecrets } from '../../../server/connectors/equal-secrets.ts';
import { field } from '../../../server/connectors/settings-field.ts';
import { SourceError } from '../../../server/connectors/source-error.ts';
import type { WebhookRequest } from '../../../server/connectors/webhook.ts';

const both = (text: string) => ({ en: text, de: text });
const TOLERANCE_MS = 5 * 60_000;

const nothing = () => Promise.resolve({ items: [], next: null });
const Ping = z.object({ account: z.string() });
const News = z.object({
  people: z.array(SourcePerson).optional(),
  touchpoints: z.array(SourceTouchpoint).optional(),
  pull: z.array(z.enum(['people'])).optional(),
});

/** A system with a key, whose webhooks are signed: HMAC over time and body, as most do. */
export const littleConnector = defineConnector({
  id: 'little',
  label: 'Little CRM',
  settings: z.object({
    url: field(z.url(), { label: both('Address'), placeholder: 'https://crm.example' }),
    key: field(z.string().min(8), { label: both('Key'), help: both('From its settings.'), secret: true }),
    edition: field(z.enum(['small', 'large']).default('small'), { label: both('Edition') }),
    archived: field(z.boolean().optional(), { label: both('Archived ones, too') }),
    team: field(z.string().optional(), { label: both('Team') }),
  }),
  baseUrl: ({ url }) => url.replace(/\/$/, ''),
  authorise: ({ key }) => ({ authorization: `Key ${key}` }),
  tenant: ({ url }) => new URL(url).host,
  limits: () => [],
  overlapMs: 0,
  async check(io) {
    const { body } = await io.request('/ping', { schema: Ping });
    return [{ ok: true, words: both(`Reads ${body.account}.`) }];
  },
  pullPeople: nothing,
  pullTouchpoints: nothing,
  pullCampaigns: nothing,
  webhook: {
    verify: ({ headers, body }, { secret, now }) => {
      const time = headers.get('x-little-time') ?? '';
      const isTimely = Math.abs(now.getTime() - Number(time)) <= TOLERANCE_MS;
      return isTimely && equalSecrets(headers.get('x-little-signature') ?? '', signed(secret, time, body));
    },
    replayKey: ({ headers }) => headers.get('x-little-signature'),
    read: readNews,
    instructions: both('Enter address and secret in its settings.'),
  },
  recordUrl: ({ url }, { id }) => `${url}/people/${id}`,
});

/** A system that signs the hub in by OAuth, and whose webhooks know nothing but an address. */
export const oauthConnector = defineConnector({
  id: 'signed',
  label: 'Signed CRM',
  settings: z.object({
    url: field(z.url(), { label: both('Address') }),
    clientId: field(z.string().min(1).optional(), { label: both('Client ID') }),
    clientSecret: field(z.string().min(1).optional(), { label: both('Client secret'), secret: true }),
  }),
  oauth: {
    authorizeUrl: ({ url }) => `${url}/auth`,
    tokenUrl: ({ url }) => `${url}/token`,
    scopes: ['openid', 'offline_access'],
    clientAuthentication: 'basic',
  },
  baseUrl: ({ url }) => url,
  authorise: (_settings, token) => ({ authorization: `Bearer ${token?.accessToken ?? ''}` }),
  tenant: ({ url }) => new URL(url).host,
  limits: () => [],
  overlapMs: 0,
  async check(io) {
    const { body } = await io.request('/me', { schema: z.object({ sub: z.string() }) });
    return [{ ok: true, words: both(`Signed in as ${body.sub}.`) }];
  },
  pullPeople: nothing,
  pullTouchpoints: nothing,
  pullCampaigns: nothing,
  webhook: {
    secretInAddress: true,
    verify: () => true,
    replayKey: ({ headers }) => headers.get('x-delivery'),
    read: readNews,
    instructions: both('Enter the address in its settings.'),
  },
  recordUrl: () => null,
});

/** As `littleConnector` signs. */
export const signed = (secret: string, time: string, body: Buffer | string): string =>
  createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex');

function readNews({ body }: WebhookRequest) {
  try {
    const { people, touchpoints, pull } = News.parse(JSON.parse(body.toString('utf8')));
    return { ...(people && { people }), ...(touchpoints && { touchpoints }), ...(pull && { pull }) };
  } catch {
    throw new SourceError('unreadable', { detail: 'webhook' });
  }
}
