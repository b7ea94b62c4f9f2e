import { types } from '@electric-sql/pglite';

type Parse = (text: string) => unknown;
type Serialize = (value: unknown) => string | Buffer;

/** What a column's type makes of PostgreSQL's text, and a parameter's type of a JavaScript value. */
export interface Values {
  parse(type: number, text: string | null): unknown;
  serialize(type: number, value: unknown): string | Buffer | null;
}

/** PGlite's own conversions, but bytes by Node's Buffer: byte by byte, a lead index would take long. */
export const scalarValues: Values = createValues([]);

/** The same, and arrays of the types that the database has; arrays are numbered only in its catalogue. */
export function createValues(arrays: readonly { element: number; array: number }[]): Values {
  const parsers: Record<number, Parse> = {
    ...types.parsers,
    [types.BYTEA]: (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex')),
  };
  const serializers: Record<number, Serialize> = { ...types.serializers, [types.BYTEA]: toBuffer };
  for (const { element, array } of arrays) {
    const one = parsers[element] ?? ((text: string) => text);
    parsers[array] = (text) => types.arrayParser(text, one, array);
    // In an array, bytes are written as text.
    serializers[array] = (value) => types.arraySerializer(value, types.serializers[element], array);
  }
  return {
    parse: (type, text) => (text === null ? null : (parsers[type]?.(text) ?? text)),
    serialize: (type, value) => {
      if (value === null || value === undefined) return null;
      const serialize = serializers[type];
      if (serialize) return serialize(value);
      return typeof value === 'string' ? value : JSON.stringify(value);
    },
  };
}

/** Sent as they are; everything else goes as text. */
function toBuffer(value: unknown): Buffer {
  if (!(value instanceof Uint8Array)) throw new TypeError('A bytea takes a Uint8Array.');
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
