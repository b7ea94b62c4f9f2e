import { z } from 'zod';
import { SourceError } from './source-error.ts';

/** No page of any system is larger; what is would fill the hub's memory. */
const MAX_BYTES = 32 * 1024 * 1024;

/** The fields in which systems name what was wrong, and what one word or number of theirs looks like. */
const WORDS = ['category', 'errorCode', 'error_code', 'code', 'error', 'name'] as const;
const Word = z.union([
  z.string().regex(/^[A-Za-z][\w.-]{2,63}$/),
  z.int().positive().max(99_999).transform(String),
]);

/**
 * Reads an answer's text.
 *
 * @throws SourceError `unreadable` when it is too long.
 */
export async function readText(response: Response, maxBytes = MAX_BYTES): Promise<string> {
  if (!response.body) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new SourceError('unreadable', { detail: `more than ${maxBytes} bytes` });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Makes of a text what it must be.
 *
 * @throws SourceError `unreadable`: where the answer is wrong, never what it says there.
 */
export function parseAnswer<T>(text: string, schema: z.ZodType<T>, path: string): T {
  const parsed = schema.safeParse(text === '' ? undefined : parseJson(text, path));
  if (parsed.success) return parsed.data;
  const where = fieldsOf(parsed.error);
  throw new SourceError('unreadable', { detail: `${path}: ${where === '' ? 'no such answer' : where}` });
}

/** Where something is wrong, e.g. `results.3.id`; keys may be somebody's address, so only plain ones are named. */
export function fieldsOf(error: z.ZodError): string {
  const [issue] = error.issues;
  const keys = issue?.path.map((key) => (/^[\w-]{1,64}$/.test(String(key)) ? String(key) : '…')) ?? [];
  return keys.join('.');
}

/** The one word by which a system says what it refuses; null when there is none. Sentences may hold anything. */
export function refusalWord(text: string): string | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  const first: unknown = Array.isArray(body) ? body[0] : body;
  const error = z.object({ error: z.looseObject({}) }).safeParse(first);
  const said = z.looseObject({}).safeParse(error.success ? error.data.error : first);
  if (!said.success) return null;
  for (const name of WORDS) {
    const word = Word.safeParse(said.data[name]);
    if (word.success) return word.data;
  }
  return null;
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SourceError('unreadable', { detail: `${path}: no JSON` });
  }
}
