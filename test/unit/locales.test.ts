import { parseMessagesFile } from '@wxt-dev/i18n/build';
import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

type Messages = Awaited<ReturnType<typeof parseMessagesFile>>;
const [english, german] = await Promise.all(
  ['en', 'de'].map((language) => parseMessagesFile(`locales/${language}.yml`)),
);
const names = (messages: Messages) =>
  messages.map(({ key }) => key.join('.')).filter((name) => !name.startsWith('@@'));
const needs = (messages: Messages) =>
  Object.fromEntries(
    messages.map((message) => [
      message.key.join('.'),
      {
        type: message.type,
        substitutions: message.substitutions,
        named: message.namedSubstitutions.toSorted(),
        ...(message.type === 'plural' && { forms: Object.keys(message.plurals) }),
      },
    ]),
  );

it('says the same things in both languages, in the same order', () => {
  expect(names(german!)).toEqual(names(english!));
});

it('has the same placeholders and plural forms in both languages', () => {
  expect(needs(german!)).toEqual(needs(english!));
});

it('uses only names that Chrome takes', () => {
  for (const name of names(english!)) expect(name).toMatch(/^[A-Za-z0-9_@.]+$/u);
});

it('leaves no text empty', () => {
  for (const message of [...english!, ...german!]) {
    const texts = message.type === 'plural' ? Object.values(message.plurals) : [message.message];
    for (const text of texts) expect(text.trim(), message.key.join('.')).not.toBe('');
  }
});

it('has no text that nothing shows', async () => {
  const folders = ['components', 'entrypoints', 'utils/extension', 'wxt.config.ts'];
  const files = await Promise.all(
    folders.map(async (folder) => {
      if (folder.endsWith('.ts')) return [folder];
      const found = await readdir(folder, { recursive: true });
      return found.filter((file) => /\.tsx?$/u.test(file)).map((file) => `${folder}/${file}`);
    }),
  );
  const source = (await Promise.all(files.flat().map((file) => readFile(file, 'utf8')))).join('\n');
  // Literal names, and templates such as `stage.name.${stage}` as their fixed beginning and end.
  const templates = [...source.matchAll(/[`']([a-zA-Z]+\.(?:[\w.]|\$\{[^}]*\})*)[`']/gu)].map(
    ([, name]) => new RegExp(`^${name!.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/gu, '[\\w.]+')}$`, 'u'),
  );
  const shown = (name: string) =>
    templates.some((template) => template.test(name)) ||
    source.includes(`'${name}'`) ||
    source.includes(`__MSG_${name.replaceAll('.', '_')}__`);
  expect(names(english!).filter((name) => !shown(name))).toEqual([]);
});
