import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import * as oauth from 'openid-client';
import { createApp } from '../../../server/app.ts';
import type { Hub } from '../../../server/hub.ts';
import { redirectUris } from '../../../server/sign-in/redirect-uris.ts';
import { CLIENT_ID, SCOPE, type TokenResponse } from '../../../utils/contract/oauth.ts';
import type { TestBrowser, Visit } from './test-browser.ts';

export const REDIRECT = redirectUris([])[0]!;

/** Starts a server on a free port; returns its origin and what ends it. */
export async function listen(fetch: Parameters<typeof serve>[0]['fetch']) {
  const server = serve({ fetch, port: 0, hostname: '127.0.0.1' });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, stop: () => void server.close() };
}

/** Serves a hub at an address of its own, which it knows: links and redirects lead there. */
export async function serveHub(hub: Hub) {
  const { origin, stop } = await listen((request, env) => app.fetch(request, env));
  const app = createApp({ ...hub, publicUrl: origin });
  return { origin, stop };
}

/** The extension's side, by a library that checks what the hub answers. */
export async function oauthClient(origin: string) {
  const configuration = await oauth.discovery(
    new URL(`${origin}/oauth`),
    CLIENT_ID,
    undefined,
    oauth.None(),
    { execute: [oauth.allowInsecureRequests], algorithm: 'oauth2' },
  );
  return {
    async begin(browser: TestBrowser, parameters: Record<string, string> = {}) {
      const verifier = oauth.randomPKCECodeVerifier();
      const state = oauth.randomState();
      const url = oauth.buildAuthorizationUrl(configuration, {
        redirect_uri: REDIRECT,
        scope: SCOPE,
        state,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...parameters,
      });
      const page = await browser.visit(url);
      return {
        page,
        verifier,
        redeem: async ({ url: back }: Visit, pkceCodeVerifier = verifier) =>
          (await oauth.authorizationCodeGrant(configuration, back, {
            pkceCodeVerifier,
            expectedState: state,
          })) as unknown as TokenResponse,
      };
    },
    refresh: async (token: string) =>
      (await oauth.refreshTokenGrant(configuration, token)) as unknown as TokenResponse,
    revoke: (token: string) => oauth.tokenRevocation(configuration, token),
  };
}

/** What GET /v1/me answers to a token. */
export const meWith = (origin: string, token: string) =>
  fetch(`${origin}/v1/me`, { headers: { authorization: `Bearer ${token}` } });
