import { z } from 'zod';
import { EmailAddress } from '../utils/contract/primitives.ts';
import { hostsOf } from './store/database-url.ts';

/** Their values are never repeated in an error. */
const SECRET = new Set<string>([
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'TANDEM_SMTP_URL',
  'TANDEM_OIDC_CLIENT_SECRET',
  'TANDEM_SECRET_KEYS',
  'TANDEM_METRICS_TOKEN',
]);

const address = (protocols: RegExp, message: string) => z.url({ protocol: protocols, error: message });

const wholeNumber = (usual: number, least: number, most: number) =>
  z.coerce
    .number(`must be a number; leave it out for ${usual}`)
    .int('must be a whole number')
    .min(least, `must be ${least} or more`)
    .max(most, `must be at most ${most}`)
    .default(usual);

const database = (message: string) =>
  z
    .string()
    .refine((text) => {
      try {
        return hostsOf(text).length > 0;
      } catch {
        return false;
      }
    }, message)
    .optional();

const byCommas = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** `tandem.env.example` says for administrators what each one is; a test compares the two. */
const Environment = z.object({
  /**
   * A PostgreSQL of version 15 or newer, perhaps on several hosts (`one:5432,two:5432`), of which one is the primary;
   * left out, the hub keeps an embedded database in TANDEM_DATA.
   */
  DATABASE_URL: database('must be an address such as postgres://user:password@host/database'),
  /** The same database as the role that owns the tables: for migrations, backup and restore only. By default DATABASE_URL's. */
  DATABASE_OWNER_URL: database('must be an address such as postgres://owner:password@host/database'),
  /** Which workspace this hub serves, where the database holds several. */
  TANDEM_WORKSPACE: z.uuid("must be the workspace's id").optional(),
  /** Of the workspace that a first start makes: the company, its mail domains, and its first administrator. */
  TANDEM_COMPANY: z.string().min(1, 'must be a name').max(200, 'must be shorter').default('My company'),
  TANDEM_DOMAINS: z.string().default('').transform(byCommas),
  TANDEM_ADMIN_EMAIL: EmailAddress.default('local.user@example.com'),
  TANDEM_ADMIN_NAME: z.string().min(1, 'must be a name').max(200, 'must be shorter').default('Local user'),
  /** Where browsers reach the hub from outside, e.g. https://tandem.example.com. */
  TANDEM_PUBLIC_URL: address(/^https?$/, 'must be an address such as https://tandem.example.com')
    .refine(
      (text) => !URL.canParse(text) || /^[^/]*\/\/[^/?#]+\/*$/.test(text),
      'must be without a path: the hub answers at the root of its host',
    )
    .transform((text) => new URL(text).origin)
    .optional(),
  TANDEM_SMTP_URL: address(
    /^smtps?$/,
    'must be an address such as smtps://user:password@mail.example.com',
  ).optional(),
  TANDEM_MAIL_FROM: z
    .string()
    .min(3, 'must be a sender such as Tandem <tandem@example.com>')
    .default('Tandem <tandem@localhost>'),
  TANDEM_OIDC_ISSUER: address(
    /^https?$/,
    'must be the issuer of your identity provider, e.g. https://accounts.google.com',
  ).optional(),
  TANDEM_OIDC_CLIENT_ID: z.string().min(1, 'must be the id your identity provider gave the hub').optional(),
  TANDEM_OIDC_CLIENT_SECRET: z
    .string()
    .min(1, 'must be the secret your identity provider gave the hub')
    .optional(),
  /** What the button of the identity provider says. */
  TANDEM_OIDC_LABEL: z.string().min(1, 'must be a name such as Google Workspace').optional(),
  /** How many proxies of yours stand before the hub; only then X-Forwarded-For is believed, so far. */
  TANDEM_TRUSTED_PROXY: z.coerce
    .number('must be a number: how many proxies stand before the hub')
    .int('must be a whole number')
    .min(0, 'must be 0 or more')
    .max(9, 'must be at most 9')
    .default(0),
  /** Keys that encrypt secrets at rest: 32 bytes as base64 each, by commas, the newest first. */
  TANDEM_SECRET_KEYS: z
    .string()
    .transform((text) => text.split(',').map((key) => new Uint8Array(Buffer.from(key.trim(), 'base64'))))
    .pipe(
      z.array(
        z
          .instanceof(Uint8Array)
          .refine(
            (key) => key.length === 32,
            'must be keys of 32 bytes as base64, by commas; make one by: openssl rand -base64 32',
          ),
      ),
    )
    .optional(),
  /** Whether channels may send to this machine and to private networks; by default only with the embedded database. */
  TANDEM_ALLOW_PRIVATE_TARGETS: z.enum(['0', '1'], 'must be 1 to allow them, 0 to refuse them').optional(),
  PORT: z.coerce
    .number('must be a number; leave it out for 8787, or use 0 for any free port')
    .int('must be a whole number')
    .min(0, 'must be 0 or more; 0 means any free port')
    .max(65_535, 'must be at most 65535')
    .default(8787),
  HOST: z
    .string()
    .min(1, 'must name an address to listen on; leave it out for 127.0.0.1')
    .default('127.0.0.1'),
  TANDEM_DATA: z.string().min(1, 'must name a folder; leave it out for .tandem/hub').default('.tandem/hub'),
  TANDEM_SAMPLE: z.enum(['0', '1'], 'must be 1 to load the sample data, or left out').default('0'),
  TANDEM_EXTENSION_ORIGINS: z
    .string()
    .default('')
    .transform(byCommas)
    .pipe(
      z.array(
        z
          .string()
          .regex(/^[a-z-]+:\/\/[^/\s]+$/, 'must be origins such as chrome-extension://<id>, by commas'),
      ),
    ),
  TANDEM_REQUESTS_PER_MINUTE: z.coerce
    .number('must be a number; leave it out for 1200')
    .int('must be a whole number')
    .positive('must be above 0')
    .default(1200),
  /** What Prometheus sends as a bearer token; without one there are no metrics. */
  TANDEM_METRICS_TOKEN: z
    .string()
    .min(16, 'must have 16 characters or more; make one by: openssl rand -hex 32')
    .optional(),
  /** How long the hub goes on taking requests after it was told to stop and says at /readyz that it will. */
  TANDEM_DRAIN_SECONDS: wholeNumber(0, 0, 300),
  /** Months that touchpoints, people who were archived, and the audit log are kept; 0: for ever. */
  TANDEM_RETENTION_TOUCHPOINT_MONTHS: wholeNumber(36, 0, 1200),
  TANDEM_RETENTION_ARCHIVED_MONTHS: wholeNumber(12, 0, 1200),
  TANDEM_RETENTION_AUDIT_MONTHS: wholeNumber(24, 0, 1200),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'silent'],
      'must be fatal, error, warn, info, debug or silent',
    )
    .default('info'),
});
export type Environment = z.infer<typeof Environment>;

