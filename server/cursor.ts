import { z } from 'zod';
import { Id, Instant } from '../utils/contract/primitives.ts';
import { ProblemError } from './problem.ts';

const Cursor = z.tuple([Instant, Id]);

/** Names the last row of a page that is ordered by time and id, newest first. */
export function writeCursor({ at, id }: { at: string; id: string }): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

/** @throws ProblemError `invalid` for anything that `writeCursor` has not written. */
export function readCursor(text: string): { at: string; id: string } {
  try {
    const [at, id] = Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return { at, id };
  } catch {
    throw new ProblemError('invalid', 'Pass the nextCursor of the page before, unchanged.', [
      { pointer: '/cursor', detail: 'is no cursor of this hub' },
    ]);
  }
}
