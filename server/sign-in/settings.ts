import type { Environment } from '../environment.ts';

/** The company's OpenID provider, as the hub is registered there. */
export interface OidcSettings {
  issuer: string;
  clientId: string;
  /** Null for a client that is registered as public. */
  clientSecret: string | null;
  /** What its button says; null for a word of ours. */
  label: string | null;
}

export interface SignInSettings {
  oidc: OidcSettings | null;
  /** The newest first; empty when the hub keeps its keys in the database. */
  secretKeys: readonly Uint8Array[];
  /** How many proxies' entries of X-Forwarded-For are believed. */
  trustedProxies: number;
}

type Keys =
  | 'TANDEM_OIDC_ISSUER'
  | 'TANDEM_OIDC_CLIENT_ID'
  | 'TANDEM_OIDC_CLIENT_SECRET'
  | 'TANDEM_OIDC_LABEL'
  | 'TANDEM_SECRET_KEYS'
  | 'TANDEM_TRUSTED_PROXY';

/** How people sign in, of the environment. */
export function signInSettings(environment: Pick<Environment, Keys>): SignInSettings {
  const { TANDEM_OIDC_ISSUER: issuer, TANDEM_OIDC_CLIENT_ID: clientId } = environment;
  const oidc =
    issuer === undefined || clientId === undefined
      ? null
      : {
          issuer,
          clientId,
          clientSecret: environment.TANDEM_OIDC_CLIENT_SECRET ?? null,
          label: environment.TANDEM_OIDC_LABEL ?? null,
        };
  return {
    oidc,
    secretKeys: environment.TANDEM_SECRET_KEYS ?? [],
    trustedProxies: environment.TANDEM_TRUSTED_PROXY,
  };
}
