import type { GeneratedI18nStructure as Messages } from '#i18n';
import { textOf } from '../../utils/extension/texts.ts';

type Substitution = string | number;
type Several<Count, Made extends Substitution[] = []> = Made['length'] extends Count
  ? Made
  : Several<Count, [...Made, Substitution]>;

/** What a message needs besides its key. */
type NeededBy<Message> = Message extends { namedSubstitutions: readonly (infer Name extends string)[] }
  ? Message extends { plural: true }
    ? [count: number, values: Record<Name, Substitution>]
    : [values: Record<Name, Substitution>]
  : Message extends { plural: true; substitutions: infer Count }
    ? Count extends 0 | 1
      ? [count: number, values?: Several<Count>]
      : [count: number, values: Several<Count>]
    : Message extends { substitutions: 0 }
      ? []
      : Message extends { substitutions: infer Count }
        ? [values: Several<Count>]
        : never;
type Needed = { [Key in keyof Messages]: NeededBy<Messages[Key]> };

/**
 * A text of the locale files in the user's language. Forms and names are filled in as `@wxt-dev/i18n` does, which
 * knows no language but the browser's, and whose types compare each key with all the others, eight times a call: of
 * five minutes of type checking they took four (2026-11-23, 1,636 texts, 1,373 calls).
 */
function t<Key extends keyof Messages>(key: Key, ...needed: Needed[Key]): string {
  const given = needed as (number | Substitution[] | Record<string, Substitution>)[];
  const count = given.find((value) => typeof value === 'number');
  const values = given.find((value) => Array.isArray(value)) ?? (count === undefined ? [] : [count]);
  const names = given.find((value) => typeof value === 'object' && !Array.isArray(value)) as
    Record<string, Substitution> | undefined;
  const text = textOf(key, values.map(String));
  const form = count === undefined ? text : formOf(text.split(' | '), count);
  return names === undefined
    ? form
    : form.replace(/\{(\w+)\}/gu, (place, name: string) =>
        Object.hasOwn(names, name) ? String(names[name]) : place,
      );
}

/** One; one and many; or none, one and many. */
function formOf(forms: readonly string[], count: number): string {
  const few = forms.length === 3 ? [0, 1] : [1];
  return forms[few.includes(count) ? few.indexOf(count) : forms.length - 1] ?? '';
}

export const i18n = { t };
