/** Where text is written: nothing in there is a button of the page's. */
export const WRITTEN = '[contenteditable=true], [role=textbox]';

/** The element that was clicked or has the focus; a key may also go to the document itself. */
export function targetOf({ target }: Event): Element | null {
  return target !== null && 'closest' in target ? (target as Element) : null;
}

/** A click, or the keys that do the same to what has the focus. */
export const isPress = (event: Event): boolean =>
  event.type === 'click' || ((isKey(event, 'Enter') || isKey(event, ' ')) && !hasModifier(event));

/** Ctrl or Cmd with Enter: in every mail program the shortcut for sending. */
export const isSendShortcut = (event: Event): boolean =>
  isKey(event, 'Enter') && (event.ctrlKey || event.metaKey);

/** A key going down. The Enter that ends an input method's word is none. */
export const isKey = (event: Event, key: string): event is KeyboardEvent =>
  event.type === 'keydown' && (event as KeyboardEvent).key === key && !(event as KeyboardEvent).isComposing;

export const hasModifier = ({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  ctrlKey || metaKey || altKey;
