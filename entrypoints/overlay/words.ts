import type { GeneratedI18nStructure } from '#i18n';
import { browser } from 'wxt/browser';

/** A text of the locales. The pages' `i18n.t` also fills in numbers and names, which nothing in a page needs. */
export const words = (name: keyof GeneratedI18nStructure): string =>
  (browser.i18n.getMessage as (name: string) => string)(name.replaceAll('.', '_'));
