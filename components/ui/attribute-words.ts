import { i18n } from './i18n.ts';
import type { FieldValue } from '../../utils/contract/criterion.ts';
import { format } from './language.ts';

/** Fields that people have a word for. */
export const attributes = [
  'name',
  'company',
  'title',
  'phone',
  'country',
  'language',
  'email',
  'domain',
  'industry',
  'employees',
] as const;

/** A field of a person as people call it; one that only a source knows keeps its name. */
export function attributeName(attribute: string): string {
  const known = attributes.find((name) => name === attribute);
  return known ? i18n.t(`why.attribute.${known}`) : attribute;
}

/** A field's value in words. */
export function attributeValue(attribute: string, value: FieldValue): string {
  if (typeof value === 'boolean') return i18n.t(value ? 'why.yes' : 'why.no');
  if (typeof value === 'number') return format().number(value);
  return attribute === 'country' ? format().country(value) : value;
}
