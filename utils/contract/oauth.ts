import { z } from 'zod';

/** The hub as an OAuth server, as the extension knows it (docs/decisions/0009-sign-in.md). */
export const OAUTH = '/oauth';
export const CLIENT_ID = 'tandem-extension';
/** The one thing there is to ask for: to be the user. */
export const SCOPE = 'tandem';

/** Where RFC 8414 has clients look for what the server of `…/oauth` offers. */
export const METADATA = `/.well-known/oauth-authorization-server${OAUTH}`;
export const Metadata = z.object({ issuer: z.url() });

export const TokenResponse = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
});
export type TokenResponse = z.infer<typeof TokenResponse>;
