/** Longer texts are cut before they are compared, so that the time it takes has a bound. */
const MAX_COMPARED = 500;

/** How texts are compared: without case, and however their umlauts are put together. */
export function folded(text: string): string {
  return text.slice(0, MAX_COMPARED).normalize('NFC').toLowerCase();
}

/** A pattern of the criteria language, cut at its stars once: `*logisti*` is `['', 'logisti', '']`. */
export type Wildcard = readonly string[];

export const wildcard = (pattern: string): Wildcard => folded(pattern).split('*');

/** Whether a folded text is what the pattern says; a star stands for anything, also for nothing. */
export function matchesWildcard(text: string, pieces: Wildcard): boolean {
  const last = pieces.length - 1;
  const end = pieces[last] ?? '';
  if (last === 0) return text === end;
  if (!text.startsWith(pieces[0] ?? '') || !text.endsWith(end)) return false;
  // The earliest place for each piece leaves the most room for the next, so nothing is ever tried twice.
  let from = (pieces[0] ?? '').length;
  for (let index = 1; index < last; index += 1) {
    const piece = pieces[index] ?? '';
    const at = text.indexOf(piece, from);
    if (at === -1) return false;
    from = at + piece.length;
  }
  return text.length - end.length >= from;
}
