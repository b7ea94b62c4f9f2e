import { z } from 'zod';
import { EmailAddress } from '../../../utils/contract/primitives.ts';

/** Where Odoo has nothing it says `false`, and some versions lack the field. */
const orNothing = <T extends z.ZodType>(schema: T) =>
  z
    .union([z.literal(false), z.null(), schema])
    .optional()
    .transform((value) => (value === false || value === null ? undefined : value));

/** The values of Odoo's fields, with nothing as `undefined`. */
export const value = {
  id: z.int().positive(),
  text: orNothing(z.string()).transform((text) => (text?.trim() ? text.trim() : undefined)),
  number: orNothing(z.number()),
  /** UTC in whole seconds, as "2026-11-21 23:23:03". */
  moment: orNothing(z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)).transform(
    (text) => text && `${text.replace(' ', 'T')}.000Z`,
  ),
  yesNo: z.boolean().default(false),
  ids: z.array(z.int().positive()).default([]),
  one: <Shape extends z.ZodRawShape>(shape: Shape) =>
    orNothing(z.object({ id: z.int().positive(), ...shape })),
  many: <Shape extends z.ZodRawShape>(shape: Shape) =>
    z.array(z.object({ id: z.int().positive(), ...shape })).default([]),
};

/** A record that is only named, under its name. */
export const named = value.one({ display_name: value.text });

/** A moment as Odoo's domains and fields have it. */
export const odooMoment = (date: Date): string => date.toISOString().slice(0, 19).replace('T', ' ');

/** The first of these texts that holds an address: fields hold `Name <address>`, several, or none. */
export function addressIn(...texts: readonly (string | undefined)[]): string | undefined {
  for (const text of texts) {
    for (const part of text?.split(/[\s,;<>"]+/u) ?? []) {
      const address = EmailAddress.safeParse(part);
      if (address.success) return address.data;
    }
  }
  return undefined;
}