/** Every setting there is. */
export const settingNames: readonly string[] = Object.keys(Environment.shape);

/** What settings need of each other: those that are given though another is missing, and why. */
const NEEDS: readonly { key: keyof Environment; needs: keyof Environment; why: string }[] = [
  { key: 'DATABASE_OWNER_URL', needs: 'DATABASE_URL', why: 'it names the same database by another role' },
  { key: 'TANDEM_SMTP_URL', needs: 'TANDEM_PUBLIC_URL', why: 'mails carry links to the hub' },
  {
    key: 'TANDEM_OIDC_ISSUER',
    needs: 'TANDEM_PUBLIC_URL',
    why: 'the identity provider sends people back there, e.g. https://tandem.example.com',
  },
  {
    key: 'TANDEM_OIDC_ISSUER',
    needs: 'TANDEM_OIDC_CLIENT_ID',
    why: 'it is the id your identity provider gave the hub',
  },
  {
    key: 'TANDEM_OIDC_CLIENT_ID',
    needs: 'TANDEM_OIDC_ISSUER',
    why: 'it is the address of your identity provider',
  },
];

/** The settings of the hub; the message names each wrong one, what is wrong and what to do. */
export class EnvironmentError extends Error {}

/** @throws EnvironmentError */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
  const result = Environment.safeParse(variables);
  const lines = result.success
    ? NEEDS.filter(
        ({ key, needs }) => result.data[key] !== undefined && result.data[needs] === undefined,
      ).map(({ key, needs, why }) => `${key} needs ${needs}, too: ${why}`)
    : result.error.issues.map(({ path, message }) => {
        const key = String(path[0]);
        return `${key}=${SECRET.has(key) ? '…' : (variables[key] ?? '')}: ${message}`;
      });
  if (result.success && lines.length === 0) return result.data;
  throw new EnvironmentError(`The hub's settings are not usable.\n${lines.join('\n')}`);
}
