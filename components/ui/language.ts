import { i18n } from './i18n.ts';
import type { LocalText } from '../../utils/contract/primitives.ts';
import { formatters, type Formatters } from '../../utils/domain/format.ts';

/** The language the texts of this page are in. */
export const language = (): keyof LocalText => (i18n.t('language') === 'de' ? 'de' : 'en');

/** What the agreement says, in the language of this page. */
export const localText = (text: LocalText): string => text[language()];

/** The browser's own variant of our language (en-GB, de-AT); ours where it speaks a third one. */
export function locale(): string {
  const browserLocale = i18n.t('@@ui_locale').replace('_', '-');
  return browserLocale.startsWith(language()) ? browserLocale : language();
}

let made: { locale: string; formatters: Formatters } | undefined;
/** Formatters for this page; making them is slow, and the language hardly ever changes while the page lives. */
export function format(): Formatters {
  if (made?.locale !== locale()) made = { locale: locale(), formatters: formatters(locale()) };
  return made.formatters;
}

type Underscored<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}_${Underscored<Tail>}`
  : Name;
/** Chrome allows no hyphen in the name of a message: `signed-out` → `signed_out`. */
export const messageName = <Name extends string>(name: Name) =>
  name.replaceAll('-', '_') as Underscored<Name>;
