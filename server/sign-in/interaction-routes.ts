import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { errors } from 'oidc-provider';
import { OAUTH, SCOPE } from '../../utils/contract/oauth.ts';
import { EmailAddress } from '../../utils/contract/primitives.ts';
import type { HubEnv } from '../auth/authorise.ts';
import { createRateLimit } from '../auth/rate-limit.ts';
import type { Hub } from '../hub.ts';
import { logFailure } from '../log-failure.ts';
import { ProblemError } from '../problem.ts';
import { clientAddress } from './client-address.ts';
import { deviceLabel } from './device-label.ts';
import { findUserByIdentity } from './identities.ts';
import { CALLBACK, createIdentityProvider } from './identity-provider.ts';
import { redeemCode } from './issued-codes.ts';
import type { OpenOAuth } from './mount-oauth.ts';
import { keepSecret, SECRET_MINUTES, spendSecret, takeUsedLink } from './one-time-secrets.ts';
import { answerPage, askedLanguage, languageOf } from './page.ts';
import { linkPage, noticePage, notYetPage, refusedPage, sentPage, waysPage } from './pages.ts';
import { sendLink } from './send-mail.ts';
import { createSession, type NewSession } from './sessions.ts';
import { findUserByEmail } from './users.ts';

/** Per minute and address: a person needs a few, a code has 60 bits. */
const TRIES_PER_MINUTE = 30;
/** Per quarter of an hour and mailbox, known or not: more would be a way to flood it. */
const MAILS = 5;
const MAX_FORM_BYTES = 4096;

/** Adds the pages on which people sign in. The cookie of the interaction, which the browser sends below its
 * address only, ties each step to the browser that began. */
