import { element, onPress } from './elements.ts';
import type { View } from './view.ts';

/** Gmail's shortest choice for "Undo Send" (support.google.com/mail/answer/2819488, 2026-11). */
const UNDO_MS = 5_000;

let hiding: ReturnType<typeof setTimeout> | undefined;

/** Says at the bottom left what was done, and offers for a few seconds to take it back. */
export function sayUndoable({ words }: View, text: string, undo: () => void): void {
  const link = element('span.bAo', { id: 'link_undo', role: 'link' }, words.undo);
  onPress(link, () => {
    say(words.undone);
    undo();
  });
  say(element('span.bAq', {}, text), link);
}

function say(...content: (Node | string)[]): void {
  const notice = document.querySelector('.vh');
  notice?.replaceChildren(...content);
  clearTimeout(hiding);
  hiding = setTimeout(() => notice?.replaceChildren(), UNDO_MS);
}
