import type { z } from 'zod';
import { ProblemError } from '../problem.ts';
import type { AccessToken, Connector } from './connector.ts';
import { secretNames } from './describe-connector.ts';
import type { SettingValues } from './source-store.ts';

/** Settings as they are stored: what may be shown again apart from what may not. */
export interface CheckedSettings {
  shown: SettingValues;
  secret: Record<string, string>;
  /** As the connector takes them. */
  parsed: Record<string, unknown>;
}

/**
 * Checks what an administrator has entered; an empty text stands for nothing.
 *
 * @throws ProblemError `invalid`, which points at what is wrong.
 */
export function checkSettings(connector: Connector, entered: SettingValues): CheckedSettings {
  const { settings, label } = connector;
  const given = Object.entries(entered).filter(([, value]) => value !== '');
  const unknown = given.filter(([name]) => !Object.hasOwn(settings.shape, name));
  if (unknown.length > 0) throw wrongSettings(unknown.map(([name]) => [name, `is no setting of ${label}`]));
  const values = Object.fromEntries(given);
  const parsed = settings.safeParse(values);
  if (!parsed.success) throw wrongSettings(parsed.error.issues.map((issue) => faultOf(issue, values)));
  const secrets = new Set(secretNames(connector));
  return {
    shown: Object.fromEntries(given.filter(([name]) => !secrets.has(name))),
    secret: Object.fromEntries(
      given.flatMap(([name, value]) => (secrets.has(name) ? [[name, String(value)] as const] : [])),
    ),
    parsed: parsed.data,
  };
}

/**
 * Refuses to send the secrets of one address to another: whoever may change the address need not know them.
 *
 * @throws ProblemError `invalid`
 */
export function keepSecretsAtHome(
  connector: Connector,
  { before, after, kept }: { before: Where; after: Where; kept: readonly string[] },
): void {
  const changed = originsOf(connector, before).join() !== originsOf(connector, after).join();
  if (!changed || kept.length === 0) return;
  throw wrongSettings(kept.map((name) => [name, 'must be entered again, because the address has changed']));
}

/** Which installation these settings are of; changed, everything is to be brought in anew. */
export function installationOf(connector: Connector, { settings, token }: Where): string {
  const tenant = attempt(() => connector.tenant(settings, token)) ?? '';
  return [tenant, ...originsOf(connector, { settings, token })].join(' ');
}

interface Where {
  settings: Record<string, unknown>;
  token: AccessToken | null;
}

/** The servers that these settings lead to. */
function originsOf(connector: Connector, { settings, token }: Where): string[] {
  const { oauth } = connector;
  const urls = [
    attempt(() => connector.baseUrl(settings, token)),
    attempt(() => oauth?.authorizeUrl(settings)),
    attempt(() => oauth?.tokenUrl(settings)),
  ];
  return urls.map((url) => (url === undefined ? '' : (URL.parse(url)?.origin ?? '')));
}

/** Undefined where that cannot be said, e.g. before somebody has signed in. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function faultOf({ path, message }: z.core.$ZodIssue, values: Record<string, unknown>): [string, string] {
  const name = String(path[0] ?? '');
  return [name, values[name] === undefined ? 'must be filled in' : message];
}

function wrongSettings(faults: readonly (readonly [name: string, detail: string])[]): ProblemError {
  const errors = faults.map(([name, detail]) => ({ pointer: `/settings/${name}`, detail }));
  return new ProblemError('invalid', 'Wrong in the settings; see errors.', errors);
}