export function addInteractionRoutes(app: Hono<HubEnv>, hub: Hub, open: OpenOAuth): void {
  const { workspaceId } = hub;
  const db = () => hub.databaseOf(workspaceId);
  const limitTries = createRateLimit('sign-in', TRIES_PER_MINUTE);
  const limitMails = createRateLimit('mails', MAILS, SECRET_MINUTES * 60);
  const identityProvider = createIdentityProvider(hub);
  const pages = new Hono<HubEnv>();

  pages.onError((error, c) => {
    if (error instanceof errors.SessionNotFound) {
      return answerPage(c, noticePage(c.req.path.includes('/link/') ? 'elsewhere' : 'expired'));
    }
    if (error instanceof ProblemError && error.problem === 'too-many-requests') {
      return answerPage(c, noticePage('busy', 429));
    }
    logFailure(hub.logger, error, 'sign-in page failed');
    return answerPage(c, noticePage('failed', 500));
  });
  pages.use(
    bodyLimit({
      maxSize: MAX_FORM_BYTES,
      onError: (c: Context<HubEnv>) => answerPage(c, noticePage('failed', 400)),
    }),
  );
  pages.post('*', async (c, next) => {
    await limitTries(c, clientAddress(c, hub.signIn.trustedProxies));
    await next();
  });

  /** The sign-in that this browser is in the middle of. */
  const interactionOf = async (c: Context<HubEnv>) => {
    const { incoming, outgoing, provider } = await open(c);
    const interaction = await provider.interactionDetails(incoming, outgoing);
    if (interaction.uid !== c.req.param('uid')) throw new errors.SessionNotFound('another one');
    const language = askedLanguage(interaction.params['ui_locales']);
    if (language) c.set('language', language);
    const leadsTo = new URL(String(interaction.params['redirect_uri'])).origin;
    return { uid: interaction.uid, at: `${OAUTH}/interaction/${interaction.uid}`, leadsTo, interaction };
  };
  type Problem = Parameters<typeof waysPage>[0]['problem'];
  const answerWays = async (c: Context<HubEnv>, problem?: Problem) => {
    const { at, leadsTo } = await interactionOf(c);
    const provider = identityProvider && { provider: hub.signIn.oidc?.label ?? null };
    const mail = hub.mailer !== null && hub.publicUrl !== null;
    return answerPage(c, waysPage({ at, ...provider, mail, ...(problem && { problem }), leadsTo }));
  };

  /** Ends the sign-in well: makes the session and the grant of the same id, and sends the browser on. */
  const finish = async (c: Context<HubEnv>, who: Omit<NewSession, 'label'>) => {
    const { incoming, outgoing, provider } = await open(c);
    const { interaction } = await interactionOf(c);
    const label = deviceLabel(c.req.header('user-agent'));
    const { id } = await createSession(db(), workspaceId, { ...who, label }, hub.clock());
    const clientId = String(interaction.params['client_id']);
    const grant = new provider.Grant({ accountId: who.userId, clientId });
    grant.jti = id;
    grant.addOIDCScope(SCOPE);
    await grant.save();
    const result = { login: { accountId: who.userId, remember: false }, consent: { grantId: id } };
    return c.redirect(await provider.interactionResult(incoming, outgoing, result), 303);
  };

  pages.get('/:uid', (c) => answerWays(c));

  pages.post('/:uid/code', async (c) => {
    await interactionOf(c);
    const userId = await redeemCode(hub, await field(c, 'code'), hub.clock());
    return userId === null ? answerWays(c, 'wrongCode') : finish(c, { userId, method: 'code' });
  });

  pages.post('/:uid/mail', async (c) => {
    const { uid, at, leadsTo } = await interactionOf(c);
    const mail = EmailAddress.safeParse(await field(c, 'mail')).data;
    if (mail === undefined) return answerWays(c, 'wrongMail');
    await limitMails(c, mail.toLowerCase());
    // Not waited for: the time of an answer must not tell who is known.
    void mailLink(hub, { uid, at, mail, language: languageOf(c) });
    return answerPage(c, sentPage(at, mail, leadsTo));
  });

  pages.post('/:uid/continue', async (c) => {
    const { uid, at, leadsTo } = await interactionOf(c);
    const userId = await takeUsedLink(db(), workspaceId, uid);
    if (userId === null) return answerPage(c, notYetPage(at, leadsTo));
    return finish(c, { userId, method: 'link' });
  });

  pages.get('/:uid/link/:selector/:secret', async (c) => {
    await interactionOf(c);
    return answerPage(c, linkPage());
  });

  pages.post('/:uid/link/:selector/:secret', async (c) => {
    const { uid } = await interactionOf(c);
    const { selector, secret } = c.req.param();
    const link = { kind: 'link' as const, selector, secret, interaction: uid };
    const spent = await spendSecret(db(), workspaceId, link, hub.clock());
    return answerPage(c, spent ? noticePage('linkDone', 200) : noticePage('wrongLink'));
  });

  pages.get('/:uid/oidc', async (c) => {
    const { uid } = await interactionOf(c);
    try {
      return identityProvider ? c.redirect(await identityProvider.begin(uid), 303) : await answerWays(c);
    } catch (error) {
      logFailure(hub.logger, error, 'identity provider not reached');
      return answerWays(c, 'providerFailed');
    }
  });

  pages.get('/:uid/callback', async (c) => {
    const { uid, at } = await interactionOf(c);
    const identity = await identityProvider
      ?.finish(uid, new URL(c.req.url).search)
      .catch((error: unknown) => {
        logFailure(hub.logger, error, 'identity provider not believed');
      });
    if (!identity) return answerWays(c, 'providerFailed');
    const userId = await findUserByIdentity(db(), workspaceId, identity);
    return userId === null
      ? answerPage(c, refusedPage(at, identity.email))
      : finish(c, { userId, method: 'oidc' });
  });

  app.route(`${OAUTH}/interaction`, pages);
  // Its address is registered, so it names no sign-in; the state does. What it says is checked there.
  app.get(CALLBACK, (c) => {
    const uid = /^([\w-]+)\./.exec(c.req.query('state') ?? '')?.[1];
    if (uid === undefined) return answerPage(c, noticePage('expired'));
    return c.redirect(`${OAUTH}/interaction/${uid}/callback${new URL(c.req.url).search}`, 303);
  });
}

async function field(c: Context, name: string): Promise<string> {
  const value = (await c.req.parseBody())[name];
  return typeof value === 'string' ? value.slice(0, 512) : '';
}

interface LinkFor {
  uid: string;
  at: string;
  mail: string;
  language: ReturnType<typeof languageOf>;
}

async function mailLink(hub: Hub, { uid, at, mail, language }: LinkFor): Promise<void> {
  try {
    const db = hub.databaseOf(hub.workspaceId);
    const user = await findUserByEmail(db, hub.workspaceId, mail);
    if (!user) return;
    const selector = randomBytes(9).toString('base64url');
    const secret = randomBytes(32).toString('base64url');
    const link = { kind: 'link' as const, selector, secret, userId: user.id, interaction: uid };
    await keepSecret(db, hub.workspaceId, link, hub.clock());
    sendLink(hub, user.email, `${hub.publicUrl}${at}/link/${selector}/${secret}`, language);
  } catch (error) {
    logFailure(hub.logger, error, 'link not made');
  }
}
