import { browser } from 'wxt/browser';
import type { Language } from '../contract/primitives.ts';
import type { Settings } from './messages.ts';

type Texts = Record<string, { message: string }>;

/** The texts in a language that is not the browser's; null while the browser's own are good. */
let chosen: { language: Language; texts: Texts } | null = null;

/** The language the browser has chosen our texts in. */
const browsers = (): Language =>
  browser.i18n.getMessage('language' as '@@ui_locale') === 'de' ? 'de' : 'en';

/** The language this choice of the user's comes to. */
export const languageOf = (choice: Settings['language']): Language =>
  choice === 'system' ? browsers() : choice;

/**
 * Has `textOf` speak the language the user has chosen; true when it spoke another one before. The browser itself knows
 * only its own, so that another one's texts are read from the file it would have read (docs/decisions/0016).
 */
export async function chooseLanguage(choice: Settings['language']): Promise<boolean> {
  const before = chosen?.language;
  const language = languageOf(choice);
  const next = language === browsers() ? null : language;
  if (before === (next ?? undefined)) return false;
  chosen = next === null ? null : { language: next, texts: await readTexts(next) };
  return true;
}

async function readTexts(language: Language): Promise<Texts> {
  const path = `/_locales/${language}/messages.json` as '/icon/16.png';
  return (await (await fetch(browser.runtime.getURL(path))).json()) as Texts;
}

/** A text by its name in the locale files, with these values for `$1`, `$2` … */
export function textOf(name: string, values: readonly string[] = []): string {
  const key = name.replaceAll('.', '_');
  const text = chosen?.texts[key]?.message;
  if (text === undefined) return browser.i18n.getMessage(key as '@@ui_locale', [...values]);
  return text.replace(/\$(\$|\d)/gu, (_, sign: string) =>
    sign === '$' ? sign : (values[Number(sign) - 1] ?? ''),
  );
}

/** The texts with these beginnings, by their keys; none while the browser's own are good. */
export const textsOf = (beginnings: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(chosen?.texts ?? {}).flatMap(([key, { message }]) =>
      beginnings.some((beginning) => key.startsWith(beginning)) ? [[key, message]] : [],
    ),
  );
