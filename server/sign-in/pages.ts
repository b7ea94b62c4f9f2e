import { html } from 'hono/html';
import type { Page } from './page.ts';
import type { Words } from './words.ts';

/** Something to say before the rest, read out at once. */
const alert = (text: string | undefined) =>
  text === undefined ? '' : html`<p class="bad" role="alert" id="problem">${text}</p>`;

interface Ways {
  /** The address of the interaction, below which the forms lead. */
  at: string;
  /** What the button of the identity provider says; undefined where there is none. */
  provider?: string | null;
  mail: boolean;
  problem?: 'wrongCode' | 'wrongMail' | 'providerFailed';
  leadsTo: string | null;
}

/** All ways to sign in that this hub offers. */
export function waysPage({ at, provider, mail, problem, leadsTo }: Ways): Page {
  const invalid = (which: Ways['problem']) =>
    problem === which ? html` aria-invalid="true" aria-describedby="problem"` : '';
  return {
    title: (w) => w.title,
    status: problem === undefined ? 200 : 400,
    leadsTo,
    body: (w) => html`
      <p class="hint">${w.lead}</p>
      ${alert(problem && w[problem])}
      ${
        provider === undefined
          ? ''
          : html`<a class="button" href="${at}/oidc">${w.provider(provider ?? w.company)}</a>`
      }
      ${
        mail
          ? html`<form method="post" action="${at}/mail" aria-labelledby="mail-title">
              <h2 id="mail-title">${w.mailTitle}</h2>
              <label for="mail">${w.mail}</label>
              <input
                id="mail"
                name="mail"
                type="email"
                autocomplete="email"
                required
                maxlength="320"
                ${invalid('wrongMail')}
              />
              <p class="hint">${w.mailHint}</p>
              <button>${w.sendMail}</button>
            </form>`
          : ''
      }
      <form method="post" action="${at}/code" aria-labelledby="code-title">
        <h2 id="code-title">${w.codeTitle}</h2>
        <label for="code">${w.code}</label>
        <input
          id="code"
          name="code"
          autocomplete="one-time-code"
          autocapitalize="characters"
          spellcheck="false"
          required
          maxlength="128"
          ${invalid('wrongCode')}
        />
        <p class="hint">${w.codeHint}</p>
        <button>${w.useCode}</button>
      </form>
    `,
  };
}

/** The same for known and unknown addresses. */
export const sentPage = (at: string, mail: string, leadsTo: string | null): Page => ({
  title: (w) => w.sentTitle,
  leadsTo,
  body: (w) =>
    html`<p>${w.sent(mail)}</p>
      ${continueForm(w, at)}`,
});

export const notYetPage = (at: string, leadsTo: string | null): Page => ({
  title: (w) => w.sentTitle,
  leadsTo,
  body: (w) => html`${alert(w.notYet)} ${continueForm(w, at)}`,
});

const continueForm = (w: Words, at: string) =>
  html`<form method="post" action="${at}/continue"><button>${w.continue}</button></form>
    <p><a href="${at}">${w.again}</a></p>`;

/** Only the button uses a link up: those who scan mails open links, too, but press nothing. */
export const linkPage = (): Page => ({
  title: (w) => w.linkTitle,
  body: (w) =>
    html`<p>${w.link}</p>
      <form method="post"><button>${w.useLink}</button></form>`,
});

/** Somebody whom the company knows and the hub does not. */
export const refusedPage = (at: string, mail: string | null): Page => ({
  title: (w) => w.refusedTitle,
  status: 403,
  body: (w) =>
    html`<p>${mail === null ? w.unverified : w.unknown(mail)}</p>
      <p>${w.askAdmin}</p>
      <p><a href="${at}">${w.again}</a></p>`,
});

type Notice = 'linkDone' | 'wrongLink' | 'elsewhere' | 'expired' | 'busy' | 'failed';
const TITLES = {
  linkDone: 'linkDoneTitle',
  wrongLink: 'linkTitle',
  elsewhere: 'linkTitle',
  expired: 'expiredTitle',
  busy: 'busyTitle',
  failed: 'failedTitle',
} as const;

/** A page that only says something. */
export const noticePage = (notice: Notice, status: Page['status'] = 400): Page => ({
  title: (w) => w[TITLES[notice]],
  status,
  body: (w) => html`<p>${w[notice]}</p>`,
});
