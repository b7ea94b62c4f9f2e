import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { HubEnv } from '../auth/authorise.ts';
import { Language } from '../../utils/contract/primitives.ts';
import { type Words, words } from './words.ts';

const STYLE = `
:root { color-scheme: light dark; --paper: #f4f5f7; --card: #fff; --ink: #1c2430; --quiet: #566072; --line: #868e9c;
  --accent: #1f5fbf; --on-accent: #fff; --bad: #a3261d; }
@media (prefers-color-scheme: dark) { :root { --paper: #14171c; --card: #1d2229; --ink: #e9ecf1; --quiet: #a7b0bf;
  --line: #788292; --accent: #8ab4f8; --on-accent: #10151c; --bad: #ff9c92; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 26rem; margin: 8vh auto 0; padding: 1.75rem; background: var(--card); border-radius: 0.75rem; }
h1 { margin: 0 0 0.5rem; font-size: 1.4rem; line-height: 1.25; }
h2 { margin: 1.75rem 0 0.5rem; font-size: 1rem; }
p { margin: 0.5rem 0; overflow-wrap: anywhere; }
.hint { color: var(--quiet); font-size: 0.9rem; }
.bad { color: var(--bad); font-weight: 600; }
label { display: block; font-weight: 600; font-size: 0.9rem; }
input { width: 100%; margin: 0.25rem 0; padding: 0.6rem 0.75rem; font: inherit; color: inherit; background: transparent;
  border: 1px solid var(--line); border-radius: 0.5rem; }
button, .button { display: block; width: 100%; margin-top: 0.75rem; padding: 0.65rem 0.75rem; font: inherit; font-weight: 600;
  text-align: center; text-decoration: none; color: var(--on-accent); background: var(--accent); border: 1px solid transparent;
  border-radius: 0.5rem; cursor: pointer; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Which language the page is in: that of the sign-in it belongs to, else the one of ours that the browser prefers. */
export const languageOf = (c: Context<HubEnv>): Language =>
  c.get('language') ??
  Language.parse(accepts(c, { header: 'Accept-Language', supports: Language.options, default: 'en' }));

/** The first of ours among those that a sign-in asks for (`ui_locales` of OpenID Connect: by preference, with blanks). */
export const askedLanguage = (uiLocales: unknown): Language | undefined =>
  (typeof uiLocales === 'string' ? uiLocales : '')
    .split(' ')
    .map((tag) => Language.safeParse(tag.split('-')[0]?.toLowerCase()).data)
    .find((language) => language !== undefined);

export interface Page {
  title: (w: Words) => string;
  body: (w: Words) => Html;
  /** What kind of answer it is, by HTTP's numbers: see `answerPage`. */
  status?: 200 | 400 | 403 | 429 | 500;
  /** Where a form of it may lead beside the hub itself: browsers follow the whole way of redirects. */
  leadsTo?: string | null;
}

/** A page that runs no script, may not be framed, and is kept by nobody: its text and its headers. */
export async function renderPage(
  page: Page,
  language: Language,
): Promise<{ text: string; headers: Record<string, string> }> {
  const w = words[language];
  const title = page.title(w);
  const forms = ["'self'", ...(page.leadsTo ? [page.leadsTo] : [])].join(' ');
  const headers = {
    'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action ${forms}; frame-ancestors 'none'; base-uri 'none'`,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
    Vary: 'Accept-Language',
  };
  const text = await html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${raw(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <main data-status="${page.status ?? 200}">
          <h1>${title}</h1>
          ${page.body(w)}
        </main>
      </body>
    </html>`;
  return { text: text.toString(), headers };
}

/**
 * Answers with a page, always with status 200: at any other, Chromium closes the window of an extension's
 * sign-in before anybody could read why. The page itself bears what the status would have been.
 */
export async function answerPage(c: Context<HubEnv>, page: Page): Promise<Response> {
  const { text, headers } = await renderPage(page, languageOf(c));
  return c.html(text, 200, headers);
}
