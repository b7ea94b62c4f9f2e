import { z } from 'zod';
import { FieldValue } from './criterion.ts';
import { EmailAddress, ExternalId, Id, Label, Language, Text } from './primitives.ts';

/** How many addresses, and how many records, are told of somebody. More of them, after a merge, lead there all the same. */
export const PERSON_KEYS = 20;

export const Person = z.object({
  id: Id,
  name: Label,
  emails: z.array(EmailAddress).max(PERSON_KEYS),
  company: Text.optional(),
  title: Text.optional(),
  phone: z.string().max(64).optional(),
  /** ISO 3166-1 alpha-2. */
  country: z.string().length(2).optional(),
  language: Language.optional(),
  /** The rep who owns the lead. */
  owner: z.object({ id: Id, name: Label }).optional(),
  externalIds: z.array(ExternalId).max(PERSON_KEYS),
  /** What sources know besides: industry, employees … */
  attributes: z.record(z.string().min(1).max(64), FieldValue).optional(),
});
export type Person = z.infer<typeof Person>;
