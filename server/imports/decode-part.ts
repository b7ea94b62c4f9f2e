import { analyse } from 'chardet';
import { ImportEncoding } from '../../utils/contract/import.ts';

/** What European exports are in when they are in nothing newer. */
const USUAL: ImportEncoding = 'windows-1252';

/** The encoding a file begins in, by its mark or by the zeros of UTF-16; null: neither says anything. */
export function markedEncoding(start: Uint8Array): ImportEncoding | null {
  const [a = 0, b = 0, c = 0] = start;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  // Header and delimiters are ASCII, in UTF-16 every second byte of them is 0.
  const sample = start.subarray(0, 1_000);
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2]! += 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (even + odd < sample.length / 8) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** The likeliest encoding of bytes that are no UTF-8. */
export function guessEncoding(bytes: Uint8Array): ImportEncoding {
  for (const { name, lang } of analyse(bytes)) {
    // In these all letters of German, French or Spanish are where windows-1252 has them, which has more besides.
    if (name === 'ISO-8859-1' || name === 'ISO-8859-9' || name === 'windows-1254') return USUAL;
    // A few umlauts look like Hungarian to it; without a language it only says that nothing speaks against it.
    const encoding = ImportEncoding.safeParse(name.toLowerCase());
    if (encoding.success && encoding.data !== 'utf-8' && lang !== undefined) return encoding.data;
  }
  return USUAL;
}

interface Decoded {
  text: string;
  /** Bytes at the end that are no whole character yet. */
  rest: Uint8Array;
}

/**
 * Decodes a piece of a file: what was left over of the piece before, and the next bytes.
 *
 * @returns null when the bytes are not in this encoding; only with `strict`.
 */
export function decodePart(
  bytes: Uint8Array,
  encoding: ImportEncoding,
  { first, last, strict }: { first: boolean; last: boolean; strict: boolean },
): Decoded | null {
  const end = last ? bytes.length : wholeCharacters(bytes, encoding);
  try {
    const decoder = new TextDecoder(encoding, { fatal: strict, ignoreBOM: !first });
    return { text: decoder.decode(bytes.subarray(0, end)), rest: bytes.subarray(end) };
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** How many of the bytes are whole characters. */
function wholeCharacters(bytes: Uint8Array, encoding: ImportEncoding): number {
  const { length } = bytes;
  if (encoding === 'utf-8') {
    for (let back = 1; back <= Math.min(3, length); back++) {
      const byte = bytes[length - back] ?? 0;
      if (byte < 0x80) return length;
      if (byte >= 0xc0) {
        const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
        return needed > back ? length - back : length;
      }
    }
    return length;
  }
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const even = length - (length % 2);
    const high = bytes[encoding === 'utf-16le' ? even - 1 : even - 2] ?? 0;
    // The first half of a pair waits for its second.
    return high >= 0xd8 && high <= 0xdb ? even - 2 : even;
  }
  return length;
}
