import type { GeneratedI18nStructure } from '#i18n';
import { browser } from 'wxt/browser';

/** In the world that our scripts in a page share and the page does not see: the picker is a script of its own. */
const shared = globalThis as { tandemTexts?: Record<string, string> };

/** Texts that are to be shown instead of the browser's, by the browser's names. */
export const chooseWords = (texts: Record<string, string>) => {
  shared.tandemTexts = texts;
};

/** A text of the locales. The pages' `i18n.t` also fills in numbers and names, which nothing in a page needs. */
export function words(name: keyof GeneratedI18nStructure): string {
  const key = name.replaceAll('.', '_');
  return shared.tandemTexts?.[key] ?? (browser.i18n.getMessage as (name: string) => string)(key);
}
