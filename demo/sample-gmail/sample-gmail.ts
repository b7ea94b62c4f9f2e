import { readFileSync } from 'node:fs';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import type { Language, Mail } from './mail.ts';
import { alex, mails as sampleMails } from './mails.ts';

export interface Answer {
  status: number;
  contentType: string;
  body: string;
  headers: Record<string, string>;
}

/** Where Gmail lives; the page, its scripts and its style are below it. */
const ROOT = '/mail/u/0/';
const FILE = /^page\/([a-z-]+)\.(ts|css)$/u;

/**
 * As strict as Gmail's: own scripts and frames only, no markup from strings. What an extension adds to the
 * page has to get along with it.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/**
 * A small imitation of Gmail for demonstrations and tests, to be served at https://mail.google.com. Its
 * shape is rebuilt from what is publicly known of Gmail's (2026-11), so that a reader made for the real one
 * reads it. Returns the answer to a path; 404 for everything that is not part of it.
 */
export function sampleGmail(options: {
  language: Language;
  /** The mailbox's own address. */
  account?: string;
  mails?: readonly Mail[];
}): (path: string) => Answer {
  const { language, account = alex.email, mails = sampleMails } = options;
  const mailbox = { language, account: { ...alex, email: account }, mails };
  return (path) => {
    if (path === ROOT) return answer(200, 'text/html', page(language, JSON.stringify(mailbox)));
    const [, name, extension] = FILE.exec(path.startsWith(ROOT) ? path.slice(ROOT.length) : '') ?? [];
    const source = name !== undefined && extension !== undefined && read(`${name}.${extension}`);
    if (source === false || source === undefined) return answer(404, 'text/plain', 'Not found');
    return extension === 'css'
      ? answer(200, 'text/css', source)
      : answer(200, 'text/javascript', withoutTypes(source));
  };
}

function answer(status: number, type: string, body: string): Answer {
  return {
    status,
    contentType: `${type}; charset=utf-8`,
    body,
    headers: { 'content-security-policy': POLICY },
  };
}

/** The page's scripts are TypeScript modules that run as they are once the types are gone. */
function withoutTypes(source: string): string {
  const compilerOptions = {
    target: ScriptTarget.ESNext,
    module: ModuleKind.ESNext,
    verbatimModuleSyntax: true,
  };
  return transpileModule(source, { compilerOptions }).outputText;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(new URL(`page/${file}`, import.meta.url), 'utf8');
  } catch {
    return undefined;
  }
}

/** The mailbox travels in a data block, in which only `<` could do harm. */
const page = (language: Language, mailbox: string) => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Gmail</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${ROOT}page/page.css">
<script type="application/json" id="mailbox">${mailbox.replace(/</gu, '\\u003c')}</script>
<script type="module" src="${ROOT}page/main.ts"></script>
</head>
<body class="aAU">
</body>
</html>
`;
