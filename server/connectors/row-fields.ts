import { z } from 'zod';

interface RowField {
  /** With a dot where it is of a related record: `Owner.Email`. */
  name: string;
  /** A row may lack it. */
  isDispensable: boolean;
}

/** The fields to ask a system for, so that its rows are what `row` says: each is named once. */
export function fieldsOf(row: z.ZodObject, prefix = '', isInside = false): RowField[] {
  return Object.entries(row.shape).flatMap(([key, schema]) => {
    const isDispensable = isInside || (schema as z.ZodType).safeParse(undefined).success;
    const inner = unwrap(schema as z.ZodType);
    if (inner instanceof z.ZodObject) return fieldsOf(inner, `${prefix}${key}.`, isDispensable);
    return [{ name: prefix + key, isDispensable }];
  });
}

function unwrap(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable
    ? unwrap(schema.unwrap() as z.ZodType)
    : schema;
}
