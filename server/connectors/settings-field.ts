import { z } from 'zod';
import type { LocalText } from '../../utils/contract/primitives.ts';

/** How a setting is shown in the form that administrators fill in. */
export interface FieldDescription {
  label: LocalText;
  help?: LocalText;
  /** Kept encrypted, and never shown again. */
  secret?: boolean;
  placeholder?: string;
}

const descriptions = z.registry<FieldDescription>();

/** A setting with its description; the schema itself is left as it is. */
export function field<T extends z.ZodType>(schema: T, description: FieldDescription): T {
  const described = schema.clone();
  descriptions.add(described, description);
  return described;
}

/** @throws Error for a setting that was made without `field`. */
export function descriptionOf(schema: z.ZodType): FieldDescription {
  const description = descriptions.get(schema);
  if (!description) throw new Error('A setting of a connector has no description.');
  return description;
}
