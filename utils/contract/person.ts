import { z } from 'zod';
import { FieldValue } from './criterion.ts';
import { EmailAddress, ExternalId, Id, Label, Language, Text } from './primitives.ts';

export const Person = z.object({
  id: Id,
  name: Label,
  emails: z.array(EmailAddress).max(20),
  company: Text.optional(),
  title: Text.optional(),
  phone: z.string().max(64).optional(),
  /** ISO 3166-1 alpha-2. */
  country: z.string().length(2).optional(),
  language: Language.optional(),
  /** The rep who owns the lead. */
  owner: z.object({ id: Id, name: Label }).optional(),
  externalIds: z.array(ExternalId).max(20),
  /** What sources know besides: industry, employees … */
  attributes: z.record(z.string().min(1).max(64), FieldValue).optional(),
});
export type Person = z.infer<typeof Person>;
