import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MiddlewareHandler } from 'hono';
import type { Operation } from '../../utils/contract/api.ts';
import type { Language } from '../../utils/contract/primitives.ts';
import type { Hub } from '../hub.ts';
import { ProblemError } from '../problem.ts';
import { retrying } from '../store/retrying.ts';
import { clientAddress } from '../sign-in/client-address.ts';
import { createRateLimit } from './rate-limit.ts';
import { readToken, type Session } from './tokens.ts';
import { isWriteKey, readWriteKey, type WriteKeyHolder } from './write-keys.ts';

/** Per minute and address, where nobody is signed in yet. A one-time code has 60 bits: far out of reach. */
const ATTEMPTS_PER_MINUTE = 30;

export interface HubEnv {
  Bindings: {
    /** Given by @hono/node-server; absent when a test calls the app directly. */
    incoming?: IncomingMessage;
    outgoing?: ServerResponse;
  };
  Variables: {
    session: Session | WriteKeyHolder;
    requestId: string;
    /** That a sign-in under way asks for; none elsewhere. */
    language?: Language;
  };
}

/** Makes the middleware that lets in who may call an operation, and counts the calls of all of them together. */
export function createAuthorise(hub: Hub): (operation: Operation) => MiddlewareHandler<HubEnv> {
  const limitRequests = createRateLimit('requests', hub.requestsPerMinute);
  const limitAttempts = createRateLimit('attempts', ATTEMPTS_PER_MINUTE);
  return ({ roles, writeKey }) =>
    async (c, next) => {
      if (roles === null) {
        await limitAttempts(c, clientAddress(c, hub.signIn.trustedProxies));
        return next();
      }
      const token = credentialOf(c.req.header('authorization') ?? '');
      if (token !== undefined && isWriteKey(token)) {
        const holder = await retrying(() => readWriteKey(hub, token), { repeatable: true });
        if (holder === null) throw new ProblemError('signed-out', 'There is no such write key any more.');
        await limitRequests(c, holder.tokenHash);
        if (!writeKey) throw new ProblemError('forbidden', 'A write key may send data, and nothing else.');
        c.set('session', holder);
        return next();
      }
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

/** A token of either kind as a bearer, or as the user name of Basic, which is what Segment's clients send. */
function credentialOf(header: string): string | undefined {
  const [, scheme, value = ''] = /^(Bearer|Basic) (\S+)$/i.exec(header) ?? [];
  if (scheme?.toLowerCase() !== 'basic') return scheme && value;
  const name = Buffer.from(value, 'base64').toString().split(':')[0];
  return name !== undefined && isWriteKey(name) ? name : undefined;
}
