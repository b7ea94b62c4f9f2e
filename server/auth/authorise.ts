import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MiddlewareHandler } from 'hono';
import type { Operation } from '../../utils/contract/api.ts';
import type { Hub } from '../hub.ts';
import { ProblemError } from '../problem.ts';
import { retrying } from '../store/retrying.ts';
import { clientAddress } from '../sign-in/client-address.ts';
import { createRateLimit } from './rate-limit.ts';
import { readToken, type Session } from './tokens.ts';

/** Per minute and address, where nobody is signed in yet. A one-time code has 60 bits: far out of reach. */
const ATTEMPTS_PER_MINUTE = 30;

export interface HubEnv {
  Bindings: {
    /** Given by @hono/node-server; absent when a test calls the app directly. */
    incoming?: IncomingMessage;
    outgoing?: ServerResponse;
  };
  Variables: { session: Session; requestId: string };
}

/** Makes the middleware that lets in who may call an operation, and counts the calls of all of them together. */
export function createAuthorise(hub: Hub): (operation: Operation) => MiddlewareHandler<HubEnv> {
  const limitRequests = createRateLimit('requests', hub.requestsPerMinute);
  const limitAttempts = createRateLimit('attempts', ATTEMPTS_PER_MINUTE);
  return ({ roles }) =>
    async (c, next) => {
      if (roles === null) {
        await limitAttempts(c, clientAddress(c, hub.signIn.trustedProxies));
        return next();
      }
      const token = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
      const session =
        token === undefined ? null : await retrying(() => readToken(hub, token), { repeatable: true });
      if (session === null) {
        throw new ProblemError(
          'signed-out',
          'Sign in by OAuth or with a one-time code; send the token as "Authorization: Bearer".',
        );
      }
      await limitRequests(c, session.id);
      if (!roles.includes(session.user.role)) {
        throw new ProblemError(
          'forbidden',
          `This is for the roles ${roles.join(', ')}; yours is ${session.user.role}.`,
        );
      }
      c.set('session', session);
      return next();
    };
}
