import { generateChromeMessages, parseMessagesFile } from '@wxt-dev/i18n/build';

/** The texts of the interface in a language, by the names they have in `locales/`. */
export async function textsIn(language: 'en' | 'de'): Promise<(name: string) => string> {
  const file = new URL(`../../locales/${language}.yml`, import.meta.url).pathname;
  const messages = generateChromeMessages(await parseMessagesFile(file)) as Record<
    string,
    { message: string }
  >;
  return (name) => {
    const found = messages[name.replaceAll('.', '_')];
    if (!found) throw new Error(`There is no text ${name}`);
    return found.message;
  };
}
