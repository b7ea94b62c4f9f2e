import { type GeneratedI18nStructure as Messages, i18n as generated } from '#i18n';

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
 * The texts in the browser's language. The library's own types compare each key with all the others, eight times a
 * call: of five minutes of type checking they took four (2026-11-23, 1,636 texts, 1,373 calls).
 */
export const i18n = generated as {
  t: <Key extends keyof Messages>(key: Key, ...needed: Needed[Key]) => string;
};
