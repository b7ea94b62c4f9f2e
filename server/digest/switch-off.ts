import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { html } from 'hono/html';
import { sql } from 'kysely';
import type { HubEnv } from '../auth/authorise.ts';
import type { Hub } from '../hub.ts';
import { SecretError } from '../secrets.ts';
import { digestWords } from './digest-words.ts';

const PATH = '/mail/off';

const about = (workspaceId: string) => ({ workspaceId, purpose: 'digest off' });

/** Where whoever holds a mail switches it off without signing in; null where the hub cannot make such an address. */
export function offLink({ publicUrl, secrets, workspaceId }: Hub, userId: string): string | null {
  if (publicUrl === null || !secrets) return null;
  return `${publicUrl}${PATH}?token=${secrets.seal(userId, about(workspaceId))}`;
}

/**
 * Adds the page behind that address. It does nothing until its button is pressed, because mail scanners open links; mail
 * programs press it by themselves when the user asks them to.
 */
export function addSwitchOff(app: OpenAPIHono<HubEnv>, hub: Hub): void {
  app.get(PATH, (c) => {
    const words = wordsFor(c);
    if (userOf(hub, c) === null) return page(c, words.offTitle, html`<p>${words.offInvalid}</p>`, 400);
    const form = html`<form method="post">
      <p>${words.offQuestion}</p>
      <button>${words.offButton}</button>
    </form>`;
    return page(c, words.offTitle, form);
  });
  app.post(PATH, async (c) => {
    const words = wordsFor(c);
    const userId = userOf(hub, c);
    if (userId === null) return page(c, words.offTitle, html`<p>${words.offInvalid}</p>`, 400);
    await sql`
      update users u set digest = false
      where u.workspace_id = ${hub.workspaceId} and u.id = ${userId}`.execute(
      hub.databaseOf(hub.workspaceId),
    );
    return page(c, words.offTitle, html`<p>${words.offDone}</p>`);
  });
}

function userOf({ secrets, workspaceId }: Hub, c: Context): string | null {
  try {
    return secrets?.open(c.req.query('token') ?? '', about(workspaceId)) ?? null;
  } catch (error) {
    if (error instanceof SecretError) return null;
    throw error;
  }
}

const wordsFor = (c: Context) =>
  digestWords[(c.req.header('accept-language') ?? '').toLowerCase().startsWith('de') ? 'de' : 'en'];

function page(c: Context, title: string, content: ReturnType<typeof html>, status: 200 | 400 = 200) {
  c.header('content-security-policy', "default-src 'none'; form-action 'self'; frame-ancestors 'none'");
  c.header('referrer-policy', 'no-referrer');
  c.header('cache-control', 'no-store');
  return c.html(
    html`<!doctype html>
      <html>
        <head>
          <meta charset="utf-8" />
          <title>Tandem · ${title}</title>
        </head>
        <body>
          <h1>${title}</h1>
          ${content}
        </body>
      </html>`,
    status,
  );
}
