import type { Problem } from '../../utils/contract/problem.ts';
import type { SettingField, Source } from '../../utils/contract/source.ts';

/** What stands in the form, by the name of its field. */
export type SourceDraft = Record<string, string | boolean>;
type Known = Pick<Source, 'settings' | 'secrets'>;

/** What the form begins with: what is set, or what the system comes with. Never a secret. */
export const draftOf = (fields: readonly SettingField[], source?: Known): SourceDraft =>
  Object.fromEntries(
    fields.map(({ name, kind, default: usual }) => [
      name,
      source?.settings[name] ?? usual ?? (kind === 'yes-no' ? false : ''),
    ]),
  );

/** The names of the fields that still have to be filled in. A secret that is set may stay as it is. */
export const missingFields = (
  fields: readonly SettingField[],
  draft: SourceDraft,
  source?: Known,
): string[] =>
  fields
    .filter(({ required, name }) => required && !source?.secrets.includes(name))
    .map(({ name }) => name)
    .filter((name) => tidy(draft[name] ?? '') === '');

/** What is to be sent: of a new source what was filled in, of another what was changed. */
export function settingsOf(fields: readonly SettingField[], draft: SourceDraft, source?: Known): SourceDraft {
  const before = draftOf(fields, source);
  const entries = fields.map(({ name }) => [name, tidy(draft[name] ?? '')] as const);
  return Object.fromEntries(
    entries.filter(([name, value]) => (source ? value !== before[name] : value !== '')),
  );
}

/** What the hub found wrong, by the name of the field. */
export function fieldErrors(problem: Problem | undefined): Record<string, string> {
  const errors = problem?.errors ?? [];
  return Object.fromEntries(
    errors.flatMap(({ pointer, detail }) => {
      const name = /^\/settings\/([^/]+)/u.exec(pointer)?.[1];
      return name === undefined ? [] : [[name, detail]];
    }),
  );
}

/** Whoever copies a key out of a page often copies the space beside it. */
const tidy = (value: string | boolean) => (typeof value === 'string' ? value.trim() : value);
